import { Temporal } from 'temporal-polyfill'
import type { BusyPeriod, BusyStatus, Mailbox, Period, Schedule } from '../ports/calendar.ts'
import { type ScheduleAnswer, SchedulesAnswer, type WorkingHoursAnswer } from './answers.ts'
import type { GraphRequest, GraphSend } from './send.ts'
import { ianaZoneOf } from './time-zones.ts'
import { instantOf, mailboxPath, utcOf, weekdayOf } from './translate.ts'

const SCHEDULES_MAX = 20
const VIEW_MINUTES = 30
const DAY_SECONDS = 86_400
/** Of a schedule entry whose address is nobody's. */
const NO_SUCH_MAILBOX = '5009'

/** Digits and statuses that leave a person bookable; working elsewhere is at work. */
const NOT_BUSY: ReadonlySet<string> = new Set(['free', 'workingelsewhere'])
const BUSY: Readonly<Record<string, BusyStatus>> = { tentative: 'tentative', busy: 'busy', oof: 'oof' }

/**
 * Lists what people's calendars say of a period, one entry per address in the given order. Splits into calls of at
 * most 20 addresses and less than `daysPerCall` days (Graph's pages say 42 and 62), several in one trip, and joins
 * the answers. Whoever's calendar could not be read in any part comes back with a problem, never as free.
 * Graph docs: "calendar: getSchedule", "Get free/busy schedule". Least permission: Calendars.ReadBasic.
 */
export async function listSchedules(
  send: GraphSend,
  daysPerCall: number,
  mailbox: Mailbox,
  emails: readonly string[],
  period: Period,
): Promise<readonly Schedule[]> {
  const groups: (readonly string[])[] = []
  for (let from = 0; from < emails.length; from += SCHEDULES_MAX) groups.push(emails.slice(from, from + SCHEDULES_MAX))
  const spans = splitPeriod(period, daysPerCall)
  const parts = groups.flatMap((group) => spans.map((span) => ({ group, span })))
  const answers = await send.batchRead(parts.map(({ group, span }) => scheduleRequest(mailbox, group, span)))
  return emails.map((email, index) => {
    const group = groups[Math.floor(index / SCHEDULES_MAX)]
    const entries = answers
      .filter((_, part) => parts[part]?.group === group)
      .map(({ value }) => value.find(({ scheduleId }) => scheduleId?.toLowerCase() === email.toLowerCase()))
    return join(email, entries, period)
  })
}

/** Equal parts, each shorter than the limit: the pages say "less than". */
export function splitPeriod(period: Period, daysMax: number): Period[] {
  const start = Temporal.Instant.from(period.start)
  const end = Temporal.Instant.from(period.end)
  const seconds = Math.ceil(end.since(start).total('seconds'))
  if (seconds <= 0) return []
  const parts = Math.ceil(seconds / (daysMax * DAY_SECONDS - 60))
  const step = Math.ceil(seconds / parts)
  return Array.from({ length: parts }, (_, part) => {
    const to = start.add({ seconds: step * (part + 1) })
    return {
      start: start.add({ seconds: step * part }).toString(),
      end: (Temporal.Instant.compare(to, end) < 0 ? to : end).toString(),
    }
  })
}

function scheduleRequest(
  mailbox: Mailbox,
  schedules: readonly string[],
  { start, end }: Period,
): GraphRequest<typeof SchedulesAnswer> {
  // Graph refuses a period shorter than the interval of its view; a longer one does no harm, `join` cuts it.
  const endMin = Temporal.Instant.from(start).add({ minutes: VIEW_MINUTES })
  const askedEnd = Temporal.Instant.compare(end, endMin) < 0 ? endMin.toString() : end
  return {
    name: 'list schedules',
    method: 'POST',
    path: `${mailboxPath(mailbox)}/calendar/getSchedule`,
    mailbox,
    body: {
      schedules,
      startTime: utcOf(start),
      endTime: utcOf(askedEnd),
      availabilityViewInterval: VIEW_MINUTES,
    },
    answer: SchedulesAnswer,
    effect: 'read',
  }
}

function join(email: string, entries: readonly (ScheduleAnswer | undefined)[], asked: Period): Schedule {
  const from = Temporal.Instant.from(asked.start)
  const to = Temporal.Instant.from(asked.end)
  // What lies across two parts comes with both.
  const busy = new Map<string, { readonly start: Temporal.Instant; readonly period: BusyPeriod }>()
  let workingHours: WorkingHours
  for (const entry of entries) {
    if (entry?.error) {
      const isNobody = entry.error.responseCode === NO_SUCH_MAILBOX
      return { email, problem: isNobody ? 'mailbox-not-found' : 'mailbox-not-reachable' }
    }
    const items = entry?.scheduleItems
    if (!items) return { email, problem: 'mailbox-not-reachable' }
    // Some sharing settings give only the merged digits: busy at times we could not tell.
    if (items.length === 0 && /[^0]/.test(entry?.availabilityView ?? '')) {
      return { email, problem: 'mailbox-not-reachable' }
    }
    for (const item of items) {
      const graphStatus = (item.status ?? 'unknown').toLowerCase()
      if (NOT_BUSY.has(graphStatus)) continue
      const start = instantOf(item.start)
      const end = instantOf(item.end)
      if (Temporal.Instant.compare(start, to) >= 0 || Temporal.Instant.compare(end, from) <= 0) continue
      const period = { start: start.toString(), end: end.toString(), status: BUSY[graphStatus] ?? 'unknown' }
      busy.set(`${period.start} ${period.end} ${period.status}`, { start, period })
    }
    workingHours ??= workingHoursOf(entry?.workingHours ?? undefined)
  }
  const inOrder = [...busy.values()].toSorted((a, b) => Temporal.Instant.compare(a.start, b.start))
  return { email, busy: inOrder.map(({ period }) => period), ...(workingHours && { workingHours }) }
}

type WorkingHours = Extract<Schedule, { busy: unknown }>['workingHours'] | undefined

/** `undefined` when hours or zone cannot be told, e.g. a zone with rules of its own. */
function workingHoursOf(answer: WorkingHoursAnswer | undefined): WorkingHours {
  const timeZone = ianaZoneOf(answer?.timeZone?.name ?? '')
  const startTime = wallTimeOf(answer?.startTime)
  const endTime = wallTimeOf(answer?.endTime)
  const weekdays = (answer?.daysOfWeek ?? []).map(weekdayOf).filter((weekday) => weekday !== undefined)
  if (timeZone === undefined || startTime === undefined || endTime === undefined || weekdays.length === 0)
    return undefined
  return { weekdays: weekdays.toSorted((a, b) => a - b), startTime, endTime, timeZone }
}

/** `08:00` of `08:00:00.0000000`. */
function wallTimeOf(text: string | null | undefined): string | undefined {
  return /^([01]\d|2[0-3]):[0-5]\d(?=:|$)/.exec(text ?? '')?.[0]
}
