import type { DocumentStore, StoredDocument } from './document-store.ts'
import { updateDocument } from './update-document.ts'

/** Something that a programme sets itself, one of each kind. */
export type ProgrammeSetting = { readonly tenantId: string; readonly programmeId: string }
type Stored = StoredDocument & ProgrammeSetting

export interface SettingRepository<Setting extends ProgrammeSetting> {
  /** Of every tenant. */
  listAll(): Promise<readonly Setting[]>
  list(tenantId: string): Promise<readonly Setting[]>
  find(tenantId: string, programmeId: string): Promise<Setting | undefined>
  /** The last one written wins: it is replaced whole. */
  save(setting: Setting): Promise<void>
  /** As if it had never been set. */
  remove(tenantId: string, programmeId: string): Promise<void>
}

export async function settingRepository<Setting extends ProgrammeSetting>(
  store: DocumentStore,
  collection: string,
): Promise<SettingRepository<Setting>> {
  await store.define(collection, [{ name: 'byTenant', fields: ['tenantId'] }])
  const idOf = (tenantId: string, programmeId: string) => `${tenantId}|${programmeId}`
  // Only `save` writes here, and it takes nothing but settings of this kind.
  const plain = ({ id: _id, rev: _rev, ...setting }: Stored) => setting as Setting
  return {
    async listAll() {
      return (await store.find<Stored>(collection, {})).map(plain)
    },
    async list(tenantId) {
      return (await store.find<Stored>(collection, { tenantId })).map(plain)
    },
    async find(tenantId, programmeId) {
      const stored = await store.get<Stored>(collection, idOf(tenantId, programmeId))
      return stored && plain(stored)
    },
    async save(setting) {
      const id = idOf(setting.tenantId, setting.programmeId)
      await updateDocument<Stored>(store, { collection, id }, () => ({ id, ...setting }))
    },
    async remove(tenantId, programmeId) {
      const id = idOf(tenantId, programmeId)
      for (;;) {
        const stored = await store.get<Stored>(collection, id)
        if (!stored || (await store.removeIf(collection, id, stored.rev))) return
      }
    },
  }
}
