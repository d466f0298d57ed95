import { isDeepStrictEqual } from 'node:util'
import { DomainError } from '../../../shared/domain/errors.ts'
import { isOver } from '../../../shared/domain/lifecycle.ts'
import type { TextVault } from '../../store/text-vault.ts'
import { type EndingDeps, type EndingDetail, type EndingPlace, loadEnding } from '../pair/load-ending.ts'

export type DeletionDeps = EndingDeps & { readonly vault: Pick<TextVault, 'destroyKey'> }

/**
 * Agrees to the deletion of everything that a parted pair wrote. When both agree, their key is destroyed: the text can
 * be read by nobody any more, dates and states stay. Repeating it changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `not-in-this-state` while the two work together
 */
export async function agreeToDeletion(deps: DeletionDeps, place: EndingPlace): Promise<EndingDetail> {
  const loaded = await loadEnding(deps, place)
  assertOver(loaded)
  const { role, deletion } = loaded
  const now = deps.clock.now().toString()
  const before = deletion?.value ?? { id: place.relationshipId, agreed: {} }
  const agreed = { [role]: now, ...before.agreed }
  const isBoth = agreed.mentee !== undefined && agreed.mentor !== undefined
  // The key goes first: an interruption leaves unreadable text that is not called deleted, and a repeat sets that right.
  if (isBoth) await deps.vault.destroyKey(place.relationshipId)
  const after = { ...before, agreed, ...(isBoth ? { deletedAt: before.deletedAt ?? now } : {}) }
  if (isDeepStrictEqual(after, deletion?.value)) return loaded
  if (!(await deps.textDeletions.save(after, deletion?.rev))) return agreeToDeletion(deps, place)
  return loadEnding(deps, place)
}

/**
 * Takes one's agreement back, as long as the other has not agreed. Repeating it changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `content-deleted`
 */
export async function refuseDeletion(deps: DeletionDeps, place: EndingPlace): Promise<EndingDetail> {
  const loaded = await loadEnding(deps, place)
  const { role, deletion } = loaded
  if (!deletion?.value.agreed[role]) return loaded
  if (deletion.value.deletedAt) throw new DomainError('content-deleted', 'What this pair wrote was deleted.')
  const { [role]: _mine, ...agreed } = deletion.value.agreed
  if (!(await deps.textDeletions.save({ ...deletion.value, agreed }, deletion.rev))) return refuseDeletion(deps, place)
  return loadEnding(deps, place)
}

function assertOver({ relationship }: EndingDetail): void {
  if (isOver(relationship.state)) return
  throw new DomainError('not-in-this-state', 'Text is deleted only after the pair has parted.')
}
