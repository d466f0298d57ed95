import { newJob } from '../store/job-repository.ts'
import { settleMeeting } from '../use-cases/meeting/settle-meeting.ts'
import type { JobKindDefinition } from './job-kind.ts'

/** Counts a meeting as held when the other person was silent for 14 days. */
export const settleMeetingKind: JobKindDefinition = {
  run: settleMeeting,
  async listLost({ outcomes, clock }) {
    const due = await outcomes.listSettling(clock.now().toString())
    return due.map(({ id }) => newJob(`settle-meeting|${id}`, 'settle-meeting', id))
  },
}
