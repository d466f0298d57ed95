import type { MentoringRole } from '../../shared/domain/relationship.ts'
import { type DocumentStore, DuplicateKeyError, type StoredDocument } from './document-store.ts'
import type { AtRevision } from './work-repository.ts'

/** Who wants everything gone that a pair wrote, and whether it is. In the clear: it outlives the key, and is no content. */
export type TextDeletion = {
  /** The relationship's. */
  readonly id: string
  /** Since when each agrees; RFC 3339. */
  readonly agreed: Readonly<Partial<Record<MentoringRole, string>>>
  readonly deletedAt?: string
}
type Stored = StoredDocument & TextDeletion

export interface TextDeletionRepository {
  find(relationshipId: string): Promise<AtRevision<TextDeletion> | undefined>
  /** @param rev the one read, none when there was nothing; false when it changed meanwhile */
  save(deletion: TextDeletion, rev: number | undefined): Promise<boolean>
}

export async function textDeletionRepository(store: DocumentStore): Promise<TextDeletionRepository> {
  await store.define('textDeletions', [])
  return {
    async find(relationshipId) {
      const stored = await store.get<Stored>('textDeletions', relationshipId)
      if (!stored) return undefined
      const { rev, ...value } = stored
      return { value, rev }
    },
    async save(deletion, rev) {
      if (rev !== undefined) return store.replaceIf<Stored>('textDeletions', rev, deletion)
      try {
        await store.insert<Stored>('textDeletions', deletion)
        return true
      } catch (error) {
        if (error instanceof DuplicateKeyError) return false
        throw error
      }
    },
  }
}
