import type { AgendaEntry, Goal, Homework } from '../../shared/domain/work.ts'
import { type DocumentStore, DuplicateKeyError, type StoredDocument } from './document-store.ts'
import type { TextVault } from './text-vault.ts'

/** Something of a pair's work with the revision it was read at. */
export type AtRevision<T> = { readonly value: T; readonly rev: number }

/** Goals, homework or agenda entries of pairs: text sealed with the pair's key, the rest in the clear. */
export interface WorkRepository<T extends { readonly id: string; readonly relationshipId: string }> {
  list(relationshipId: string): Promise<readonly AtRevision<T>[]>
  find(relationshipId: string, id: string): Promise<AtRevision<T> | undefined>
  /** False when the id is taken. */
  add(value: T): Promise<boolean>
  /** False when it changed meanwhile. */
  replace(value: T, rev: number): Promise<boolean>
  remove(relationshipId: string, id: string, rev: number): Promise<boolean>
}

export const goalRepository = (store: DocumentStore, vault: TextVault): Promise<WorkRepository<Goal>> =>
  workRepository<Goal>(store, vault, 'goals', ['title', 'measure'])
export const homeworkRepository = (store: DocumentStore, vault: TextVault): Promise<WorkRepository<Homework>> =>
  workRepository<Homework>(store, vault, 'homework', ['title'])
export const agendaRepository = (store: DocumentStore, vault: TextVault): Promise<WorkRepository<AgendaEntry>> =>
  workRepository<AgendaEntry>(store, vault, 'agendaEntries', ['title'])

/** @param texts names of the fields that people write; they are sealed one by one */
async function workRepository<T extends { readonly id: string; readonly relationshipId: string }>(
  store: DocumentStore,
  vault: TextVault,
  collection: string,
  texts: readonly (keyof T & string)[],
): Promise<WorkRepository<T>> {
  await store.define(collection, [{ name: 'byRelationship', fields: ['relationshipId'] }])
  type Stored = StoredDocument & T

  async function mapTexts(value: T, change: (place: string, text: string) => Promise<string>): Promise<T> {
    const changed: Partial<Record<keyof T & string, string>> = {}
    for (const field of texts) {
      const text = value[field]
      if (typeof text === 'string') changed[field] = await change(`${collection}/${value.id}/${field}`, text)
    }
    return { ...value, ...changed }
  }
  const seal = (value: T) => mapTexts(value, (place, text) => vault.seal(value.relationshipId, place, text))
  const open = async ({ rev, ...stored }: Stored): Promise<AtRevision<T>> => {
    // What was stored is T without its revision; the compiler cannot see that through the generic rest.
    const value = stored as unknown as T
    return { value: await mapTexts(value, (place, text) => vault.open(value.relationshipId, place, text)), rev }
  }

  return {
    async list(relationshipId) {
      return Promise.all((await store.find<Stored>(collection, { relationshipId })).map(open))
    },
    async find(relationshipId, id) {
      const stored = await store.get<Stored>(collection, id)
      return stored?.relationshipId === relationshipId ? open(stored) : undefined
    },
    async add(value) {
      try {
        await store.insert(collection, await seal(value))
        return true
      } catch (error) {
        if (error instanceof DuplicateKeyError) return false
        throw error
      }
    },
    async replace(value, rev) {
      return store.replaceIf(collection, rev, await seal(value))
    },
    async remove(relationshipId, id, rev) {
      const stored = await store.get<Stored>(collection, id)
      return stored?.relationshipId === relationshipId && store.removeIf(collection, id, rev)
    },
  }
}
