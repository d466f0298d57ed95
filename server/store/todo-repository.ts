import type { TodoPair } from '../../shared/domain/plan-todo.ts'
import type { DocumentStore, New, StoredDocument } from './document-store.ts'
import { updateDocument } from './update-document.ts'

/** That a person wants their homework in their own to-do list too, and how far it was read. Ids only, no text. */
export type TodoLink = {
  readonly tenantId: string
  readonly personId: string
  readonly listId: string
  /** Where the next round of changes begins; absent before the first. */
  readonly token?: string
  /** RFC 3339; absent before the first round ended. */
  readonly syncedAt?: string
}
type StoredLink = StoredDocument & TodoLink
type StoredPair = StoredDocument &
  Omit<TodoPair, 'rev'> & { readonly tenantId: string; readonly personId: string; readonly agreedRev: number }

export interface TodoRepository {
  find(tenantId: string, personId: string): Promise<TodoLink | undefined>
  save(link: TodoLink): Promise<void>
  /** Forgets the link and every pair; what is in the list stays there. */
  remove(tenantId: string, personId: string): Promise<void>
  listPairs(tenantId: string, personId: string): Promise<readonly TodoPair[]>
  savePair(tenantId: string, personId: string, pair: TodoPair): Promise<void>
  removePair(tenantId: string, personId: string, homeworkId: string): Promise<void>
}

export async function todoRepository(store: DocumentStore): Promise<TodoRepository> {
  await store.define('todoLinks', [{ name: 'byPerson', fields: ['tenantId', 'personId'] }])
  await store.define('todoPairs', [{ name: 'byPerson', fields: ['tenantId', 'personId'] }])
  const linkId = (tenantId: string, personId: string) => `${tenantId}|${personId}`
  const pairId = (personId: string, homeworkId: string) => `${personId}|${homeworkId}`

  /** The last one written wins: a link and its pairs are the person's own, and a lost note is found again in the list. */
  const put = async <T extends StoredDocument>(collection: string, document: New<T>): Promise<void> => {
    await updateDocument<T>(store, { collection, id: document.id }, () => document)
  }
  async function drop(collection: string, id: string) {
    const stored = await store.get(collection, id)
    if (stored) await store.removeIf(collection, id, stored.rev)
  }
  const listPairs = (tenantId: string, personId: string) => store.find<StoredPair>('todoPairs', { tenantId, personId })

  return {
    async find(tenantId, personId) {
      const stored = await store.get<StoredLink>('todoLinks', linkId(tenantId, personId))
      if (!stored) return undefined
      const { id: _id, rev: _rev, ...link } = stored
      return link
    },
    save: (link) => put<StoredLink>('todoLinks', { id: linkId(link.tenantId, link.personId), ...link }),
    async remove(tenantId, personId) {
      await drop('todoLinks', linkId(tenantId, personId))
      for (const { id } of await listPairs(tenantId, personId)) await drop('todoPairs', id)
    },
    async listPairs(tenantId, personId) {
      return (await listPairs(tenantId, personId)).map(({ homeworkId, relationshipId, taskId, agreedRev }) => ({
        homeworkId,
        relationshipId,
        ...(taskId === undefined ? {} : { taskId }),
        rev: agreedRev,
      }))
    },
    savePair: (tenantId, personId, { rev, ...pair }) =>
      put<StoredPair>('todoPairs', {
        id: pairId(personId, pair.homeworkId),
        tenantId,
        personId,
        ...pair,
        agreedRev: rev,
      }),
    removePair: (_tenantId, personId, homeworkId) => drop('todoPairs', pairId(personId, homeworkId)),
  }
}
