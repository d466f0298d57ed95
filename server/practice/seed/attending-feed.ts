import type { Temporal } from 'temporal-polyfill'
import { type DayNumber, weekdayOf } from '../../feeds/wall-seconds.ts'
import { ATTENDING_WEEKS, type AttendingWeek, type WeeklyDuty } from './attending-weeks.ts'
import { type CastKey, memberOf } from './cast.ts'
import { principalNameOf, windowsZoneOf } from './people.ts'
import { compactDate, isHoliday, isVacationWeek, modulo, mondayOf, seedSpan, weekOf, weeksOf } from './seed-time.ts'

/** A stretch of whole days, or one night from `startTime` to `endTime` of the day after. */
type Duty = { readonly day: DayNumber; readonly days: number; readonly code: string; readonly isNight?: true }

/**
 * The iCalendar text that the schedule system exports for one attending: codes as titles, all-day entries for duties
 * that have hours, nights across midnight, several codes on one day, all of them shown as free.
 */
export function attendingFeed(key: CastKey, today: Temporal.PlainDate): string {
  const plan = ATTENDING_WEEKS[key] ?? { weekly: [], form: 'dated' }
  const span = seedSpan(today)
  const { given, surname } = memberOf(key)
  const stamp = `DTSTAMP:${compactDate(span.from)}T120000Z`
  const duties = [...weeksOf(span)].flatMap((week) => dutiesOfWeek(key, plan, week))
  const events = duties.map((duty) => writeDuty(key, duty, stamp))
  const rules = plan.form === 'recurring' ? plan.weekly.map((duty) => writeRule(key, duty, span.from, stamp)) : []
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Lakeside Schedules//Export//EN',
    `X-WR-CALNAME:${given} ${surname}`,
    ...events,
    ...rules,
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}

function dutiesOfWeek(key: CastKey, plan: AttendingWeek, week: number): readonly Duty[] {
  const monday = mondayOf(week)
  const duties: Duty[] = []
  const dated = plan.form === 'dated' ? plan.weekly : []
  for (const duty of dated.filter((each) => isInWeek(each, week))) {
    duties.push({ day: monday + duty.weekday - 1, days: 1, code: duty.code })
  }
  for (const call of plan.calls ?? []) {
    if (isInWeek(call, week)) duties.push({ day: monday + call.weekday - 1, days: 1, code: call.code, isNight: true })
  }
  if (plan.service && modulo(week, plan.service.everyWeeks) === plan.service.offset) {
    duties.push({ day: monday, days: 7, code: plan.service.code })
  } else if (plan.service?.code === '7 On') {
    // Seven days off follow seven on, but for two academic days.
    for (const weekday of [1, 4, 5, 6, 7]) duties.push({ day: monday + weekday - 1, days: 1, code: '7 Off' })
    for (const weekday of [2, 3]) duties.push({ day: monday + weekday - 1, days: 1, code: 'Academic Day' })
  }
  if (isVacationWeek(key, week)) duties.push({ day: monday, days: 7, code: 'Vacation' })
  for (let day = monday; day < monday + 5; day++) if (isHoliday(day)) duties.push({ day, days: 1, code: 'Holiday' })
  return duties
}
const isInWeek = ({ everyWeeks = 1, offset = 0 }: WeeklyDuty, week: number) => modulo(week, everyWeeks) === offset

function writeDuty(key: CastKey, { day, days, code, isNight }: Duty, stamp: string): string {
  const times = isNight
    ? [`DTSTART:${compactDate(day)}T170000`, `DTEND:${compactDate(day + 1)}T070000`]
    : [`DTSTART;VALUE=DATE:${compactDate(day)}`, `DTEND;VALUE=DATE:${compactDate(day + days)}`]
  const uid = `UID:${compactDate(day)}-${code.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${principalNameOf(key)}`
  return ['BEGIN:VEVENT', uid, stamp, `SUMMARY:${code}`, ...times, 'TRANSP:TRANSPARENT', 'END:VEVENT'].join('\r\n')
}

/** A weekly clinic as Outlook publishes it: in a Windows zone, for ever, without one session and with another one moved. */
function writeRule(key: CastKey, { weekday, code }: WeeklyDuty, from: DayNumber, stamp: string): string {
  const zone = windowsZoneOf(key)
  const first = mondayOf(weekOf(from)) + weekday - 1
  const [start, end] = code.endsWith('AM') ? ['0800', '1200'] : code === 'Late' ? ['1200', '2000'] : ['1300', '1700']
  const uid = `UID:weekly-${weekday}-${code.toLowerCase().replaceAll(' ', '-')}-${principalNameOf(key)}`
  const at = (day: DayNumber, time: string) => `TZID=${zone}:${compactDate(day)}T${time}00`
  const dropped = first + 7 * 9
  const moved = first + 7 * 15
  return [
    ...['BEGIN:VEVENT', uid, stamp, `SUMMARY:${code}`, `DTSTART;${at(first, start)}`, `DTEND;${at(first, end)}`],
    ...[
      `RRULE:FREQ=WEEKLY;BYDAY=${['MO', 'TU', 'WE', 'TH', 'FR'][weekdayOf(first) - 1]}`,
      `EXDATE;${at(dropped, start)}`,
    ],
    ...['TRANSP:TRANSPARENT', 'END:VEVENT'],
    ...['BEGIN:VEVENT', uid, stamp, `SUMMARY:${code}`, `RECURRENCE-ID;${at(moved, start)}`],
    ...[`DTSTART;${at(moved + 1, start)}`, `DTEND;${at(moved + 1, end)}`, 'END:VEVENT'],
  ].join('\r\n')
}
