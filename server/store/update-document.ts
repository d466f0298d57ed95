import { isDeepStrictEqual } from 'node:util'
import { type DocumentStore, DuplicateKeyError, type New, type StoredDocument } from './document-store.ts'

/**
 * Writes what `change` makes of the stored document, on that very revision; asked again when somebody else wrote
 * meanwhile. What is stored already is not written again.
 */
export async function updateDocument<T extends StoredDocument>(
  store: DocumentStore,
  { collection, id }: { readonly collection: string; readonly id: string },
  change: (stored: T | undefined) => New<T>,
): Promise<New<T>> {
  for (;;) {
    const stored = await store.get<T>(collection, id)
    const document = change(stored)
    if (stored && isDeepStrictEqual({ ...document, rev: stored.rev }, { ...stored })) return document
    try {
      if (!stored) await store.insert<T>(collection, document)
      else if (!(await store.replaceIf<T>(collection, stored.rev, document))) continue
      return document
    } catch (error) {
      if (!(error instanceof DuplicateKeyError)) throw error
    }
  }
}
