import type { SeriesMeeting, SeriesView } from '../../shared/api/series.ts'
import { listText } from '../../shared/ui/list-text.ts'
import { meetingTimeText, windowText } from '../../shared/ui/times.ts'

type Placed = { readonly startsAt: string; readonly endsAt: string }

/** What became of a meeting's date after it was booked: where it came from, why there is none, what is asked for. */
export function whereaboutsOf(meeting: SeriesMeeting, series: SeriesView, timeZone: string): readonly string[] {
  const invited = series.organizer === 'mentee' ? series.mentor : series.mentee
  const timeOf = (period: Placed) => meetingTimeText(period, { timeZone, otherTimeZones: [] })
  const texts: string[] = []
  if (meeting.noDateSince !== undefined) {
    texts.push(
      meeting.declined ? 'This time did not suit; the invitation was declined in Outlook.' : 'It was called off.',
    )
  } else if (meeting.movedFrom) {
    const from = timeOf(meeting.movedFrom)
    const times = meeting.moves ?? 1
    texts.push(times > 1 ? `Moved ${times} times, last from ${from}.` : `Moved from ${from}.`)
    if (isOutside(meeting, series.timeZone)) texts.push(`This is outside its window, ${windowText(meeting)}.`)
  }
  if (meeting.isNotFree) texts.push('One of you is not available then. Please look at it together.')
  if (meeting.absent) {
    const names = listText(meeting.absent.map(({ displayName }) => displayName))
    texts.push(`${names} said no to this time; the others meet, or move it together.`)
  }
  if (meeting.proposal) {
    texts.push(`${invited.displayName} asks for ${timeOf(meeting.proposal)} instead.`)
  }
  return texts
}

/** Whether a meeting lies on no day of its window. */
function isOutside({ startsAt, from, to }: SeriesMeeting, timeZone: string): boolean {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(startsAt))
  return day < from || day >= to
}

/** How the meetings stand that were to be booked, where something is missing; the first line is the headline. */
export function missingTexts({ meetings, calendarProblem, organizer, ...series }: SeriesView): readonly string[] {
  const organizerName = series[organizer].displayName
  const withoutDate = meetings.filter(({ state }) => state === 'needs-date').length
  const failed = meetings.filter(({ state }) => state === 'needs-attention').length
  return [
    ...(calendarProblem === undefined ? [] : [CALENDAR_TEXTS[calendarProblem](organizerName)]),
    ...(failed === 0 ? [] : [`${failed} of ${meetings.length} meetings could not be booked.`]),
    ...(withoutDate === 0
      ? []
      : [withoutDate === 1 ? 'One meeting has no date yet.' : `${withoutDate} meetings have no date yet.`]),
  ]
}

const CALENDAR_TEXTS: Readonly<Record<NonNullable<SeriesView['calendarProblem']>, (organizerName: string) => string>> =
  {
    'mailbox-not-found': (name) => `The calendar of ${name} is not in this organization any more.`,
    'mailbox-not-reachable': (name) => `The calendar of ${name} cannot be read just now.`,
    'access-denied': (name) => `Protected Time may not read the calendar of ${name} any more.`,
  }
