import { dateOf } from '../../shared/domain/lifecycle-clocks.ts'
import { newJob } from '../store/job-repository.ts'
import { keepClocks } from '../use-cases/pair/keep-clocks.ts'
import type { JobKindDefinition } from './job-kind.ts'

const FARTHEST_WEST_HOURS = 12

/** Looks at every pair once a day, by the date where its programme is. */
export const keepClocksKind: JobKindDefinition = {
  async run(deps, subjectId) {
    const [tenantId = '', relationshipId = ''] = subjectId.split('|')
    await keepClocks(deps, { tenantId, relationshipId })
  },
  async listLost({ relationships, clock }) {
    // The date has begun everywhere: else those still waiting for midnight were looked at again every minute.
    const today = dateOf(clock.now().subtract({ hours: FARTHEST_WEST_HOURS }).toString())
    const due = await relationships.listDue(today)
    return due.map(({ id, tenantId }) => newJob(`keep-clocks|${id}`, 'keep-clocks', `${tenantId}|${id}`))
  },
}
