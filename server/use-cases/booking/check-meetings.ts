import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import {
  askAbout,
  breakingReasons,
  type FoundBroken,
  meetingsToCheck,
  PROPOSALS_MAX,
  resolveFix,
} from '../../../shared/domain/ask-about.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { isOpen, tendFixes } from '../../../shared/domain/meeting-fix.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import { type Meeting, type MentoringSeries, participantsOf } from '../../../shared/domain/series.ts'
import { checkSlot } from '../../../shared/scheduling/check-slot.ts'
import { findBroken } from '../../../shared/scheduling/find-broken.ts'
import { offerStarts } from '../../../shared/scheduling/offer-starts.ts'
import { readSpans } from '../../../shared/scheduling/read-spans.ts'
import { proposeOptions } from '../../../shared/scheduling/replan.ts'
import type { BookedMeeting } from '../../../shared/scheduling/replan-types.ts'
import type { Program, Window } from '../../../shared/scheduling/types.ts'
import { deriveUuid } from '../../derive-ids.ts'
import type { Calendar } from '../../ports/calendar.ts'
import { type JobRepository, type NewJob, newJob } from '../../store/job-repository.ts'
import type { RelationshipRepository } from '../../store/relationship-repository.ts'
import { usualTime, windowsFor, withMeetingsOut } from './load-meeting-program.ts'
import { askEngine, loadPairProgram, PAIR_ID, type PairProgramDeps } from './load-pair-program.ts'
import { mailboxOf } from './series-calendar.ts'

export type CheckMeetingsDeps = Omit<PairProgramDeps, 'calendar'> & {
  readonly relationships: RelationshipRepository
  readonly calendar: Calendar
}
export type CheckMeetings = {
  readonly tenantId: string
  readonly relationshipId: string
  /** Whose mailbox asks for free/busy; the organizer's unless told. */
  readonly asMailbox?: string | undefined
}

/** Tries when somebody else writes the series at the same moment. */
const TRIES = 5

/**
 * Looks whether the booked meetings of a pair still lie on free time, and asks the two about those that do not, with new
 * dates where there are any. Moves nothing. Repeating it asks nothing twice.
 * @throws CalendarError for outages
 */
export async function checkMeetings(deps: CheckMeetingsDeps, request: CheckMeetings): Promise<void> {
  const { tenantId, relationshipId, asMailbox } = request
  const relationship = await deps.relationships.find(tenantId, relationshipId)
  if (!relationship) return
  for (const { id } of await deps.series.listOf(tenantId, relationshipId)) {
    for (let tries = 0; tries < TRIES; tries++) {
      const read = await deps.series.get(id)
      if (!read) break
      const { series, rev } = read
      const checked = await checkSeries(deps, relationship, series, asMailbox ?? mailboxOf(series))
      if (checked === series || (await deps.series.save(checked, rev))) break
    }
  }
}

/** Has the meetings of a pair looked at in the background. @param cause makes it another job than those before */
export const checkJob = (tenantId: string, relationshipId: string, cause = ''): NewJob =>
  newJob(`check-meetings|${relationshipId}${cause}`, 'check-meetings', `${tenantId}|${relationshipId}`)

/** Jobs that look at every pair of a person, for one change of their schedule; written together with it. */
export async function checkJobsOf(
  { relationships }: Pick<CheckMeetingsDeps, 'relationships'>,
  { tenantId, personId }: { readonly tenantId: string; readonly personId: string },
): Promise<readonly NewJob[]> {
  const pairs = await relationships.listOf(tenantId, personId)
  return pairs.map(({ id }) => checkJob(tenantId, id, `|${randomUUID()}`))
}

/** Has every pair of a person looked at after now. A job that is under way may just have looked: then another one does. */
export async function ensureChecks(
  { relationships, jobs }: Pick<CheckMeetingsDeps, 'relationships'> & { readonly jobs: JobRepository },
  { tenantId, personId }: { readonly tenantId: string; readonly personId: string },
): Promise<void> {
  for (const { id } of await relationships.listOf(tenantId, personId)) {
    const willLook = await jobs.ensure(checkJob(tenantId, id), { revive: true })
    if (!willLook) await jobs.ensure(checkJob(tenantId, id, '|again'), { revive: true })
  }
}

/** Where a schedule cannot be read, nothing can be said of the meetings; questions still end in time. */
async function checkSeries(
  deps: CheckMeetingsDeps,
  relationship: Relationship,
  stored: MentoringSeries,
  asMailbox: string,
): Promise<MentoringSeries> {
  const series = tendFixes(stored, deps.clock.now())
  try {
    return await askAboutBroken(deps, relationship, series, asMailbox)
  } catch (error) {
    if (error instanceof DomainError) return series
    throw error
  }
}

/** The series with what has to be asked; the very same where nothing has. */
async function askAboutBroken(
  deps: CheckMeetingsDeps,
  relationship: Relationship,
  series: MentoringSeries,
  asMailbox: string,
): Promise<MentoringSeries> {
  const now = deps.clock.now()
  const isGone = series.state === 'cancelling' || series.state === 'cancelled' || series.calendarProblem !== undefined
  const meetings = isGone ? [] : meetingsToCheck(series, now)
  if (meetings.length === 0) return series
  const look = await loadBoard(deps, { relationship, series, meetings, asMailbox })
  const broken = askEngine(() => findBroken({ program: look.certain, booked: look.booked, now: now.toString() }))
  const proposal = askEngine(() => proposeOptions({ program: look.program, booked: look.booked, now: now.toString() }))
  let next = series
  for (const [index, meeting] of meetings.entries()) {
    const found = broken.find((one) => one.meeting === look.booked[index])
    const reasons = breakingReasons(found?.reasons ?? [])
    if (!found || reasons.length === 0) {
      next = resolveFix(next, meeting, now)
      continue
    }
    const best = proposal.meetings.find((one) => one.meeting === look.booked[index])?.options ?? []
    const around =
      best.length === 0 && found.state === 'movable' ? nearby(look, series, meeting, meetings.length + index) : []
    const asked: FoundBroken = {
      state: found.state,
      reasons,
      options: best.length > 0 ? best : around,
      isCutShort: proposal.isCutShort,
    }
    next = askAbout(next, meeting, asked, {
      now,
      id: deriveUuid(series.id, meeting.id, 'fix', now.toString()),
      isPossible: (startsAt) =>
        askEngine(() => checkSlot(look.around(meeting), PAIR_ID, meetings.length + index, startsAt)).length === 0,
    })
  }
  return next
}

type Board = {
  /** All that keeps people away. */
  readonly program: Program
  /** The same without time that is only tentative: an invitation nobody answered breaks no meeting. */
  readonly certain: Program
  readonly booked: readonly BookedMeeting[]
  /** The program with one meeting taken out of its time. */
  readonly around: (meeting: Meeting) => Program
}

/** Of n meetings the own windows first, then the days around each, so that index i and n + i are the same meeting's. */
async function loadBoard(
  deps: CheckMeetingsDeps,
  {
    relationship,
    series,
    meetings,
    asMailbox,
  }: {
    readonly relationship: Relationship
    readonly series: MentoringSeries
    readonly meetings: readonly Meeting[]
    readonly asMailbox: string
  },
): Promise<Board> {
  const { tenantId, organizer, minutes, timeZone } = series
  const today = deps.clock.now().toZonedDateTimeISO(timeZone).toPlainDate()
  const found = meetings.map((meeting) => windowsFor(series, meeting, today))
  const windows: readonly Window[] = [
    ...found.map(({ own, wide }) => own ?? wide),
    ...found.map(({ wide }) => wide),
    // A meeting that people moved far away is looked at where it is.
    ...meetings.map(({ startsAt }) => dayOf(startsAt, timeZone)),
  ]
  const actor = { tenantId, personId: asMailbox }
  const request = { actor, relationship, organizer, minutes, windows, ownSeriesId: series.id }
  const { program, people, members } = await loadPairProgram(deps, request)
  const promised = await timePromised(deps, series)
  const withPromised: Program = {
    ...program,
    people: program.people.map((person) => ({
      ...person,
      holds: Int32Array.from([
        ...readSpans(person.holds ?? [], 'holds'),
        ...readSpans(promised.get(person.id) ?? [], 'promised'),
      ]),
    })),
  }
  const certainBusy = new Map([people.mentee, people.mentor, ...members].map((one) => [one.person.id, one.certainBusy]))
  const certain: Program = {
    ...program,
    people: program.people.map((person) => ({ ...person, busy: certainBusy.get(person.id) ?? [] })),
  }
  return {
    program: withMeetingsOut(withPromised, series, meetings),
    certain: withMeetingsOut(certain, series, meetings),
    booked: meetings.map((meeting, window) => ({
      pair: PAIR_ID,
      window,
      start: meeting.startsAt,
      ...(meeting.proposed ? { proposed: meeting.proposed } : {}),
    })),
    around: (meeting) => withMeetingsOut(withPromised, series, [meeting]),
  }
}

function dayOf(startsAt: string, timeZone: string): Window {
  const date = Temporal.Instant.from(startsAt).toZonedDateTimeISO(timeZone).toPlainDate()
  return { from: date.toString(), to: date.add({ days: 1 }).toString() }
}

/** Where a meeting's own window has nothing, the best times in the days around it that were not proposed before. */
function nearby(look: Board, series: MentoringSeries, meeting: Meeting, window: number): FoundBroken['options'] {
  const known = [meeting.startsAt, ...(meeting.proposed ?? [])].map((start) => Date.parse(start))
  const { offers } = askEngine(() =>
    offerStarts({
      program: look.around(meeting),
      pairId: PAIR_ID,
      window,
      usual: usualTime(series, meeting),
      near: meeting.startsAt,
      limit: known.length + PROPOSALS_MAX,
    }),
  )
  return offers.filter(({ start }) => !known.includes(Date.parse(start))).slice(0, PROPOSALS_MAX)
}

type Spans = readonly (readonly [string, string])[]

/** Times that other pairs of these people are being asked about: the same hour is not promised twice. */
async function timePromised(deps: CheckMeetingsDeps, own: MentoringSeries): Promise<ReadonlyMap<string, Spans>> {
  const promised = new Map<string, Spans>()
  for (const { personId } of participantsOf(own)) {
    const spans: (readonly [string, string])[] = []
    for (const { id } of await deps.relationships.listOf(own.tenantId, personId)) {
      for (const series of await deps.series.listOf(own.tenantId, id)) {
        if (series.id === own.id) continue
        const asked = series.meetings.flatMap(({ fix }) => (fix && isOpen(fix) ? fix.options : []))
        spans.push(...asked.map(({ startsAt, endsAt }) => [startsAt, endsAt] as const))
      }
    }
    promised.set(personId, spans)
  }
  return promised
}
