import { isDeepStrictEqual } from 'node:util'
import { type DocumentStore, DuplicateKeyError, type StoredDocument } from './document-store.ts'

/** Something that a programme sets itself, one of each kind. */
export type ProgrammeSetting = { readonly tenantId: string; readonly programmeId: string }
/** One that was set back stays as a mark, so that its revisions go on and an old one never fits again. */
type Stored = StoredDocument & ProgrammeSetting & { readonly isUnset?: true }
/** 0 while nothing was ever set. */
type SettingAtRevision<Setting> = { readonly setting: Setting | undefined; readonly revision: number }

export interface SettingRepository<Setting extends ProgrammeSetting> {
  /** Of every tenant. */
  listAll(): Promise<readonly Setting[]>
  list(tenantId: string): Promise<readonly Setting[]>
  find(tenantId: string, programmeId: string): Promise<Setting | undefined>
  findAtRevision(tenantId: string, programmeId: string): Promise<SettingAtRevision<Setting>>
  /**
   * Replaces it whole. What is stored already is not written again.
   * @param revision the one that was read; whatever is stored is replaced where it is left out
   * @returns false when something else was set meanwhile; then nothing was written
   */
  save(setting: Setting, revision?: number): Promise<boolean>
  /** As if it had never been set, on the same terms. */
  remove(tenantId: string, programmeId: string, revision?: number): Promise<boolean>
}

export async function settingRepository<Setting extends ProgrammeSetting>(
  store: DocumentStore,
  collection: string,
): Promise<SettingRepository<Setting>> {
  await store.define(collection, [{ name: 'byTenant', fields: ['tenantId'] }])
  const idOf = (tenantId: string, programmeId: string) => `${tenantId}|${programmeId}`
  // Only `save` writes here, and it takes nothing but settings of this kind.
  const plain = ({ id: _id, rev: _rev, ...setting }: Stored) => setting as Setting
  const listSet = (stored: readonly Stored[]) => stored.filter(({ isUnset }) => !isUnset).map(plain)

  async function put(document: Omit<Stored, 'rev'>, revision: number | undefined): Promise<boolean> {
    for (;;) {
      const stored = await store.get<Stored>(collection, document.id)
      if (stored && isDeepStrictEqual({ ...document, rev: stored.rev }, { ...stored })) return true
      if (revision !== undefined && revision !== (stored?.rev ?? 0)) return false
      try {
        if (!stored) await store.insert<Stored>(collection, document)
        else if (!(await store.replaceIf<Stored>(collection, stored.rev, document))) continue
        return true
      } catch (error) {
        if (!(error instanceof DuplicateKeyError)) throw error
      }
    }
  }

  async function findAtRevision(tenantId: string, programmeId: string): Promise<SettingAtRevision<Setting>> {
    const stored = await store.get<Stored>(collection, idOf(tenantId, programmeId))
    return { setting: stored && !stored.isUnset ? plain(stored) : undefined, revision: stored?.rev ?? 0 }
  }

  return {
    listAll: async () => listSet(await store.find<Stored>(collection, {})),
    list: async (tenantId) => listSet(await store.find<Stored>(collection, { tenantId })),
    find: async (tenantId, programmeId) => (await findAtRevision(tenantId, programmeId)).setting,
    findAtRevision,
    save: (setting, revision) => put({ id: idOf(setting.tenantId, setting.programmeId), ...setting }, revision),
    async remove(tenantId, programmeId, revision) {
      const id = idOf(tenantId, programmeId)
      if (!(await store.get<Stored>(collection, id))) return revision === undefined || revision === 0
      return put({ id, tenantId, programmeId, isUnset: true }, revision)
    },
  }
}
