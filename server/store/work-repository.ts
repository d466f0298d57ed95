import type { AgendaPlan } from '../../shared/domain/agenda.ts'
import type { Brief, PrivateNote } from '../../shared/domain/brief.ts'
import type {
  AgendaEntry,
  Decisions,
  Goal,
  Homework,
  Priority,
  QuestionAnswer,
  VisionPlan,
} from '../../shared/domain/work.ts'
import { type DocumentStore, DuplicateKeyError, type StoredDocument } from './document-store.ts'
import type { TextVault } from './text-vault.ts'

type Work = { readonly id: string; readonly relationshipId: string }

/** Something of a pair's work with the revision it was read at. */
export type AtRevision<T> = { readonly value: T; readonly rev: number }

/** Goals, homework or agenda entries of pairs, sealed with the pair's key. */
export interface WorkRepository<T extends Work> {
  list(relationshipId: string): Promise<readonly AtRevision<T>[]>
  find(relationshipId: string, id: string): Promise<AtRevision<T> | undefined>
  /** False when the id is taken. */
  add(value: T): Promise<boolean>
  /** False when it changed meanwhile. */
  replace(value: T, rev: number): Promise<boolean>
  remove(relationshipId: string, id: string, rev: number): Promise<boolean>
}

export const goalRepository = (store: DocumentStore, vault: TextVault): Promise<WorkRepository<Goal>> =>
  workRepository<Goal>(store, vault, 'goals')
export const homeworkRepository = (store: DocumentStore, vault: TextVault): Promise<WorkRepository<Homework>> =>
  workRepository<Homework>(store, vault, 'homework')
export const agendaRepository = (store: DocumentStore, vault: TextVault): Promise<WorkRepository<AgendaEntry>> =>
  workRepository<AgendaEntry>(store, vault, 'agendaEntries')

export const agendaPlanRepository = (store: DocumentStore, vault: TextVault): Promise<WorkRepository<AgendaPlan>> =>
  workRepository<AgendaPlan>(store, vault, 'agendaPlans')

export const decisionsRepository = (store: DocumentStore, vault: TextVault): Promise<WorkRepository<Decisions>> =>
  workRepository<Decisions>(store, vault, 'decisions')

/** What belongs to the mentee's growth and preparation beside goals and homework. */
export type GrowthRepositories = {
  readonly visions: WorkRepository<VisionPlan>
  readonly answers: WorkRepository<QuestionAnswer>
  readonly priorities: WorkRepository<Priority>
  readonly briefs: WorkRepository<Brief>
  readonly notes: WorkRepository<PrivateNote>
}
export async function growthRepositories(store: DocumentStore, vault: TextVault): Promise<GrowthRepositories> {
  return {
    visions: await workRepository<VisionPlan>(store, vault, 'visions'),
    answers: await workRepository<QuestionAnswer>(store, vault, 'answers'),
    priorities: await workRepository<Priority>(store, vault, 'priorities'),
    briefs: await workRepository<Brief>(store, vault, 'briefs'),
    notes: await workRepository<PrivateNote>(store, vault, 'notes'),
  }
}

/** All but the two ids is sealed, as one text: a field added later is confidential without anybody thinking of it. */
type Stored = StoredDocument & Work & { readonly sealed: string }

/** A collection of its own for one kind of work. */
export async function workRepository<T extends Work>(
  store: DocumentStore,
  vault: TextVault,
  collection: string,
): Promise<WorkRepository<T>> {
  await store.define(collection, [{ name: 'byRelationship', fields: ['relationshipId'] }])
  const placeOf = (id: string) => `${collection}/${id}`

  const seal = async ({ id, relationshipId, ...rest }: T) => ({
    id,
    relationshipId,
    sealed: await vault.seal(relationshipId, placeOf(id), JSON.stringify(rest)),
  })
  const open = async ({ id, relationshipId, sealed, rev }: Stored): Promise<AtRevision<T>> => {
    const rest: object = JSON.parse(await vault.open(relationshipId, placeOf(id), sealed))
    // The seal proves that this is what was put in as T.
    return { value: { id, relationshipId, ...rest } as unknown as T, rev }
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
        await store.insert<Stored>(collection, await seal(value))
        return true
      } catch (error) {
        if (error instanceof DuplicateKeyError) return false
        throw error
      }
    },
    async replace(value, rev) {
      return store.replaceIf<Stored>(collection, rev, await seal(value))
    },
    async remove(relationshipId, id, rev) {
      const stored = await store.get<Stored>(collection, id)
      return stored?.relationshipId === relationshipId && store.removeIf(collection, id, rev)
    },
  }
}
