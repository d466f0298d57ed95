import { isDeepStrictEqual } from 'node:util'
import type { HelpBody } from '../../shared/api/help.ts'
import { type DocumentStore, DuplicateKeyError, type StoredDocument } from './document-store.ts'

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
      for (;;) {
        const stored = await store.get<Stored>('programmeHelp', id)
        if (stored && isDeepStrictEqual({ id, rev: stored.rev, ...help }, { ...stored })) return
        try {
          if (!stored) await store.insert<Stored>('programmeHelp', { id, ...help })
          else if (!(await store.replaceIf<Stored>('programmeHelp', stored.rev, { id, ...help }))) continue
          return
        } catch (error) {
          if (!(error instanceof DuplicateKeyError)) throw error
        }
      }
    },
  }
}
