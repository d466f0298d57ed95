import { AsyncLocalStorage } from 'node:async_hooks'

/** On whose behalf the present work is done; every durable write within it is put on record. */
export type AuditContext = {
  readonly tenantId: string
  /** A person's id, or `service`. */
  readonly who: string
  /** Method and route pattern, or the kind of job: never an address with values in it. */
  readonly what: string
  readonly requestId?: string
  /** Collections whose sealed text was opened, by pair. */
  readonly opened: Map<string, Set<string>>
}

const storage = new AsyncLocalStorage<AuditContext>()

export const auditContext = (): AuditContext | undefined => storage.getStore()

export function withAudit<T>(context: Omit<AuditContext, 'opened'>, work: () => T): T {
  return storage.run({ ...context, opened: new Map() }, work)
}
