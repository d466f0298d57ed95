import { checkJob, checkMeetings } from '../use-cases/booking/check-meetings.ts'
import type { JobKindDefinition } from './job-kind.ts'

/** Looks at a pair's booked meetings when a schedule changed, and when a question about one of them ends. */
export const checkMeetingsKind: JobKindDefinition = {
  async run(deps, subjectId) {
    const [tenantId = '', relationshipId = ''] = subjectId.split('|')
    await checkMeetings(deps, { tenantId, relationshipId })
  },
  async listLost({ series, clock }) {
    const due = await series.listToTend(clock.now().toString())
    return due.map(({ tenantId, relationshipId }) => checkJob(tenantId, relationshipId))
  },
}
