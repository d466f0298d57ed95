import { newJob } from '../store/job-repository.ts'
import type { JobKindDefinition } from './job-kind.ts'

const DAY_MS = 86_400_000

/** Once a day removes entries of the audit trail that are older than they are kept. */
export const pruneAuditKind: JobKindDefinition = {
  async run({ auditTrail, clock, auditYears }) {
    const before = clock.now().toZonedDateTimeISO('UTC').subtract({ years: auditYears })
    await auditTrail.prune(before.toInstant().toString())
  },
  async listLost({ nowMs }) {
    return [newJob('prune-audit', 'prune-audit', 'audit', Math.ceil(nowMs() / DAY_MS) * DAY_MS)]
  },
}
