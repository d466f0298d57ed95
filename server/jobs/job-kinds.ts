import type { JobKind } from '../store/job-repository.ts'
import { bookSeriesKind } from './book-series.ts'
import { checkMeetingsKind } from './check-meetings.ts'
import { expireTextKind } from './expire-text.ts'
import type { JobKindDefinition } from './job-kind.ts'
import { keepClocksKind } from './keep-clocks.ts'
import { pruneAuditKind } from './prune-audit.ts'
import { pruneJobsKind } from './prune-jobs.ts'
import { settleMeetingKind } from './settle-meeting.ts'
import { sweepSeriesKind } from './sweep-series.ts'
import { syncMailboxKind } from './sync-mailbox.ts'
import { watchMailboxKind } from './watch-mailbox.ts'

/** Every kind of background work; a new one is a line here, its name in `JobKind` and a file of its own. */
export const JOB_KINDS: Readonly<Record<JobKind, JobKindDefinition>> = {
  'book-series': bookSeriesKind,
  'check-meetings': checkMeetingsKind,
  'settle-meeting': settleMeetingKind,
  'sweep-series': sweepSeriesKind,
  'sync-mailbox': syncMailboxKind,
  'watch-mailbox': watchMailboxKind,
  'expire-text': expireTextKind,
  'keep-clocks': keepClocksKind,
  'prune-audit': pruneAuditKind,
  'prune-jobs': pruneJobsKind,
}
