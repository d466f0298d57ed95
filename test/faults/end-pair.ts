import { deriveUuid } from '../../server/derive-ids.ts'
import type { Actor } from '../../server/ports/actor.ts'
import { settleEnding } from '../../server/use-cases/pair/end-pair.ts'
import { pairPeople } from '../../server/use-cases/pair/pair-people.ts'
import { answerInvitation } from '../../server/use-cases/pair/steer-relationship.ts'
import type { Relationship } from '../../shared/domain/relationship.ts'
import { type MentoringSeries, openMeetings } from '../../shared/domain/series.ts'
import { MENTEE, MENTOR } from '../graph/practice-department.ts'
import { TENANT, thePair } from './a-series.ts'
import type { PairEnd } from './fault-plan.ts'
import type { Process, World } from './world.ts'

/** The pair as it has to stand before it can end that way. */
export function pairBefore(by: PairEnd | undefined): Relationship {
  switch (by) {
    case 'settled':
      return { ...thePair, state: 'transition' }
    case 'declined':
      return { ...thePair, state: 'invited', course: { invitedBy: 'mentee' } }
    case 'rematched':
      return { ...thePair, state: 'rematch', course: { rematchAskedBy: 'mentee' } }
    case undefined:
      return thePair
  }
}

const actor = ({ id, displayName, mail }: typeof MENTEE, roles: Actor['roles'] = []): Actor => ({
  tenantId: TENANT,
  personId: id,
  displayName,
  email: mail,
  roles,
})

/** Ends the pair with the use case that the API calls for it. @throws DomainError `edited-meanwhile` */
export async function endPair({ deps: services, wake }: Process, by: PairEnd): Promise<void> {
  const deps = { ...services, backgroundWork: true }
  const relationshipId = thePair.id
  switch (by) {
    case 'settled':
      await settleEnding(deps, { actor: actor(MENTEE), relationshipId, form: 'end' })
      break
    case 'declined':
      await answerInvitation(deps, { actor: actor(MENTOR), relationshipId, accept: false })
      break
    case 'rematched':
      await pairPeople(deps, {
        actor: actor({ ...MENTOR, id: deriveUuid('a coordinator') }, ['Coordinator']),
        relationshipId: deriveUuid('the pair after it'),
        menteeId: MENTEE.id,
        mentorId: deriveUuid('another mentor'),
        domains: [],
      })
  }
  wake()
}

/** Sentences about meetings that a pair still has ahead although it is over. */
export async function findAheadOfEnded({ store }: World, now: string): Promise<readonly string[]> {
  const pair = await store.get<Relationship & { rev: number }>('relationships', thePair.id)
  if (pair?.state !== 'ended') return []
  const series = await store.find<MentoringSeries & { rev: number }>('series', {
    tenantId: TENANT,
    relationshipId: thePair.id,
  })
  return series
    .filter((one) => openMeetings(one, now).length > 0)
    .map(({ id, state }) => `early: the pair is over, and ${id} is ${state}`)
}
