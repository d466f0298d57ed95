import type { FastifyInstance } from 'fastify'
import type { Fault } from '../../shared/domain/errors.ts'

/** A refusal of the practice tenant's own routes (not Graph's, not the token endpoint's): RFC 9457. */
export class PracticeProblem extends Error {
  readonly status: number
  readonly code: string
  readonly faults: readonly Fault[]
  constructor(status: number, code: string, detail: string, faults: readonly Fault[] = []) {
    super(detail)
    this.name = 'PracticeProblem'
    this.status = status
    this.code = code
    this.faults = faults
  }
}

/** Renders every refusal of these routes as problem+json; other errors keep their status and tell nothing of their cause. */
export function renderProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: Error & { statusCode?: number; validation?: readonly SchemaFault[] }, request, reply) => {
    const problem = toProblem(error)
    if (problem.status >= 500) request.log.error({ err: error }, 'practice route failed')
    const { status, code, message: detail, faults } = problem
    return reply
      .code(status)
      .type('application/problem+json')
      .send({
        type: `urn:problem:${code}`,
        title: detail,
        status,
        code,
        ...(faults.length > 0 ? { faults } : {}),
        requestId: request.id,
      })
  })
}

type SchemaFault = { readonly instancePath: string; readonly message?: string; readonly params?: unknown }

function toProblem(error: Error & { statusCode?: number; validation?: readonly SchemaFault[] }): PracticeProblem {
  if (error instanceof PracticeProblem) return error
  if (error.validation) {
    const faults = error.validation.map(({ instancePath, message }) => ({
      path: instancePath.replace(/^\//, '').replaceAll('/', '.'),
      message: message ?? 'is not valid',
    }))
    return new PracticeProblem(400, 'invalid-request', 'The request is not valid.', faults)
  }
  const status = error.statusCode ?? 500
  if (status >= 500) return new PracticeProblem(500, 'internal-error', 'The practice tenant failed.')
  return new PracticeProblem(status, 'invalid-request', 'The request could not be read.')
}
