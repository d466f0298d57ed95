import { newJob } from '../store/job-repository.ts'
import type { JobKindDefinition } from './job-kind.ts'

const DAY_MS = 86_400_000
/** Long enough for whoever looks into what the service did; nothing else needs a job that is done. */
const KEPT_DAYS = 30

/** Once a day removes jobs that were done long ago. */
export const pruneJobsKind: JobKindDefinition = {
  run: ({ jobs, nowMs }) => jobs.prune(nowMs() - KEPT_DAYS * DAY_MS),
  async listLost({ nowMs }) {
    return [newJob('prune-jobs', 'prune-jobs', 'jobs', Math.ceil(nowMs() / DAY_MS) * DAY_MS)]
  },
}
