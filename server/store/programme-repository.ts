import type { CodeMap } from '../../shared/api/clinic.ts'
import { DomainError } from '../../shared/domain/errors.ts'
import type { DatedBlock, WeeklyBlock } from '../../shared/scheduling/types.ts'
import {
  type DocumentStore,
  DuplicateKeyError,
  StaleRevisionError,
  type StoredDocument,
  type Write,
} from './document-store.ts'
import { JOBS, type NewJob } from './job-repository.ts'
import { updateDocument } from './update-document.ts'

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
  /**
   * Changes what is stored, or makes it from nothing; `change` runs again on what somebody else wrote meanwhile.
   * @throws DomainError `id-already-used` when another tenant has it, and whatever `change` throws
   */
  update(
    tenantId: string,
    programmeId: string,
    change: (stored: Programme | undefined) => Omit<Programme, 'id' | 'tenantId'>,
  ): Promise<Programme>
  list(tenantId: string): Promise<readonly Programme[]>
  /** The last one written wins: a source is replaced whole. The jobs are left with it, all or nothing. */
  saveSource(source: ClinicSource, jobs?: readonly NewJob[]): Promise<void>
  listSources(tenantId: string, personId: string): Promise<readonly ClinicSource[]>
  /** Every person's source of that name: the parts of one roster. */
  listSourcesNamed(tenantId: string, sourceId: string): Promise<readonly ClinicSource[]>
  /** Does nothing where there is none. */
  removeSource(tenantId: string, personId: string, sourceId: string): Promise<void>
}

export async function programmeRepository(store: DocumentStore): Promise<ProgrammeRepository> {
  await store.define('programmes', [{ name: 'byTenant', fields: ['tenantId'] }])
  await store.define('clinicSources', [
    { name: 'byPerson', fields: ['tenantId', 'personId'] },
    { name: 'bySource', fields: ['tenantId', 'sourceId'] },
  ])

  return {
    async find(tenantId, programmeId) {
      const stored = await store.get<StoredProgramme>('programmes', programmeId)
      return stored?.tenantId === tenantId ? stored : undefined
    },
    update: (tenantId, programmeId, change) =>
      updateDocument<StoredProgramme>(store, { collection: 'programmes', id: programmeId }, (stored) => {
        if (stored && stored.tenantId !== tenantId) {
          throw new DomainError('id-already-used', 'This id is used for something else.')
        }
        return { ...change(stored), id: programmeId, tenantId }
      }),
    list: (tenantId) => store.find<StoredProgramme>('programmes', { tenantId }),
    async saveSource(source, jobs = []) {
      const id = `${source.personId}|${source.sourceId}`
      for (;;) {
        const stored = await store.get<StoredSource>('clinicSources', id)
        const document = { id, ...source }
        try {
          await store.atomically([
            stored
              ? { kind: 'replaceIf', collection: 'clinicSources', rev: stored.rev, document }
              : { kind: 'insert', collection: 'clinicSources', document },
            ...jobs.map((job): Write => ({ kind: 'insert', collection: JOBS, document: job })),
          ])
          return
        } catch (error) {
          const isSource = error instanceof StaleRevisionError || error instanceof DuplicateKeyError
          if (!isSource || error.collection !== 'clinicSources') throw error
        }
      }
    },
    listSources: (tenantId, personId) => store.find<StoredSource>('clinicSources', { tenantId, personId }),
    listSourcesNamed: (tenantId, sourceId) => store.find<StoredSource>('clinicSources', { tenantId, sourceId }),
    async removeSource(tenantId, personId, sourceId) {
      const id = `${personId}|${sourceId}`
      for (;;) {
        const stored = await store.get<StoredSource>('clinicSources', id)
        if (stored?.tenantId !== tenantId || (await store.removeIf('clinicSources', id, stored.rev))) return
      }
    },
  }
}
