import type { HelpBody } from '../../shared/api/help.ts'
import type { DocumentStore, StoredDocument } from './document-store.ts'
import { updateDocument } from './update-document.ts'

/** Where people of a programme find help; what the institution publishes, not what anybody writes. */
export type ProgrammeHelp = HelpBody & { readonly tenantId: string; readonly programmeId: string }
type Stored = StoredDocument & ProgrammeHelp

export interface HelpRepository {
  list(tenantId: string): Promise<readonly ProgrammeHelp[]>
  /** The last one written wins: it is replaced whole. */
  save(help: ProgrammeHelp): Promise<void>
}

export async function helpRepository(store: DocumentStore): Promise<HelpRepository> {
  await store.define('programmeHelp', [{ name: 'byTenant', fields: ['tenantId'] }])
  return {
    async list(tenantId) {
      const all = await store.find<Stored>('programmeHelp', { tenantId })
      return all.map(({ id: _id, rev: _rev, ...help }) => help)
    },
    async save(help) {
      const id = `${help.tenantId}|${help.programmeId}`
      await updateDocument<Stored>(store, { collection: 'programmeHelp', id }, () => ({ id, ...help }))
    },
  }
}
