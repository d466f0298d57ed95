import type { Temporal } from 'temporal-polyfill'
import { isExpired } from '../../../shared/domain/ending.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ProgrammeRepository } from '../../store/programme-repository.ts'
import type { RelationshipRepository } from '../../store/relationship-repository.ts'
import type { RetentionRepository, RetentionRule } from '../../store/retention-repository.ts'
import type { TextDeletionRepository } from '../../store/text-deletion-repository.ts'
import type { TextVault } from '../../store/text-vault.ts'
import { assertSaved, type OnRevision, programmeToSet } from '../programme/programme-to-set.ts'

export type RetentionDeps = {
  readonly relationships: RelationshipRepository
  readonly retention: RetentionRepository
  readonly textDeletions: TextDeletionRepository
  readonly vault: Pick<TextVault, 'destroyKey'>
  readonly clock: Clock
}

/**
 * Says how long what pairs of a programme wrote is kept after they have parted. It holds for pairs that parted before, too.
 * @throws DomainError `not-allowed`, `programme-not-found`, `edited-meanwhile`
 */
export async function setRetention(
  { retention, programmes }: Pick<RetentionDeps, 'retention'> & { readonly programmes: ProgrammeRepository },
  {
    actor,
    programmeId,
    monthsAfterEnd,
    revision,
  }: Omit<RetentionRule, 'tenantId'> & OnRevision & { readonly actor: Actor },
): Promise<RetentionRule> {
  await programmeToSet(programmes, { actor, programmeId })
  const rule = { tenantId: actor.tenantId, programmeId, monthsAfterEnd }
  assertSaved(await retention.save(rule, revision))
  return rule
}

/**
 * Lets text be kept until the two of a pair delete it, as it is built in. Repeating it changes nothing.
 * @throws DomainError `not-allowed`, `programme-not-found`, `edited-meanwhile`
 */
export async function dropRetention(
  { retention, programmes }: Pick<RetentionDeps, 'retention'> & { readonly programmes: ProgrammeRepository },
  { actor, programmeId, revision }: OnRevision & { readonly actor: Actor; readonly programmeId: string },
): Promise<void> {
  await programmeToSet(programmes, { actor, programmeId })
  assertSaved(await retention.remove(actor.tenantId, programmeId, revision))
}

/** Pairs whose text has been kept for as long as their programme says, of every tenant. */
export async function listExpired(deps: RetentionDeps): Promise<readonly Relationship[]> {
  const now = deps.clock.now()
  const found: Relationship[] = []
  for (const rule of await deps.retention.listAll()) {
    for (const relationship of await deps.relationships.listOfProgramme(rule.tenantId, rule.programmeId)) {
      if (await isDue(deps, relationship, { rule, now })) found.push(relationship)
    }
  }
  return found
}

/** Destroys the key of a pair whose text has been kept long enough; looks again first. Repeating it changes nothing. */
export async function expireText(
  deps: RetentionDeps,
  { tenantId, relationshipId }: { readonly tenantId: string; readonly relationshipId: string },
): Promise<void> {
  const relationship = await deps.relationships.find(tenantId, relationshipId)
  const rule = relationship?.programmeId && (await deps.retention.find(tenantId, relationship.programmeId))
  const now = deps.clock.now()
  if (!relationship || !rule || !(await isDue(deps, relationship, { rule, now }))) return
  await deps.vault.destroyKey(relationshipId)
  for (;;) {
    const known = await deps.textDeletions.find(relationshipId)
    if (known?.value.deletedAt !== undefined) return
    const agreed = known?.value.agreed ?? {}
    const deletion = { id: relationshipId, agreed, deletedAt: now.toString() }
    if (await deps.textDeletions.save(deletion, known?.rev)) return
  }
}

async function isDue(
  { textDeletions }: Pick<RetentionDeps, 'textDeletions'>,
  relationship: Relationship,
  { rule, now }: { readonly rule: RetentionRule; readonly now: Temporal.Instant },
): Promise<boolean> {
  if (!isExpired(relationship, rule.monthsAfterEnd, now)) return false
  return (await textDeletions.find(relationship.id))?.value.deletedAt === undefined
}
