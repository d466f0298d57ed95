import type { Temporal } from 'temporal-polyfill'
import { type DayNumber, weekdayOf } from '../../feeds/wall-seconds.ts'
import { CAST_KEYS, type CastKey, memberOf } from './cast.ts'
import {
  type EventBody,
  type EventLook,
  monthlyEvent,
  singleEvent,
  weeklyEvent,
  yearlyEvent,
} from './recurring-events.ts'
import { choose, isVacationWeek, mondayOf, type SeedSpan, seedSpan, weeksOf } from './seed-time.ts'

/** Single items of an academic year, of which everybody gets some; whole days where there is no time. */
const OCCASIONS: readonly EventLook[] = [
  { subject: 'Promotion committee', time: ['09:00', '10:00'] },
  { subject: 'Quality improvement meeting', time: ['10:00', '11:00'] },
  { subject: 'Simulation lab', time: ['13:00', '15:00'] },
  { subject: 'Applicant interviews', time: ['13:00', '16:00'] },
  { subject: 'Dentist', time: ['08:30', '09:30'], isPrivate: true },
  { subject: 'Hold: visiting professor', time: ['15:00', '16:00'], showAs: 'tentative' },
  { subject: 'Data safety board', time: ['11:00', '12:00'] },
  { subject: 'Writing day', showAs: 'workingElsewhere' },
  { subject: 'Grant deadline', showAs: 'free' },
  { subject: 'Backup list this week', showAs: 'free', days: 5 },
  { subject: 'Regional meeting', showAs: 'oof', days: 2 },
  { subject: 'Parent-teacher meeting', time: ['15:30', '16:30'], isPrivate: true },
  { subject: 'Curriculum committee', time: ['14:00', '15:00'] },
]
const OCCASIONS_EACH = 9

/** The calendar items of one person, to be posted to their mailbox; nobody is invited, so nobody is mailed. */
export function eventsOf(key: CastKey, today: Temporal.PlainDate): readonly EventBody[] {
  const span = seedSpan(today)
  const { kind, hasMailbox } = memberOf(key)
  if (hasMailbox === false) return []
  if (kind === 'room') {
    const meeting = { subject: 'Department meeting', time: ['12:00', '13:00'] } as const
    return [weeklyEvent(key, span, meeting, [1]), weeklyEvent(key, span, { ...meeting, subject: 'Tumor board' }, [4])]
  }
  return [...routines(key, span), ...occasions(key, span), ...vacations(key, span)]
}

/** Everybody's items, in the order of the cast. */
export const seededEvents = (today: Temporal.PlainDate) =>
  CAST_KEYS.map((key) => ({ key, events: eventsOf(key, today) }))

function routines(key: CastKey, span: SeedSpan): readonly EventBody[] {
  const { kind } = memberOf(key)
  const events: EventBody[] = [weeklyEvent(key, span, { subject: 'Grand rounds', time: ['12:00', '13:00'] }, [4])]
  const isTrainee = kind === 'resident' || kind === 'fellow'
  if (isTrainee || kind === 'attending') {
    const conference = { subject: 'Morbidity and mortality conference', time: ['16:00', '17:00'] } as const
    events.push(monthlyEvent(key, span, conference, 2, 2))
  }
  if (kind === 'resident') {
    events.push(weeklyEvent(key, span, { subject: 'Noon conference', time: ['12:00', '13:00'] }, [1, 3]))
  }
  if (isTrainee) events.push(monthlyEvent(key, span, { subject: 'Journal club', time: ['16:00', '17:00'] }, 3, 3))
  if (kind === 'fellow') {
    events.push(weeklyEvent(key, span, { subject: 'Research meeting', time: ['15:00', '16:00'] }, [2]))
  }
  if (kind === 'attending') {
    const research = { subject: 'Research meeting', time: ['11:00', '12:00'] } as const
    events.push(weeklyEvent(key, span, research, [3 + choose(`${key} research`, 3)], 2))
    events.push(monthlyEvent(key, span, { subject: 'Division meeting', time: ['12:00', '13:00'] }, 5, -1))
  }
  if (kind === 'assistant' || kind === 'coordinator' || kind === 'other') {
    events.push(weeklyEvent(key, span, { subject: 'Office hour', time: ['09:00', '10:00'] }, [1]))
    events.push(monthlyEvent(key, span, { subject: 'Programme review', time: ['10:00', '11:30'] }, 4, 1))
  }
  if (choose(`${key} family`, 3) === 0) {
    const pickUp = { subject: 'Family pick-up', time: ['16:15', '17:30'], isPrivate: true } as const
    events.push(weeklyEvent(key, span, pickUp, [1, 3]))
  }
  const anniversary = { subject: 'Anniversary of appointment', showAs: 'free' } as const
  events.push(yearlyEvent(key, span, anniversary, 1 + choose(`${key} month`, 12), 1 + choose(`${key} day`, 28)))
  return events
}

function occasions(key: CastKey, span: SeedSpan): readonly EventBody[] {
  const offset = choose(key, OCCASIONS.length)
  const stride = Math.floor((span.to - span.from) / OCCASIONS_EACH)
  return Array.from({ length: OCCASIONS_EACH }, (_, index) => {
    const look = OCCASIONS[(offset + index) % OCCASIONS.length] ?? { subject: 'Meeting', time: ['10:00', '11:00'] }
    const day = span.from + index * stride + choose(`${key} ${index}`, stride - 6)
    return singleEvent(key, look.days === undefined ? workday(day) : monday(day), look)
  })
}

/** Weeks away, also in the schedule system; the calendar shows them as out of office. */
function vacations(key: CastKey, span: SeedSpan): readonly EventBody[] {
  if (memberOf(key).kind === 'resident') return []
  return [...weeksOf(span)]
    .filter((week) => isVacationWeek(key, week))
    .map((week) => singleEvent(key, mondayOf(week), { subject: 'Vacation', showAs: 'oof', days: 7 }))
}

const workday = (day: DayNumber) => (weekdayOf(day) > 5 ? day + 8 - weekdayOf(day) : day)
const monday = (day: DayNumber) => day - weekdayOf(day) + 1
