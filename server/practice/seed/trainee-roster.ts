import { civilDate, type DayNumber, dateText, weekdayOf } from '../../feeds/wall-seconds.ts'
import { CAST_KEYS, type CastKey, memberOf } from './cast.ts'
import { principalNameOf } from './people.ts'
import { choose, isHoliday, isVacationWeek, modulo, mondayOf, type SeedSpan, weeksOf } from './seed-time.ts'

/** `to` is the last day, included, as people write rosters; times make an entry of hours. */
type Row = { readonly from: string; readonly to: string; readonly code: string }
const CYCLE_WEEKS = 5

/** One CSV for all residents and fellows, as the programme's office keeps it. */
export function traineeRoster(span: SeedSpan): string {
  const lines = CAST_KEYS.flatMap((key) => {
    const { kind, given, surname } = memberOf(key)
    const rows = kind === 'resident' ? residentRows(key, span) : kind === 'fellow' ? fellowRows(key, span) : []
    return rows.map(({ from, to, code }) => [principalNameOf(key), `${given} ${surname}`, from, to, code].join(','))
  })
  return ['Email,Name,Start,End,Assignment', ...lines, ''].join('\r\n')
}

/** 4+1: a week of continuity clinic, then four of unit, wards, nights and electives; cohorts follow week by week. */
function residentRows(key: CastKey, span: SeedSpan): readonly Row[] {
  const { cohort = 0 } = memberOf(key)
  return [...weeksOf(span)].flatMap((week) => {
    const monday = mondayOf(week)
    const cycle = Math.floor((week - cohort) / CYCLE_WEEKS)
    const holidays = days(monday, 5).filter(isHoliday)
    return [
      ...residentWeek(key, monday, modulo(week - cohort, CYCLE_WEEKS), cycle),
      ...holidays.map((day) => on(day, 'Holiday')),
    ]
  })
}

function residentWeek(key: CastKey, monday: DayNumber, position: number, cycle: number): readonly Row[] {
  const { pgy = 1 } = memberOf(key)
  const sunday = on(monday + 6, 'Day Off')
  switch (position) {
    case 0:
      return [
        on(monday, 'Continuity Clinic PM'),
        on(monday + 1, 'Continuity Clinic AM'),
        on(monday + 1, 'Admin Half-Day'),
        on(monday + 2, 'Continuity Clinic PM'),
        on(monday + 3, 'Continuity Clinic AM'),
        on(monday + 3, 'Continuity Clinic PM'),
        on(monday + 4, 'Academic Half-Day'),
        // Nobody told the office what this means.
        ...(key === 'jamal' && modulo(cycle, 2) === 0 ? [on(monday + 2, 'Flex-B')] : []),
      ]
    case 1:
      if (modulo(cycle - choose(key, 4), 4) === 0) return [block(monday, 7, 'Vacation')]
      return [block(monday, 6, pgy === 1 ? 'Wards Day' : pgy === 2 ? 'MICU Day' : 'Consults'), sunday]
    case 3:
      return [block(monday, 6, pgy > 1 && modulo(cycle, 2) === pgy % 2 ? 'Night Float' : 'Wards Day'), sunday]
    case 4:
      if (pgy === 1 && modulo(cycle, 2) === 0) return [block(monday, 6, 'Wards Day'), sunday]
  }
  return [
    block(monday, 5, 'Elective'),
    ...(pgy === 3 ? [block(monday, 3, 'Jeopardy')] : []),
    block(monday + 5, 2, 'Day Off'),
  ]
}

/** Every third month on the consult service, with its Wednesday afternoon kept for learning; clinic all year round. */
function fellowRows(key: CastKey, span: SeedSpan): readonly Row[] {
  const clinicDay = choose(`${key} clinic`, 2) === 0 ? 2 : 4
  const serviceMonth = choose(`${key} service`, 3)
  const rows: Row[] = []
  for (const week of weeksOf(span)) {
    if (isVacationWeek(key, week)) {
      rows.push(block(mondayOf(week), 7, 'Vacation'))
      continue
    }
    for (const day of days(mondayOf(week), 5)) {
      const { month } = civilDate(day)
      const isWednesday = weekdayOf(day) === 3
      if (isHoliday(day)) rows.push(on(day, 'Holiday'))
      else if (weekdayOf(day) === clinicDay) rows.push(on(day, 'Fellow Clinic PM'))
      if (month % 3 === serviceMonth && !isHoliday(day))
        rows.push(on(day, isWednesday ? 'Fellow Clinic AM' : 'Consults'))
      else if (isWednesday) rows.push(on(day, 'Research'))
    }
    if (modulo(week - choose(`${key} call`, 4), 4) === 0) rows.push(overnight(mondayOf(week) + 4, 'Fellow Call'))
  }
  return rows
}

const days = (first: DayNumber, count: number) => Array.from({ length: count }, (_, index) => first + index)
const on = (day: DayNumber, code: string): Row => block(day, 1, code)
const block = (first: DayNumber, count: number, code: string): Row => ({
  from: dateText(first),
  to: dateText(first + count - 1),
  code,
})
const overnight = (day: DayNumber, code: string): Row => ({
  from: `${dateText(day)} 17:00`,
  to: `${dateText(day + 1)} 07:00`,
  code,
})
