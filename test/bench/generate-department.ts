import { type Draw, drawsFrom } from '../../shared/scheduling/programme/draw-random.ts'
import { dateText, dayOfCivil, instantText } from '../../shared/scheduling/time-text.ts'
import type {
  ClinicLayer,
  Program,
  SchedulingPair,
  SchedulingPerson,
  Weekday,
  WeeklyBlock,
  Window,
} from '../../shared/scheduling/types.ts'

/** 2027-07-01, and the Monday before it, in days since 1970-01-01: the academic year. */
const FIRST_DAY = 21_000
const FIRST_MONDAY = FIRST_DAY - 3
const DAYS = 366
const ZONES = ['America/New_York', 'America/New_York', 'America/New_York', 'America/Chicago', 'America/Phoenix']
const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5]

/**
 * A department of physicians for measuring: mentors with clinic half-days or alternate weeks on service, residents in a
 * 4+1 rotation, days off, calendars full of other meetings, and mentees of whom some have two mentors. The same numbers
 * give the same department on every machine.
 */
export function generateDepartment(
  mentees: number,
  mentors: number,
  seed: number,
  { months = 12, grainMinutes = 15 }: { readonly months?: number; readonly grainMinutes?: 5 | 15 } = {},
): Program {
  const draw = drawsFrom(seed)
  const days = monthStart(months) - FIRST_DAY
  const people: SchedulingPerson[] = []
  const pairs: SchedulingPair[] = []
  for (let mentor = 0; mentor < mentors; mentor++) {
    const clinic = draw() < 0.3 ? alternateWeeks(draw) : { weekly: halfDays(draw, 4, 7) }
    people.push({
      ...personOf(draw, `mentor-${mentor}`, 9, clinic, days),
      limits: { meetingsPerWeek: 3, meetingsPerDay: 2 },
    })
  }
  for (let mentee = 0; mentee < mentees; mentee++) {
    const id = `mentee-${mentee}`
    const clinic = draw() < 0.6 ? fourPlusOne(draw) : { weekly: halfDays(draw, 3, 5) }
    people.push(personOf(draw, id, 5, clinic, days))
    const first = Math.floor(mentors * draw() ** 1.4)
    const second = Math.floor(mentors * draw())
    const chosen = draw() < 0.12 && second !== first ? [first, second] : [first]
    for (const mentor of chosen) {
      const chosenMonths =
        draw() < 0.7 ? [1, 3, 6, 9, 12, 15, 18] : Array.from({ length: months }, (_, index) => index + 1)
      pairs.push({
        id: `pair-${pairs.length}`,
        organizer: `mentor-${mentor}`,
        attendees: [id],
        minutes: pick(draw, [30, 45, 60]),
        windows: chosenMonths.filter((month) => month <= months).map(monthWindow),
      })
    }
  }
  return {
    format: 'protected-time/program@1',
    horizon: { start: dateText(FIRST_DAY), end: dateText(FIRST_DAY + days) },
    grainMinutes,
    people,
    pairs,
  }
}

/** A mentee and a mentor with nothing but busy calendars: what every way of looking for common starts can read. */
export function generateTwoCalendars(seed: number): Program {
  const draw = drawsFrom(seed)
  const people = ['mentee', 'mentor'].map((id) => ({
    id,
    timeZone: 'America/New_York',
    busy: busyTimes(draw, 6, DAYS),
  }))
  return {
    format: 'protected-time/program@1',
    horizon: { start: dateText(FIRST_DAY), end: dateText(FIRST_DAY + DAYS) },
    people,
    pairs: [
      {
        id: 'pair',
        organizer: 'mentee',
        attendees: ['mentor'],
        minutes: 60,
        windows: Array.from({ length: 12 }, (_, index) => monthWindow(index + 1)),
      },
    ],
  }
}

const pick = <Item>(draw: Draw, items: readonly [Item, ...Item[]]): Item =>
  items[Math.floor(draw() * items.length)] ?? items[0]
const between = (draw: Draw, min: number, max: number): number => min + Math.floor(draw() * (max - min + 1))

/** Epoch day on which the year's month of that index starts; 0 is July 2027. */
const monthStart = (month: number): number => dayOfCivil(2027 + Math.floor((month + 6) / 12), ((month + 6) % 12) + 1, 1)

const monthWindow = (month: number): Window => ({
  from: dateText(monthStart(month - 1)),
  to: dateText(monthStart(month)),
})

function personOf(draw: Draw, id: string, meetingsPerDay: number, clinic: ClinicLayer, days: number): SchedulingPerson {
  const away = FIRST_MONDAY + 7 * between(draw, 0, 51)
  return {
    id,
    timeZone: pick(draw, ZONES as [string, ...string[]]),
    clinic: {
      ...clinic,
      dated: [{ start: dateText(away), end: dateText(away + 7), label: 'Vacation', kind: 'leave' }],
    },
    busy: busyTimes(draw, meetingsPerDay, days),
    daysOff: [dateText(FIRST_DAY + 4), dateText(FIRST_DAY + 177)],
  }
}

/** Weekdays only, about as many a day as told, 15 to 90 minutes, in UTC hours that cover American working days. */
function busyTimes(draw: Draw, meetingsPerDay: number, days: number): readonly (readonly [string, string])[] {
  const times: (readonly [string, string])[] = []
  for (let day = 0; day < days; day++) {
    if ((day + FIRST_DAY - FIRST_MONDAY) % 7 > 4) continue
    const count = between(draw, meetingsPerDay - 2, meetingsPerDay + 2)
    for (let meeting = 0; meeting < count; meeting++) {
      const start = (FIRST_DAY + day) * 1440 + 15 * between(draw, 4 * 12, 4 * 22)
      times.push([instantText(start), instantText(start + 15 * between(draw, 1, 6))])
    }
  }
  return times
}

function halfDays(draw: Draw, min: number, max: number): readonly WeeklyBlock[] {
  const chosen = new Set<number>()
  const count = between(draw, min, max)
  while (chosen.size < count) chosen.add(between(draw, 0, 9))
  return [...chosen].map((half) => ({
    weekday: WEEKDAYS[half >> 1] ?? 1,
    ...(half % 2 === 0 ? { start: '08:00', end: '12:00' } : { start: '13:00', end: '17:00' }),
    label: 'Clinic',
  }))
}

const wholeWeek = (label: string): readonly WeeklyBlock[] =>
  WEEKDAYS.map((weekday) => ({ weekday, start: '07:00', end: '18:00', label, kind: 'service' as const }))

const alternateWeeks = (draw: Draw): ClinicLayer => ({
  rotation: {
    cycleWeeks: 2,
    firstWeekStart: dateText(FIRST_MONDAY),
    weeks: [{ week: between(draw, 0, 1), blocks: wholeWeek('On service') }],
  },
})

/** Four weeks on the wards, free at noon on two days, then a week of clinic. */
function fourPlusOne(draw: Draw): ClinicLayer {
  const clinicWeek = between(draw, 0, 4)
  const wards = WEEKDAYS.flatMap((weekday): readonly WeeklyBlock[] =>
    weekday === 2 || weekday === 4
      ? [
          { weekday, start: '07:00', end: '12:00', kind: 'service' as const },
          { weekday, start: '13:00', end: '18:00', kind: 'service' as const },
        ]
      : [{ weekday, start: '07:00', end: '18:00', kind: 'service' as const }],
  )
  return {
    rotation: {
      cycleWeeks: 5,
      firstWeekStart: dateText(FIRST_MONDAY),
      weeks: [0, 1, 2, 3, 4].map((week) => ({ week, blocks: week === clinicWeek ? halfDays(draw, 4, 6) : wards })),
    },
  }
}
