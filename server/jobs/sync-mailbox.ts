import { ensureChecks } from '../use-cases/booking/check-meetings.ts'
import { syncJob, syncMailbox } from '../use-cases/sync/sync-mailbox.ts'
import type { JobKindDefinition } from './job-kind.ts'

/** Follows what people did in a mailbox that something was noted of. */
export const syncMailboxKind: JobKindDefinition = {
  async run(deps, id) {
    await syncMailbox(deps, id)
    // What changed may be time that somebody took where a meeting is.
    const [tenantId = '', personId = ''] = id.split('|')
    await ensureChecks(deps, { tenantId, personId })
  },
  async listLost({ watches }) {
    return (await watches.listPending()).map((id) => syncJob(id))
  },
}
