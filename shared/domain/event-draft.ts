import type { RecurrencePattern, RecurrenceRange } from '../scheduling/types.ts'

/** Wall time with its IANA zone: a series is expanded by the calendar in this zone. `date` YYYY-MM-DD, `startTime` HH:MM. */
export type EventTime = {
  readonly date: string
  readonly startTime: string
  readonly minutes: number
  readonly timeZone: string
}

/** A calendar item as we decided it, complete before the first request goes out, so that every retry says the same. */
export type EventDraft = {
  readonly subject: string
  readonly bodyHtml: string
  readonly time: EventTime
  readonly recurrence?: { readonly pattern: RecurrencePattern; readonly range: RecurrenceRange }
  readonly location?: string
  readonly onlineMeeting: boolean
  /** Stable over every retry: the calendar refuses a second event with it. */
  readonly transactionId: string
  /** Our key on the event (extended property), by which a sweep finds it. */
  readonly key: string
}
