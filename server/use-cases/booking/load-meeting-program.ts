import { Temporal } from 'temporal-polyfill'
import { heldTime } from '../../../shared/domain/held-time.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import { type Meeting, type MentoringSeries, meetingState, type Placed } from '../../../shared/domain/series.ts'
import type { UsualTime } from '../../../shared/scheduling/offer-starts.ts'
import { readSpans } from '../../../shared/scheduling/read-spans.ts'
import type { Program, Weekday, Window } from '../../../shared/scheduling/types.ts'
import type { Actor } from '../../ports/actor.ts'
import { loadPairProgram, type PairProgram, type PairProgramDeps } from './load-pair-program.ts'

export type MeetingProgram = PairProgram & {
  /** Index of the meeting's own window; undefined when it is over. */
  readonly ownWindow: number | undefined
  /** Index of the window around it, between the meetings before and after. */
  readonly wideWindow: number
  readonly windows: readonly Window[]
  readonly usual: UsualTime | undefined
}

/** How far from its window a meeting may be held. */
const NEAR_DAYS = 28
const REACH_MONTHS = 18

/**
 * What the engine has to know to find another time for one meeting: everything keeps its place but the meeting itself,
 * whose own time counts as free.
 * @throws DomainError as `loadPairProgram`
 */
export async function loadMeetingProgram(
  deps: PairProgramDeps,
  {
    actor,
    relationship,
    series,
    meeting,
  }: {
    readonly actor: Pick<Actor, 'tenantId' | 'personId'>
    readonly relationship: Relationship
    readonly series: MentoringSeries
    readonly meeting: Meeting
  },
): Promise<MeetingProgram> {
  const { organizer, minutes, timeZone } = series
  const today = deps.clock.now().toZonedDateTimeISO(timeZone).toPlainDate()
  const { own, wide } = windowsFor(series, meeting, today, resumeDateOf(relationship))
  const windows = own ? [own, wide] : [wide]
  const loaded = await loadPairProgram(deps, {
    actor,
    relationship,
    organizer,
    minutes,
    windows,
    ownSeriesId: series.id,
  })
  return {
    ...loaded,
    program: withMeetingsOut(loaded.program, series, [meeting]),
    windows,
    ownWindow: own ? 0 : undefined,
    wideWindow: windows.length - 1,
    usual: usualTime(series, meeting),
  }
}

/** The day on which a paused pair goes on, in the organizer's calendar. */
export function resumeDateOf({
  state,
  course,
}: Pick<Relationship, 'state' | 'course'>): Temporal.PlainDate | undefined {
  return state === 'paused' && course.pause ? Temporal.PlainDate.from(course.pause.resumeDate) : undefined
}

/**
 * What is left of a meeting's window, and the days around it until the meetings before and after.
 * @param resumeDate of a paused pair: a meeting may then be held after the pause, past others that lie in it
 */
export function windowsFor(
  series: MentoringSeries,
  meeting: Meeting,
  today: Temporal.PlainDate,
  resumeDate: Temporal.PlainDate = today,
): { readonly own: Window | undefined; readonly wide: Window } {
  const from = Temporal.PlainDate.from(meeting.window.from)
  const to = Temporal.PlainDate.from(meeting.window.to)
  const dayOf = ({ startsAt }: Meeting) =>
    Temporal.Instant.from(startsAt).toZonedDateTimeISO(series.timeZone).toPlainDate()
  const standing = series.meetings.filter((other) => other.id !== meeting.id && hasDate(series, other))
  const before = standing.filter(({ windowIndex }) => windowIndex < meeting.windowIndex).map(dayOf)
  const after = standing
    .filter(({ windowIndex }) => windowIndex > meeting.windowIndex)
    .map(dayOf)
    .filter((day) => Temporal.PlainDate.compare(day, today) < 0 || Temporal.PlainDate.compare(day, resumeDate) >= 0)
  const earliest = latest([from.subtract({ days: NEAR_DAYS }), today, ...before.map((day) => day.add({ days: 1 }))])
  const reach = today.add({ months: REACH_MONTHS })
  const until = soonest([latest([to, today, resumeDate]).add({ days: NEAR_DAYS }), reach, ...after])
  // Moved past each other by hand: then only the window says where a meeting belongs.
  const free = latest([from.subtract({ days: NEAR_DAYS }), today])
  const wide =
    Temporal.PlainDate.compare(earliest, until) < 0
      ? { from: earliest, to: until }
      : { from: free, to: soonest([latest([to, today, resumeDate]).add({ days: NEAR_DAYS }), reach]) }
  const start = latest([from, today])
  const own = Temporal.PlainDate.compare(start, to) < 0 ? { from: start.toString(), to: to.toString() } : undefined
  return { own, wide: { from: wide.from.toString(), to: wide.to.toString() } }
}

/**
 * The program with some meetings of a series taken out: their own time counts as free in both calendars, and the other
 * meetings of the series are held.
 */
export function withMeetingsOut(program: Program, series: MentoringSeries, out: readonly Meeting[]): Program {
  const ids = new Set(out.map(({ id }) => id))
  const others = heldTime({ ...series, meetings: series.meetings.filter(({ id }) => !ids.has(id)) })
  const own = out.filter((meeting) => meeting.dateless?.reason !== 'cancelled')
  return {
    ...program,
    people: program.people.map((person, index) => ({
      ...person,
      busy: withoutBusy(readSpans(person.busy ?? [], `people[${index}].busy`), own),
      holds: Int32Array.from([...readSpans(person.holds ?? [], `people[${index}].holds`), ...others.flatMap(spanOf)]),
    })),
  }
}

/** Each of our own items takes away one with just its times. @param busy starts and ends in epoch minutes, in turn */
function withoutBusy(busy: Int32Array, own: readonly Placed[]): Int32Array {
  const left = [...busy]
  for (const [start, end] of own.map(spanOf)) {
    const at = left.findIndex((minute, index) => index % 2 === 0 && minute === start && left[index + 1] === end)
    if (at >= 0) left.splice(at, 2)
  }
  return Int32Array.from(left)
}

/** Epoch minutes, rounded outward as busy time is. */
const spanOf = ({ startsAt, endsAt }: Placed): readonly [number, number] => [
  Math.floor(Date.parse(startsAt) / 60_000),
  Math.ceil(Date.parse(endsAt) / 60_000),
]

/** The commonest weekday-and-time of the pair's other meetings, on the organizer's wall clock. */
export function usualTime(series: MentoringSeries, meeting: Meeting): UsualTime | undefined {
  const counts = new Map<string, { readonly time: UsualTime; readonly count: number }>()
  for (const other of series.meetings) {
    if (other.id === meeting.id || !hasDate(series, other)) continue
    const wall = Temporal.Instant.from(other.startsAt).toZonedDateTimeISO(series.timeZone)
    // Temporal's days of the week are ours: 1 to 7 from Monday.
    const time = { weekday: wall.dayOfWeek as Weekday, startTime: wall.toPlainTime().toString().slice(0, 5) }
    const key = `${time.weekday} ${time.startTime}`
    counts.set(key, { time, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  const [commonest] = [...counts.values()].toSorted((a, b) => b.count - a.count)
  // Once is no habit.
  return commonest && commonest.count > 1 ? commonest.time : undefined
}

const hasDate = (series: MentoringSeries, meeting: Meeting): boolean => {
  const state = meetingState(
    meeting,
    series.events.find(({ key }) => key === meeting.eventKey),
  )
  return state === 'booked' || state === 'pending'
}

const latest = (dates: readonly [Temporal.PlainDate, ...Temporal.PlainDate[]]) =>
  dates.reduce((a, b) => (Temporal.PlainDate.compare(a, b) < 0 ? b : a))
const soonest = (dates: readonly [Temporal.PlainDate, ...Temporal.PlainDate[]]) =>
  dates.reduce((a, b) => (Temporal.PlainDate.compare(a, b) <= 0 ? a : b))
