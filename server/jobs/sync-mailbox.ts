import { syncJob, syncMailbox } from '../use-cases/sync-mailbox.ts'
import type { JobKindDefinition } from './job-kind.ts'

/** Follows what people did in a mailbox that something was noted of. */
export const syncMailboxKind: JobKindDefinition = {
  run: syncMailbox,
  async listLost({ watches }) {
    return (await watches.listPending()).map((id) => syncJob(id))
  },
}
