import { setImmediate as othersFirst } from 'node:timers/promises'
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

/** A programme, and what was drawn from each of its pairs. */
export type PairsOfProgramme<T> = { readonly programme: Programme; readonly pairs: readonly T[] }

/**
 * What a coordinator sees of a programme: who is paired and which meetings are booked. Content is not even loaded.
 * @param draw from each pair what is shown of it
 * @throws DomainError `programme-not-found`, `not-allowed`
 */
export async function listPairs<T>(
  deps: ListPairsDeps,
  { actor, programmeId }: { readonly actor: Actor; readonly programmeId: string },
  draw: (pair: Pair) => T,
): Promise<PairsOfProgramme<T>> {
  if (!isCoordinator(actor)) throw new DomainError('not-allowed', 'The list of pairs is for coordinators.')
  return readPairs(deps, { tenantId: actor.tenantId, programmeId }, draw)
}

/** A thousand pairs are thousands of documents: read some at a time, they fill no memory, and others are answered meanwhile. */
const PAIRS_AT_ONCE = 25

/** The same for whoever may see less of it; a shared step of use cases. @throws DomainError `programme-not-found` */
export async function readPairs<T>(
  { relationships, people, programmes, series, outcomes }: ListPairsDeps,
  { tenantId, programmeId }: { readonly tenantId: string; readonly programmeId: string },
  draw: (pair: Pair) => T,
): Promise<PairsOfProgramme<T>> {
  const programme = await programmes.find(tenantId, programmeId)
  if (!programme) throw new DomainError('programme-not-found', 'There is no such programme.')
  const all = await relationships.listOfProgramme(tenantId, programmeId)
  const ids = all.flatMap(({ menteeId, mentorId, memberIds = [] }) => [menteeId, mentorId, ...memberIds])
  const known = new Map((await people.list(tenantId, ids)).map((person) => [person.id, person]))
  const personOf = (id: string) => known.get(id) ?? unknownPerson(tenantId, id)
  const byMentee = all.toSorted((a, b) =>
    personOf(a.menteeId).displayName.localeCompare(personOf(b.menteeId).displayName),
  )
  const drawOne = async (relationship: Relationship): Promise<T> =>
    draw({
      relationship,
      mentee: personOf(relationship.menteeId),
      mentor: personOf(relationship.mentorId),
      members: (relationship.memberIds ?? []).map(personOf),
      series: await series.listOf(tenantId, relationship.id),
      outcomes: await outcomes.listOf(relationship.tenantId, relationship.id),
    })
  const pairs: T[] = []
  for (let from = 0; from < byMentee.length; from += PAIRS_AT_ONCE) {
    pairs.push(...(await Promise.all(byMentee.slice(from, from + PAIRS_AT_ONCE).map(drawOne))))
    await othersFirst()
  }
  return { programme, pairs }
}

/** In place of somebody whose record is gone, so that one person never fails a whole list. */
export const unknownPerson = (tenantId: string, id: string): PersonRecord => ({
  id,
  tenantId,
  displayName: 'Unknown person',
  email: '',
})
