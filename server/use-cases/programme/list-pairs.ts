import { DomainError } from '../../../shared/domain/errors.ts'
import type { MeetingOutcome } from '../../../shared/domain/meeting-outcome.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import type { MentoringSeries } from '../../../shared/domain/series.ts'
import { isCoordinator } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { OutcomeRepository } from '../../store/outcome-repository.ts'
import type { PeopleRepository, PersonRecord } from '../../store/people-repository.ts'
import type { Programme, ProgrammeRepository } from '../../store/programme-repository.ts'
import type { RelationshipRepository } from '../../store/relationship-repository.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'

export type ListPairsDeps = {
  readonly relationships: RelationshipRepository
  readonly people: PeopleRepository
  readonly programmes: ProgrammeRepository
  readonly series: SeriesRepository
  readonly outcomes: OutcomeRepository
}
export type Pair = {
  readonly relationship: Relationship
  readonly mentee: PersonRecord
  readonly mentor: PersonRecord
  /** Of a committee: who sits on it beside the mentor, its chair. */
  readonly members: readonly PersonRecord[]
  readonly series: readonly MentoringSeries[]
  readonly outcomes: readonly MeetingOutcome[]
}

/**
 * What a coordinator sees of a programme: who is paired and which meetings are booked. Content is not even loaded.
 * @throws DomainError `programme-not-found`, `not-allowed`
 */
export async function listPairs(
  deps: ListPairsDeps,
  { actor, programmeId }: { readonly actor: Actor; readonly programmeId: string },
): Promise<PairsOfProgramme> {
  if (!isCoordinator(actor)) throw new DomainError('not-allowed', 'The list of pairs is for coordinators.')
  return readPairs(deps, { tenantId: actor.tenantId, programmeId })
}

export type PairsOfProgramme = { readonly programme: Programme; readonly pairs: readonly Pair[] }

/** The same for whoever may see less of it; a shared step of use cases. @throws DomainError `programme-not-found` */
export async function readPairs(
  { relationships, people, programmes, series, outcomes }: ListPairsDeps,
  { tenantId, programmeId }: { readonly tenantId: string; readonly programmeId: string },
): Promise<PairsOfProgramme> {
  const programme = await programmes.find(tenantId, programmeId)
  if (!programme) throw new DomainError('programme-not-found', 'There is no such programme.')
  const all = await relationships.listOfProgramme(tenantId, programmeId)
  const known = new Map(
    (
      await people.list(
        tenantId,
        all.flatMap(({ menteeId, mentorId, memberIds = [] }) => [menteeId, mentorId, ...memberIds]),
      )
    ).map((person) => [person.id, person]),
  )
  const pairs = await Promise.all(
    all.map(
      async (relationship): Promise<Pair> => ({
        relationship,
        mentee: known.get(relationship.menteeId) ?? unknownPerson(tenantId, relationship.menteeId),
        mentor: known.get(relationship.mentorId) ?? unknownPerson(tenantId, relationship.mentorId),
        members: (relationship.memberIds ?? []).map((id) => known.get(id) ?? unknownPerson(tenantId, id)),
        series: await series.listOf(tenantId, relationship.id),
        outcomes: await outcomes.listOf(relationship.tenantId, relationship.id),
      }),
    ),
  )
  return { programme, pairs: pairs.toSorted((a, b) => a.mentee.displayName.localeCompare(b.mentee.displayName)) }
}

/** In place of somebody whose record is gone, so that one person never fails a whole list. */
export const unknownPerson = (tenantId: string, id: string): PersonRecord => ({
  id,
  tenantId,
  displayName: 'Unknown person',
  email: '',
})
