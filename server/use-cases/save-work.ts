import { DomainError } from '../../shared/domain/errors.ts'
import type { AtRevision, WorkRepository } from '../store/work-repository.ts'

type Work = { readonly id: string; readonly relationshipId: string }

/**
 * Adds or replaces a piece of a pair's work. Without a `revision` it is new, or the repeat of the request that made it
 * (then the stored one is answered); with one it must be the revision stored.
 * @throws DomainError `edited-meanwhile`, `id-already-used`
 */
export async function saveWork<T extends Work>(
  repository: WorkRepository<T>,
  {
    relationshipId,
    id,
    revision,
  }: { readonly relationshipId: string; readonly id: string; readonly revision: number | undefined },
  make: (stored: T | undefined) => T,
): Promise<AtRevision<T>> {
  const stored = await repository.find(relationshipId, id)
  if (!stored) {
    const value = make(undefined)
    if (revision === undefined && (await repository.add(value))) return { value, rev: 1 }
    if (revision !== undefined) throw new DomainError('edited-meanwhile', 'It was removed meanwhile.')
    const raced = await repository.find(relationshipId, id)
    if (raced) return raced
    throw new DomainError('id-already-used', 'This id is used for something else.', [
      { path: 'id', message: 'mint a new UUID' },
    ])
  }
  if (revision === undefined) return stored
  const value = make(stored.value)
  if (stored.rev !== revision || !(await repository.replace(value, revision))) {
    throw new DomainError('edited-meanwhile', 'Somebody changed it meanwhile; look at it again.')
  }
  return { value, rev: revision + 1 }
}
