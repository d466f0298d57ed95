import { Temporal } from 'temporal-polyfill'
import type { RecordEntryBody } from '../../../shared/api/record.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { asId, type RelationshipId } from '../../../shared/domain/ids.ts'
import { type Milestone, mayReadEntry, milestonesOf, type RecordEntry } from '../../../shared/domain/record.ts'
import { type MentoringRole, type Relationship, roleIn } from '../../../shared/domain/relationship.ts'
import type { Goal, Homework } from '../../../shared/domain/work.ts'
import { mayReadContent } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { AtRevision, WorkRepository } from '../../store/work-repository.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { removeWork, saveWork } from './save-work.ts'

export type RecordDeps = RelationshipDeps & {
  readonly recordEntries: WorkRepository<RecordEntry>
  readonly goals: WorkRepository<Goal>
  readonly homework: WorkRepository<Homework>
  readonly clock: Clock
}
type RecordPlace = { readonly actor: Actor; readonly relationshipId: string; readonly entryId: string }

/**
 * What the pair keeps, oldest first, with one's own hours, and the milestones that follow from goals and homework.
 * @throws DomainError `relationship-not-found`, `not-allowed`
 */
export async function loadRecord(
  deps: RecordDeps,
  { actor, relationshipId }: Omit<RecordPlace, 'entryId'>,
): Promise<{ readonly entries: readonly AtRevision<RecordEntry>[]; readonly milestones: readonly Milestone[] }> {
  const { relationship, role } = await assertOneOfTheTwo(deps, actor, relationshipId)
  const entries = await deps.recordEntries.list(relationshipId)
  const goals = await deps.goals.list(relationshipId)
  const homework = await deps.homework.list(relationshipId)
  return {
    entries: entries
      .filter(({ value }) => mayReadEntry(value, role))
      .toSorted((a, b) => Temporal.Instant.compare(a.value.createdAt, b.value.createdAt)),
    milestones: milestonesOf({
      goals: goals.map(({ value }) => value),
      homework: homework.map(({ value }) => value),
      startedOn: startOf(relationship),
      today: deps.clock.now().toString().slice(0, 10),
    }),
  }
}

/**
 * Adds or changes an entry.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `edited-meanwhile`, `id-already-used`
 */
export async function putRecordEntry(
  deps: RecordDeps,
  { actor, relationshipId, entryId, body }: RecordPlace & { readonly body: RecordEntryBody },
): Promise<AtRevision<RecordEntry>> {
  const { role } = await assertOneOfTheTwo(deps, actor, relationshipId)
  const { revision, ...fields } = body
  const now = deps.clock.now().toString()
  return saveWork(deps.recordEntries, { relationshipId, id: entryId, revision }, (stored) => {
    if (stored && (stored.kind !== fields.kind || !mayReadEntry(stored, role))) {
      throw new DomainError('id-already-used', 'This id is used for something else.')
    }
    return {
      ...fields,
      id: entryId,
      relationshipId: asId<RelationshipId>(relationshipId),
      author: stored?.author ?? role,
      createdAt: stored?.createdAt ?? now,
      updatedAt: now,
    }
  })
}

/**
 * Removes an entry; repeating it changes nothing, and neither does it reach the other's hours.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `edited-meanwhile`
 */
export async function removeRecordEntry(
  deps: RecordDeps,
  { actor, relationshipId, entryId }: RecordPlace,
): Promise<void> {
  const { role } = await assertOneOfTheTwo(deps, actor, relationshipId)
  const stored = await deps.recordEntries.find(relationshipId, entryId)
  if (stored && mayReadEntry(stored.value, role)) await removeWork(deps.recordEntries, { relationshipId, id: entryId })
}

/** The day on which the two began, in UTC. */
const startOf = ({ course, createdAt }: Relationship): string => (course.firstHeldAt ?? createdAt).slice(0, 10)

async function assertOneOfTheTwo(
  deps: RelationshipDeps,
  actor: Actor,
  relationshipId: string,
): Promise<{ readonly relationship: Relationship; readonly role: MentoringRole }> {
  const { relationship } = await loadRelationship(deps, actor, relationshipId, mayReadContent)
  const role = roleIn(relationship, actor.personId)
  if (!role) throw new DomainError('not-allowed', 'This is between the two of them.')
  return { relationship, role }
}
