import type { DocumentStore, StoredDocument } from './document-store.ts'
import { updateDocument } from './update-document.ts'

/** How long a programme keeps what its pairs wrote after they have parted. */
export type RetentionRule = {
  readonly tenantId: string
  readonly programmeId: string
  readonly monthsAfterEnd: number
}
type Stored = StoredDocument & RetentionRule

export interface RetentionRepository {
  /** Of every tenant. */
  listAll(): Promise<readonly RetentionRule[]>
  find(tenantId: string, programmeId: string): Promise<RetentionRule | undefined>
  /** The last one written wins. */
  save(rule: RetentionRule): Promise<void>
}

export async function retentionRepository(store: DocumentStore): Promise<RetentionRepository> {
  await store.define('retentionRules', [{ name: 'byTenant', fields: ['tenantId'] }])
  const idOf = (tenantId: string, programmeId: string) => `${tenantId}|${programmeId}`
  const plain = ({ id: _id, rev: _rev, ...rule }: Stored): RetentionRule => rule
  return {
    async listAll() {
      return (await store.find<Stored>('retentionRules', {})).map(plain)
    },
    async find(tenantId, programmeId) {
      const stored = await store.get<Stored>('retentionRules', idOf(tenantId, programmeId))
      return stored && plain(stored)
    },
    async save(rule) {
      const id = idOf(rule.tenantId, rule.programmeId)
      await updateDocument<Stored>(store, { collection: 'retentionRules', id }, () => ({ id, ...rule }))
    },
  }
}
