import { Temporal } from 'temporal-polyfill'
import { DomainError } from '../../shared/domain/errors.ts'
import type { MentoringRole, Relationship } from '../../shared/domain/relationship.ts'
import type { Program, SchedulingPerson, Weekday, Window } from '../../shared/scheduling/types.ts'
import type { Actor } from '../ports/actor.ts'
import type { Calendar, Schedule } from '../ports/calendar.ts'
import type { Clock } from '../ports/clock.ts'
import type { PeopleRepository, PersonRecord } from '../store/people-repository.ts'
import type { ClinicSource, ProgrammeRepository } from '../store/programme-repository.ts'
import type { SeriesRepository } from '../store/series-repository.ts'

export type PairProgramDeps = {
  readonly people: PeopleRepository
  readonly programmes: ProgrammeRepository
  readonly series: SeriesRepository
  readonly calendar: Calendar
  readonly clock: Clock
}
export type PairProgram = {
  readonly program: Program
  /** Organizer's IANA zone. */
  readonly timeZone: string
  readonly people: Readonly<Record<MentoringRole, PersonInProgram>>
}
export type PersonInProgram = {
  readonly person: PersonRecord
  readonly timeZone: string
  readonly sources: readonly ClinicSource[]
}

/** The one pair of the program. */
export const PAIR_ID = 'pair'
/** Nothing is booked nearer than this. */
const NOTICE_HOURS = 24
/** The calendars of either side of the world may be on another date. */
const MARGIN_DAYS = 2

/**
 * Gathers what the engine has to know of a pair: working hours and busy time from the calendars, clinic from our
 * sources, and time that other series hold.
 * @param ownSeriesId holds of this series do not count
 * @throws DomainError `person-not-found`, `mailbox-not-found`, `availability-unknown` when a calendar cannot be read
 */
export async function loadPairProgram(
  deps: PairProgramDeps,
  {
    actor,
    relationship,
    organizer,
    minutes,
    windows,
    ownSeriesId,
  }: {
    readonly actor: Actor
    readonly relationship: Relationship
    readonly organizer: MentoringRole
    readonly minutes: number
    readonly windows: readonly Window[]
    readonly ownSeriesId?: string
  },
): Promise<PairProgram> {
  const horizon = horizonOf(windows)
  const period = {
    start: horizon.start.subtract({ days: MARGIN_DAYS }).toZonedDateTime('UTC').toInstant().toString(),
    end: horizon.end.add({ days: MARGIN_DAYS }).toZonedDateTime('UTC').toInstant().toString(),
  }
  const [mentee, mentor] = await Promise.all([
    getPerson(deps.people, actor.tenantId, relationship.menteeId, 'mentee'),
    getPerson(deps.people, actor.tenantId, relationship.mentorId, 'mentor'),
  ])
  const schedules = await deps.calendar.listSchedules(actor.personId, [mentee.email, mentor.email], period)
  const fallbackZone = schedules.map(zoneOf).find((zone) => zone !== undefined) ?? 'UTC'
  const load = (role: MentoringRole, person: PersonRecord, schedule: Schedule | undefined) =>
    loadPerson(deps, { role, person, schedule, period, fallbackZone, ownSeriesId })
  const [menteeLoaded, mentorLoaded] = await Promise.all([
    load('mentee', mentee, schedules[0]),
    load('mentor', mentor, schedules[1]),
  ])
  const people = { mentee: menteeLoaded, mentor: mentorLoaded }
  const attendee = organizer === 'mentee' ? 'mentor' : 'mentee'
  return {
    timeZone: people[organizer].timeZone,
    people,
    program: {
      format: 'protected-time/program@1',
      horizon: { start: horizon.start.toString(), end: horizon.end.toString() },
      people: [menteeLoaded.scheduling, mentorLoaded.scheduling],
      pairs: [
        {
          id: PAIR_ID,
          organizer: people[organizer].person.id,
          attendees: [people[attendee].person.id],
          minutes,
          windows,
        },
      ],
      earliestStart: deps.clock.now().add({ hours: NOTICE_HOURS }).toString(),
    },
  }
}

async function getPerson(
  people: PeopleRepository,
  tenantId: string,
  personId: string,
  role: MentoringRole,
): Promise<PersonRecord> {
  const person = await people.find(tenantId, personId)
  if (!person) throw new DomainError('person-not-found', `The ${role} is not known any more.`)
  return person
}

async function loadPerson(
  { programmes, series }: PairProgramDeps,
  {
    role,
    person,
    schedule,
    period,
    fallbackZone,
    ownSeriesId,
  }: {
    readonly role: MentoringRole
    readonly person: PersonRecord
    readonly schedule: Schedule | undefined
    readonly period: { readonly start: string; readonly end: string }
    readonly fallbackZone: string
    readonly ownSeriesId: string | undefined
  },
): Promise<PersonInProgram & { readonly scheduling: SchedulingPerson }> {
  if (!schedule || 'problem' in schedule) throw unreadable(role, schedule?.problem)
  const sources = await programmes.listSources(person.tenantId, person.id)
  const holds = await series.listHolds(person.tenantId, person.id, period.start, period.end)
  const timeZone = zoneOf(schedule) ?? fallbackZone
  const bufferMinutes = sources.map((source) => source.bufferMinutes).find((minutes) => minutes !== undefined)
  return {
    person,
    timeZone,
    sources,
    scheduling: {
      id: person.id,
      timeZone,
      ...(schedule.workingHours ? { workingHours: weeklyHours(schedule.workingHours) } : {}),
      clinic: {
        ...(bufferMinutes === undefined ? {} : { bufferMinutes }),
        weekly: sources.flatMap((source) => source.weekly),
        dated: sources.flatMap((source) => source.dated),
      },
      busy: schedule.busy.map(({ start, end }) => [start, end] as const),
      // A source that failed says nothing about anybody's time: never free.
      unknown: sources.some((source) => source.state === 'failed') ? [[period.start, period.end] as const] : [],
      holds: holds.filter((hold) => hold.seriesId !== ownSeriesId).map(({ start, end }) => [start, end] as const),
    },
  }
}

function unreadable(
  role: MentoringRole,
  problem: 'mailbox-not-found' | 'mailbox-not-reachable' | undefined,
): DomainError {
  const faults = [{ path: role, message: 'has no calendar that we can read' }]
  return problem === 'mailbox-not-found'
    ? new DomainError('mailbox-not-found', `The ${role} has no mailbox in this organisation.`, faults)
    : new DomainError(
        'availability-unknown',
        `The ${role}'s calendar could not be read, so no time counts as free.`,
        faults,
      )
}

const zoneOf = (schedule: Schedule): string | undefined =>
  'problem' in schedule ? undefined : schedule.workingHours?.timeZone

function weeklyHours(hours: NonNullable<Extract<Schedule, { busy: unknown }>['workingHours']>) {
  return hours.weekdays.map((weekday) => ({ weekday: weekday as Weekday, start: hours.startTime, end: hours.endTime }))
}

function horizonOf(windows: readonly Window[]): {
  readonly start: Temporal.PlainDate
  readonly end: Temporal.PlainDate
} {
  const starts = windows.map(({ from }) => from).toSorted()
  const ends = windows.map(({ to }) => to).toSorted()
  const [start] = starts
  const end = ends.at(-1)
  if (start === undefined || end === undefined) throw new DomainError('invalid-plan', 'The plan has no windows.')
  return { start: Temporal.PlainDate.from(start), end: Temporal.PlainDate.from(end).add({ days: 1 }) }
}
