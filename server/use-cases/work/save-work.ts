import { isDeepStrictEqual } from 'node:util'
import { DomainError } from '../../../shared/domain/errors.ts'
import type { AtRevision, WorkRepository } from '../../store/work-repository.ts'

type Work = {
  readonly id: string
  readonly relationshipId: string
  readonly createdAt: string
  readonly updatedAt: string
}

/**
 * Adds or replaces a piece of a pair's work. What is stored already is answered as it is, whatever revision was seen:
 * that is the repeat of a request whose answer was lost. Anything else needs the stored revision, or none when it is new.
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
  const value = make(stored?.value)
  if (stored && isSame(stored.value, value)) return stored
  if (stored?.rev !== revision) throw editedMeanwhile()
  if (stored) {
    if (await repository.replace(value, stored.rev)) return { value, rev: stored.rev + 1 }
  } else if (await repository.add(value)) return { value, rev: 1 }
  // Somebody was faster; a repeat of this very request wanted the same.
  const raced = await repository.find(relationshipId, id)
  if (raced && isSame(raced.value, make(raced.value))) return raced
  if (raced || stored) throw editedMeanwhile()
  throw new DomainError('id-already-used', 'This id is used for something else.', [
    { path: 'id', message: 'mint a new UUID' },
  ])
}

/** Tries before giving up when somebody edits at the same moment. */
const TRIES = 5

/**
 * Removes a piece of a pair's work, also one that somebody edits at this moment. Gone already is what was asked for: a
 * repeat answers as the first time.
 * @throws DomainError `edited-meanwhile`
 */
export async function removeWork<T extends Pick<Work, 'id' | 'relationshipId'>>(
  repository: WorkRepository<T>,
  { relationshipId, id }: { readonly relationshipId: string; readonly id: string },
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const stored = await repository.find(relationshipId, id)
    if (!stored || (await repository.remove(relationshipId, id, stored.rev))) return
  }
  throw editedMeanwhile()
}

/** When it was written is not what was written. */
function isSame<T extends Work>(stored: T, wanted: T): boolean {
  const { createdAt, updatedAt } = stored
  return isDeepStrictEqual({ ...stored }, { ...wanted, createdAt, updatedAt })
}

const editedMeanwhile = () =>
  new DomainError('edited-meanwhile', 'Somebody changed or removed it meanwhile; look at it again.')
