import { Temporal } from 'temporal-polyfill'
import { DomainError } from '../../../shared/domain/errors.ts'
import type { MentoringRole, Relationship } from '../../../shared/domain/relationship.ts'
import type { Program, SchedulingPerson, Weekday, Window } from '../../../shared/scheduling/types.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Calendar, Period, Schedule } from '../../ports/calendar.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PeopleRepository, PersonRecord } from '../../store/people-repository.ts'
import type { ClinicSource, ProgrammeRepository } from '../../store/programme-repository.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import { assertWithinReach, feedPeriod } from '../clinic/feed-period.ts'

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
  /** Of a committee: those beside its chair. */
  readonly members: readonly PersonInProgram[]
}
export type PersonInProgram = {
  readonly person: PersonRecord
  readonly timeZone: string
  readonly sources: readonly ClinicSource[]
  /** Busy and out-of-office time; tentative time keeps others out too, but takes nobody away from what is booked. */
  readonly certainBusy: readonly (readonly [string, string])[]
}

/** The one pair of the program. */
export const PAIR_ID = 'pair'
/** Nothing is booked nearer than this. */
const NOTICE_HOURS = 24
/** The calendars of either side of the world may be on another date. */
const MARGIN_DAYS = 2

/**
 * Gathers what the engine has to know of a pair, or of everybody on a committee: working hours and busy time from the calendars, clinic from our
 * sources, and time that other series hold.
 * @param ownSeriesId holds of this series do not count
 * @throws DomainError `invalid-plan` for windows out of reach, before any calendar is read; `person-not-found`,
 * `mailbox-not-found`; `availability-unknown` when a calendar cannot be read or nothing tells a person's time zone
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
    readonly actor: Pick<Actor, 'tenantId' | 'personId'>
    readonly relationship: Pick<Relationship, 'menteeId' | 'mentorId' | 'memberIds' | 'programmeId'>
    readonly organizer: MentoringRole
    readonly minutes: number
    readonly windows: readonly Window[]
    readonly ownSeriesId?: string
  },
): Promise<PairProgram> {
  const now = deps.clock.now()
  assertWithinReach(windows, now)
  const horizon = horizonOf(windows)
  const period = periodToRead(horizon, now)
  const [mentee, mentor] = await Promise.all([
    getPerson(deps.people, actor.tenantId, relationship.menteeId, 'mentee'),
    getPerson(deps.people, actor.tenantId, relationship.mentorId, 'mentor'),
  ])
  const members = await Promise.all(
    (relationship.memberIds ?? []).map((id) => getPerson(deps.people, actor.tenantId, id, 'member')),
  )
  const emails = [mentee, mentor, ...members].map(({ email }) => email)
  const schedules = await deps.calendar.listSchedules(actor.personId, emails, period)
  const load = (part: Part, person: PersonRecord, schedule: Schedule | undefined) =>
    loadPerson(deps, { part, person, schedule, period, relationship, ownSeriesId })
  const [menteeLoaded, mentorLoaded, ...membersLoaded] = await Promise.all([
    load('mentee', mentee, schedules[0]),
    load('mentor', mentor, schedules[1]),
    ...members.map((member, index) => load('member', member, schedules[2 + index])),
  ])
  const people = { mentee: menteeLoaded, mentor: mentorLoaded }
  const attendee = organizer === 'mentee' ? 'mentor' : 'mentee'
  return {
    timeZone: people[organizer].timeZone,
    people,
    members: membersLoaded,
    program: {
      format: 'protected-time/program@1',
      horizon: { start: horizon.start.toString(), end: horizon.end.toString() },
      people: [menteeLoaded, mentorLoaded, ...membersLoaded].map(({ scheduling }) => scheduling),
      pairs: [
        {
          id: PAIR_ID,
          organizer: people[organizer].person.id,
          attendees: [people[attendee].person.id, ...members.map(({ id }) => id)],
          minutes,
          windows,
        },
      ],
      earliestStart: now.add({ hours: NOTICE_HOURS }).toString(),
    },
  }
}

/** What somebody is in the meetings of a pair or a committee. */
type Part = MentoringRole | 'member'

async function getPerson(
  people: PeopleRepository,
  tenantId: string,
  personId: string,
  part: Part,
): Promise<PersonRecord> {
  const person = await people.find(tenantId, personId)
  if (!person) throw new DomainError('person-not-found', `The ${part} is not known any more.`)
  return person
}

async function loadPerson(
  deps: PairProgramDeps,
  {
    part,
    person,
    schedule,
    period,
    relationship,
    ownSeriesId,
  }: {
    readonly part: Part
    readonly person: PersonRecord
    readonly schedule: Schedule | undefined
    readonly period: Period
    readonly relationship: Pick<Relationship, 'programmeId'>
    readonly ownSeriesId: string | undefined
  },
): Promise<PersonInProgram & { readonly scheduling: SchedulingPerson }> {
  if (!schedule || 'problem' in schedule) throw unreadable(part, schedule?.problem)
  const sources = await deps.programmes.listSources(person.tenantId, person.id)
  const holds = await deps.series.listHolds(person.tenantId, person.id, period.start, period.end)
  const timeZone = schedule.workingHours?.timeZone ?? (await programmeZone(deps, person, relationship))
  if (timeZone === undefined) throw withoutZone(part)
  const buffers = sources.flatMap(({ bufferMinutes }) => (bufferMinutes === undefined ? [] : [bufferMinutes]))
  return {
    person,
    timeZone,
    sources,
    certainBusy: schedule.busy
      .filter(({ status }) => status !== 'tentative')
      .map(({ start, end }) => [start, end] as const),
    scheduling: {
      id: person.id,
      timeZone,
      ...(schedule.workingHours ? { workingHours: weeklyHours(schedule.workingHours) } : {}),
      clinic: {
        // The engine knows one buffer per person: the one that satisfies every source.
        ...(buffers.length === 0 ? {} : { bufferMinutes: Math.max(...buffers) }),
        weekly: sources.flatMap((source) => source.weekly),
        dated: sources.flatMap((source) => source.dated),
      },
      busy: schedule.busy.map(({ start, end }) => [start, end] as const),
      unknown: sources.flatMap((source) => unknownTime(source, timeZone, period)),
      holds: holds.filter((hold) => hold.seriesId !== ownSeriesId).map(({ start, end }) => [start, end] as const),
    },
  }
}

/** Time of which a source says nothing: never free. */
function unknownTime(
  { state, kind, loadedAt }: ClinicSource,
  timeZone: string,
  { start, end }: Period,
): readonly (readonly [string, string])[] {
  if (state === 'failed') return [[start, end]]
  if (kind === 'weekly') return []
  const readTo = Temporal.PlainDate.from(feedPeriod(Temporal.Instant.from(loadedAt)).to)
  const from = Temporal.Instant.from(start)
  const unread = readTo.toZonedDateTime(timeZone).toInstant()
  const unknownFrom = Temporal.Instant.compare(unread, from) < 0 ? from : unread
  return Temporal.Instant.compare(unknownFrom, Temporal.Instant.from(end)) < 0 ? [[unknownFrom.toString(), end]] : []
}

/** The zone of the pair's programme, or else of one that the person belongs to. */
async function programmeZone(
  { people, programmes }: PairProgramDeps,
  { tenantId, id }: PersonRecord,
  { programmeId }: Pick<Relationship, 'programmeId'>,
): Promise<string | undefined> {
  const own = programmeId === undefined ? undefined : await programmes.find(tenantId, programmeId)
  if (own) return own.timeZone
  for (const membership of await people.listMemberships(tenantId, id)) {
    const programme = await programmes.find(tenantId, membership.programmeId)
    if (programme) return programme.timeZone
  }
  return undefined
}

/** Another person's zone, or UTC, would put every clinic at a wrong time. */
const withoutZone = (part: Part) =>
  new DomainError('availability-unknown', `The ${part}'s mailbox names no time zone, so no time counts as free.`, [
    { path: part, message: 'needs a time zone in the settings of their calendar' },
  ])

/**
 * Runs the engine on what was gathered. A fault in what is stored about a person is not the caller's to mend, and its
 * place would tell one person of the other's schedule.
 * @throws DomainError `availability-unknown` without a place, instead of the engine's fault
 */
export function askEngine<T>(ask: () => T): T {
  try {
    return ask()
  } catch (cause) {
    if (!(cause instanceof DomainError) || !cause.faults.some(({ path }) => path.startsWith('people['))) throw cause
    throw new DomainError(
      'availability-unknown',
      'A schedule of one of the two cannot be read, so no time counts as free. Both should look at their schedules.',
      [],
      { cause },
    )
  }
}

function unreadable(part: Part, problem: 'mailbox-not-found' | 'mailbox-not-reachable' | undefined): DomainError {
  const faults = [{ path: part, message: 'has no calendar that we can read' }]
  return problem === 'mailbox-not-found'
    ? new DomainError('mailbox-not-found', `The ${part} has no mailbox in this organisation.`, faults)
    : new DomainError(
        'availability-unknown',
        `The ${part}'s calendar could not be read, so no time counts as free.`,
        faults,
      )
}

function weeklyHours(hours: NonNullable<Extract<Schedule, { busy: unknown }>['workingHours']>) {
  return hours.weekdays.map((weekday) => ({ weekday: weekday as Weekday, start: hours.startTime, end: hours.endTime }))
}

type Horizon = { readonly start: Temporal.PlainDate; readonly end: Temporal.PlainDate }

function horizonOf(windows: readonly Window[]): Horizon {
  const starts = windows.map(({ from }) => from).toSorted()
  const ends = windows.map(({ to }) => to).toSorted()
  const [start] = starts
  const end = ends.at(-1)
  if (start === undefined || end === undefined) throw new DomainError('invalid-plan', 'The plan has no windows.')
  return { start: Temporal.PlainDate.from(start), end: Temporal.PlainDate.from(end).add({ days: 1 }) }
}

/** Instants of which calendars are asked. A plan that has begun is read from today: nothing is booked before. */
function periodToRead({ start, end }: Horizon, now: Temporal.Instant): Period {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const from = Temporal.PlainDate.compare(start, today) < 0 ? today : start
  const to = Temporal.PlainDate.compare(end, from) < 0 ? from : end
  const midnight = (date: Temporal.PlainDate) => date.toZonedDateTime('UTC').toInstant().toString()
  return { start: midnight(from.subtract({ days: MARGIN_DAYS })), end: midnight(to.add({ days: MARGIN_DAYS })) }
}
