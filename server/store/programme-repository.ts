import type { CodeMap } from '../../shared/api/clinic.ts'
import type { DatedBlock, WeeklyBlock } from '../../shared/scheduling/types.ts'
import { type DocumentStore, DuplicateKeyError, type StoredDocument } from './document-store.ts'

export type Programme = {
  readonly id: string
  readonly tenantId: string
  readonly name: string
  /** IANA. */
  readonly timeZone: string
  readonly codeMap: CodeMap
}

/** One source of what a person cannot do: an uploaded file, their part of a roster, or weekly half-days they typed. */
export type ClinicSource = {
  readonly personId: string
  readonly tenantId: string
  readonly sourceId: string
  readonly label: string
  readonly kind: 'ics' | 'csv' | 'weekly'
  readonly state: 'loaded' | 'unknown-codes' | 'failed'
  /** RFC 3339. */
  readonly loadedAt: string
  readonly bufferMinutes?: number
  readonly weekly: readonly WeeklyBlock[]
  readonly dated: readonly DatedBlock[]
  readonly entries: number
  readonly from?: string
  readonly to?: string
  readonly unknownCodes: readonly {
    readonly code: string
    readonly count: number
    readonly firstDate: string
    readonly line?: number
  }[]
  readonly problems: readonly { readonly path: string; readonly message: string }[]
}
type StoredSource = StoredDocument & ClinicSource
type StoredProgramme = StoredDocument & Programme

export interface ProgrammeRepository {
  find(tenantId: string, programmeId: string): Promise<Programme | undefined>
  save(programme: Programme): Promise<void>
  list(tenantId: string): Promise<readonly Programme[]>
  /** The last one written wins: a source is replaced whole. */
  saveSource(source: ClinicSource): Promise<void>
  listSources(tenantId: string, personId: string): Promise<readonly ClinicSource[]>
  /** False when there was none. */
  removeSource(tenantId: string, personId: string, sourceId: string): Promise<boolean>
}

export async function programmeRepository(store: DocumentStore): Promise<ProgrammeRepository> {
  await store.define('programmes', [{ name: 'byTenant', fields: ['tenantId'] }])
  await store.define('clinicSources', [{ name: 'byPerson', fields: ['tenantId', 'personId'] }])

  async function upsert(collection: string, document: { readonly id: string }): Promise<void> {
    const stored = await store.get(collection, document.id)
    try {
      if (!stored) await store.insert(collection, document)
      else if (!(await store.replaceIf(collection, stored.rev, document))) await upsert(collection, document)
    } catch (error) {
      if (!(error instanceof DuplicateKeyError)) throw error
      await upsert(collection, document)
    }
  }

  return {
    async find(tenantId, programmeId) {
      const stored = await store.get<StoredProgramme>('programmes', programmeId)
      return stored?.tenantId === tenantId ? stored : undefined
    },
    save: (programme) => upsert('programmes', programme),
    list: (tenantId) => store.find<StoredProgramme>('programmes', { tenantId }),
    saveSource: (source) => {
      const document = { id: `${source.personId}|${source.sourceId}`, ...source }
      return upsert('clinicSources', document)
    },
    listSources: (tenantId, personId) => store.find<StoredSource>('clinicSources', { tenantId, personId }),
    async removeSource(tenantId, personId, sourceId) {
      const id = `${personId}|${sourceId}`
      const stored = await store.get<StoredSource>('clinicSources', id)
      return stored?.tenantId === tenantId && store.removeIf('clinicSources', id, stored.rev)
    },
  }
}
