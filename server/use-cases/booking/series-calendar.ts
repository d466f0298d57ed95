import { Temporal } from 'temporal-polyfill'
import { meetingsOnEvent } from '../../../shared/domain/meeting-change.ts'
import { personInRole } from '../../../shared/domain/relationship.ts'
import { type MentoringSeries, type Placed, participantsOf, type SeriesEvent } from '../../../shared/domain/series.ts'
import { agendaForMeeting } from '../../../shared/templates/agenda.ts'
import type { AgendaChecklist } from '../../documents/agenda-checklist.ts'
import {
  type Attendee,
  type Calendar,
  CalendarError,
  type CalendarErrorCode,
  type CalendarEvent,
  type FileToAttach,
  type Mailbox,
} from '../../ports/calendar.ts'
import type { Clock } from '../../ports/clock.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import { conflictsOf, type OwnItem } from './find-conflicts.ts'

// What booking a series and changing one of its meetings both ask of the organizer's calendar.

export type SeriesCalendarDeps = {
  readonly series: SeriesRepository
  readonly calendar: Calendar
  readonly clock: Clock
  readonly writeChecklist: (checklist: AgendaChecklist) => Promise<Uint8Array>
}

export const mailboxOf = (series: MentoringSeries): Mailbox => personInRole(series, series.organizer)

/** Who is invited: everybody whose calendar does not hold the series. */
export const attendeesOf = (series: MentoringSeries): readonly Attendee[] =>
  participantsOf(series)
    .filter(({ personId }) => personId !== mailboxOf(series))
    .map(({ name, email }) => ({ name, email }))

export const isInvited = (series: MentoringSeries, { attendees }: CalendarEvent): boolean =>
  attendeesOf(series).every((wanted) =>
    attendees.some(({ email }) => email.toLowerCase() === wanted.email.toLowerCase()),
  )

/** Whether somebody's calendar is not free at one of these times. @param own items of ours that do not count */
export async function hasConflict(
  { calendar }: Pick<SeriesCalendarDeps, 'calendar'>,
  series: MentoringSeries,
  times: readonly Placed[],
  own: readonly OwnItem[],
): Promise<boolean> {
  const starts = times.map(({ startsAt }) => Temporal.Instant.from(startsAt)).toSorted(Temporal.Instant.compare)
  const ends = times.map(({ endsAt }) => Temporal.Instant.from(endsAt)).toSorted(Temporal.Instant.compare)
  const [start, end] = [starts[0], ends.at(-1)]
  if (!start || !end) return false
  const emails = participantsOf(series).map(({ email }) => email)
  const period = { start: start.toString(), end: end.toString() }
  const schedules = await calendar.listSchedules(mailboxOf(series), emails, period)
  return conflictsOf(times, schedules, own).length > 0
}

const CHECKLIST_NAME = 'Agenda checklist.docx'
const CHECKLIST_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The agenda of a calendar item's meeting, or of all its meetings alike. */
export async function checklistFor(
  { writeChecklist }: Pick<SeriesCalendarDeps, 'writeChecklist'>,
  series: MentoringSeries,
  event: SeriesEvent,
): Promise<FileToAttach> {
  const meetings = meetingsOnEvent(series, event)
  const [first] = meetings
  const isOne = meetings.length === 1
  const bytes = await writeChecklist({
    ...(isOne && first ? { meetingNumber: first.number, of: series.meetings.length } : {}),
    ...(isOne && first?.purpose ? { purpose: first.purpose } : {}),
    // Topics stay in our store: an attachment is read by whoever reads the calendar.
    topics: [],
    minutes: series.minutes,
    items: agendaForMeeting({ minutes: series.minutes, ...(isOne && first?.stage ? { stage: first.stage } : {}) })
      .items,
  })
  return { name: CHECKLIST_NAME, contentType: CHECKLIST_TYPE, bytes }
}

/** Refusals that no repeat will change. */
const LASTING: ReadonlySet<CalendarErrorCode> = new Set([
  'mailbox-not-found',
  'access-denied',
  'time-zone-not-supported',
  'occurrence-crosses-neighbour',
  'refused',
  // Somebody deleted it by hand: their wish, not a fault to mend.
  'event-not-found',
])
export const isLasting = (error: unknown): error is CalendarError =>
  error instanceof CalendarError && LASTING.has(error.code)
