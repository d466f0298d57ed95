import type { Services } from '../http/services.ts'
import type { Calendar } from '../ports/calendar.ts'
import type { CalendarWatch } from '../ports/calendar-watch.ts'
import type { NewJob } from '../store/job-repository.ts'

/** What a job works with: the services, and calendars as the service itself. */
export type JobDeps = Services & {
  readonly calendar: Calendar
  readonly watch: CalendarWatch
  /** Real time, epoch milliseconds: when jobs are due, not what the practice clock says. */
  readonly nowMs: () => number
}
/** Aborts when the service stops: work of many steps ends after the one under way, by throwing the signal's reason. */
export type Stoppable = { readonly signal: AbortSignal }

/** One kind of background work. */
export type JobKindDefinition = {
  /** Goes on from what the aggregate says; may run twice, also at the same time on two servers. */
  run(deps: JobDeps & Stoppable, subjectId: string): Promise<void>
  /** Jobs for work that waits although its wake-up may be lost; asked at the start and every minute. */
  listLost?(deps: JobDeps): Promise<readonly NewJob[]>
}
