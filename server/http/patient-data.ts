import type { FastifyInstance } from 'fastify'
import { DomainError, type Fault } from '../../shared/domain/errors.ts'
import { explainPatientData, findPatientData } from '../../shared/domain/patient-data/find-patient-data.ts'

/** The writer was asked and says that no patient is meant. */
const CONFIRMED = 'x-no-patient-data'
/** What pairs write is below this; schedules and programmes hold no sentences. */
const WRITTEN_BY_PAIRS = '/api/relationships/'

/**
 * Refuses text of a pair that looks as if it told of a patient, before any use case sees it, unless the writer has
 * confirmed that it does not. Panes ask before they send; this is for every other client. Nothing of the text is logged.
 */
export function refusePatientData(app: FastifyInstance): void {
  app.addHook('preHandler', async (request) => {
    // Without a schema nobody reads the body, and it may be nested deeper than the search below can go.
    if (request.body === undefined || request.routeOptions.schema?.body === undefined) return
    if (request.headers[CONFIRMED] === 'confirmed') return
    if (!request.routeOptions.url?.startsWith(WRITTEN_BY_PAIRS)) return
    const faults = faultsIn(request.body, '')
    if (faults.length > 0) {
      throw new DomainError('patient-data-suspected', 'Patients are never named here. Nothing was saved.', faults)
    }
  })
}

function faultsIn(value: unknown, path: string): Fault[] {
  if (typeof value === 'string') {
    const kinds = new Set(findPatientData(value).map(({ kind }) => kind))
    return [...kinds].map((kind) => ({ path, message: `This ${explainPatientData(kind)}.` }))
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => faultsIn(item, `${path}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) => faultsIn(item, path === '' ? name : `${path}.${name}`))
}
