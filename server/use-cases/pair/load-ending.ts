import { Temporal } from 'temporal-polyfill'
import { type Ending, type EndingForm, outcomeOf } from '../../../shared/domain/ending.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { asId, type RelationshipId } from '../../../shared/domain/ids.ts'
import { isOver } from '../../../shared/domain/lifecycle.ts'
import { type MentoringRole, type Relationship, roleIn } from '../../../shared/domain/relationship.ts'
import { openMeetings } from '../../../shared/domain/series.ts'
import type { Homework } from '../../../shared/domain/work.ts'
import { deriveUuid } from '../../derive-ids.ts'
import { mayReadContent } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { TextDeletion, TextDeletionRepository } from '../../store/text-deletion-repository.ts'
import type { AtRevision, WorkRepository } from '../../store/work-repository.ts'
import { advanceRelationship } from './advance-relationship.ts'
import { type EndRelationshipDeps, endRelationship } from './end-relationship.ts'
import { loadRelationship, type RelationshipDeps } from './load-relationship.ts'

export type EndingDeps = RelationshipDeps &
  EndRelationshipDeps & {
    readonly endings: WorkRepository<Ending>
    readonly textDeletions: TextDeletionRepository
    readonly homework: WorkRepository<Homework>
  }
export type EndingPlace = { readonly actor: Actor; readonly relationshipId: string }
export type EndingDetail = {
  readonly relationship: Relationship
  readonly role: MentoringRole
  /** The one going on; the last one where the pair has parted. */
  readonly ending: Ending
  /** None while nobody has done anything for it. */
  readonly rev: number | undefined
  /** The last one that is settled. */
  readonly settled: Ending | undefined
  readonly openHomework: number
  /** Meetings that have a date to come; an end calls them off. */
  readonly meetingsAhead: number
  readonly deletion: AtRevision<TextDeletion> | undefined
}

/**
 * How far a pair is with its ending.
 * @throws DomainError `relationship-not-found`, `not-allowed`
 */
export async function loadEnding(deps: EndingDeps, { actor, relationshipId }: EndingPlace): Promise<EndingDetail> {
  const { relationship } = await loadRelationship(deps, actor, relationshipId, mayReadContent)
  const role = roleIn(relationship, actor.personId)
  if (!role) throw new DomainError('not-allowed', 'This is between the two of them.')
  const deletion = await deps.textDeletions.find(relationshipId)
  // The text is gone, and what is left is who agreed to that.
  const isDeleted = deletion?.value.deletedAt !== undefined
  const endings = isDeleted ? [] : await deps.endings.list(relationshipId)
  const homework = isDeleted ? [] : await deps.homework.list(relationshipId)
  const settled = lastSettled(endings)
  const settledPair = await resume(deps, relationship, settled?.value)
  const now = deps.clock.now().toString()
  const series = await deps.series.listOf(relationship.tenantId, relationshipId)
  return {
    relationship: settledPair,
    role,
    ...currentEnding(settledPair, endings, settled),
    settled: settled?.value,
    openHomework: homework.filter(({ value }) => !value.done).length,
    meetingsAhead: series.flatMap((one) => openMeetings(one, now)).filter(({ dateless }) => !dateless).length,
    deletion,
  }
}

function lastSettled(endings: readonly AtRevision<Ending>[]): AtRevision<Ending> | undefined {
  const at = ({ value }: AtRevision<Ending>) => Date.parse(value.settledAt ?? '')
  return endings.filter(({ value }) => value.settledAt !== undefined).toSorted((a, b) => at(b) - at(a))[0]
}

/** Finishes what an interruption left: the two had settled it, and the pair had not moved on yet. */
async function resume(
  deps: EndingDeps,
  relationship: Relationship,
  settled: Ending | undefined,
): Promise<Relationship> {
  const { state, course, createdAt } = relationship
  if (state !== 'transition' || !settled?.form || !settled.settledAt) return relationship
  if (Temporal.Instant.compare(settled.settledAt, course.stateSince ?? createdAt) <= 0) return relationship
  return carryOutEnding(deps, relationship, settled.form)
}

/** Does what was settled; it can be repeated. A pair that goes on in some way keeps the meetings it has ahead. */
export async function carryOutEnding(
  deps: EndingDeps,
  relationship: Relationship,
  form: EndingForm,
): Promise<Relationship> {
  const outcome = outcomeOf(form)
  const event = { kind: 'transition-settled', outcome, openHomework: 0 } as const
  if (outcome === 'ended') return endRelationship(deps, relationship, event)
  return advanceRelationship(deps, { tenantId: relationship.tenantId, relationshipId: relationship.id }, event)
}

/** A pair may redefine itself more than once; each time is its own, and its id follows from those before. */
function currentEnding(
  { id: relationshipId, state }: Relationship,
  endings: readonly AtRevision<Ending>[],
  settled: AtRevision<Ending> | undefined,
) {
  const open = endings.find(({ value }) => value.settledAt === undefined)
  if (open) return { ending: open.value, rev: open.rev }
  if (settled && isOver(state)) return { ending: settled.value, rev: settled.rev }
  const id = deriveUuid('ending', relationshipId, endings.length)
  return { ending: { id, relationshipId: asId<RelationshipId>(relationshipId), parts: {} }, rev: undefined }
}
