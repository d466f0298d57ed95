import { Temporal } from 'temporal-polyfill'
import { type AgendaItem, agendaForMeeting } from '../templates/agenda.ts'
import { DomainError } from './errors.ts'
import type { MeetingId, RelationshipId } from './ids.ts'
import { hasBegun } from './meeting-outcome.ts'
import type { Meeting, MentoringSeries } from './series.ts'
import type { AgendaEntry, Goal } from './work.ts'

/** What the mentee needs from the mentor this time. */
export const NEEDS = ['listen', 'advise', 'decide', 'connect', 'show'] as const
export type Need = (typeof NEEDS)[number]

/** What the mentee wants of one meeting, under the meeting's own id; text and choices belong to the pair alone. */
export type AgendaPlan = {
  readonly id: MeetingId
  readonly relationshipId: RelationshipId
  /** Two to four areas of the checklist, what matters most first. */
  readonly areas: readonly string[]
  readonly needs: readonly Need[]
  readonly createdAt: string
  readonly updatedAt: string
}

/** An earlier meeting, as far as the next agenda goes on from it. */
export type PastAgenda = {
  readonly meetingId: MeetingId
  readonly plan: AgendaPlan | undefined
  readonly entries: readonly AgendaEntry[]
}

/** carried-over: put first last time and not reached · stage: this stage of the plan is about it · untouched: not in the last two meetings. */
export type AreaReason = 'carried-over' | 'stage' | 'untouched'

export type PlannedItem = AgendaItem & {
  /** 1-based; only of an area that has its time in this meeting. */
  readonly rank?: number
  readonly reasons: readonly AreaReason[]
}

const AREAS_MIN = 2
const AREAS_MAX = 4
const UNTOUCHED_MEETINGS = 2
/** An open goal that nobody changed for this long is worth a question. */
const STALE_DAYS = 60

/**
 * The agenda of one meeting: the opening, then what the mentee put first (or, until they do, what was put off, what the
 * stage is about and what was not touched for two meetings), the rest, and the closing. The times fit the meeting.
 * @param past earlier meetings whose time has come, oldest first
 */
export function planAgenda({
  minutes,
  stage,
  plan,
  past,
}: {
  readonly minutes: number
  readonly stage?: Meeting['stage']
  readonly plan: AgendaPlan | undefined
  readonly past: readonly PastAgenda[]
}): { readonly items: readonly PlannedItem[]; readonly areas: readonly string[] } {
  const { items } = agendaForMeeting({ minutes, ...(stage ? { stage } : {}) })
  const areaItems = items.filter(isArea)
  const carried = new Set(carriedOver(past))
  const untouched = new Set(untouchedAreas(past))
  const reasonsOf = ({ id, suggested }: AgendaItem): readonly AreaReason[] => [
    ...(carried.has(id) ? ['carried-over' as const] : []),
    ...(suggested ? ['stage' as const] : []),
    ...(untouched.has(id) ? ['untouched' as const] : []),
  ]
  const proposed = (['carried-over', 'stage', 'untouched'] as const).flatMap((reason) =>
    areaItems.filter((item) => reasonsOf(item).includes(reason)).map(({ id }) => id),
  )
  // Areas that a later version of the checklist has no more are left out.
  const areas = (plan?.areas ?? [...new Set(proposed)].slice(0, AREAS_MAX)).filter((id) =>
    areaItems.some((item) => item.id === id),
  )
  const fixed = items.reduce((sum, item) => sum + (item.minutes ?? 0), 0)
  const shares = shareMinutes(minutes - fixed, areas.length)
  const planned = (item: AgendaItem): PlannedItem => {
    const index = areas.indexOf(item.id)
    const share = shares[index]
    return {
      ...item,
      ...(index < 0 ? {} : { rank: index + 1 }),
      ...(share === undefined ? {} : { minutes: share }),
      reasons: isArea(item) ? reasonsOf(item) : [],
    }
  }
  const all = items.map(planned)
  const isChosen = ({ rank }: PlannedItem) => rank !== undefined
  return {
    areas,
    items: [
      ...all.filter(({ part }) => part === 'opening'),
      ...all.filter(isChosen).toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0)),
      ...all.filter((item) => isArea(item) && !isChosen(item)),
      ...all.filter(({ part }) => part === 'closing'),
    ],
  }
}

export const isArea = ({ part }: Pick<AgendaItem, 'part'>): boolean => part === 'review' || part === 'ahead'

/** Whole minutes, the first share taking what is left over; none where a share would be less than one. */
function shareMinutes(minutes: number, count: number): readonly number[] {
  const share = count === 0 ? 0 : Math.floor(minutes / count)
  if (share < 1) return []
  return Array.from({ length: count }, (_, index) => (index === 0 ? minutes - share * (count - 1) : share))
}

const touchedIn = ({ entries }: PastAgenda, area: string) => entries.some(({ itemId, done }) => itemId === area && done)

/** What was put first last time and not reached. */
function carriedOver(past: readonly PastAgenda[]): readonly string[] {
  const last = past.at(-1)
  return last?.plan?.areas.filter((area) => !touchedIn(last, area)) ?? []
}

function untouchedAreas(past: readonly PastAgenda[]): readonly string[] {
  const recent = past.slice(-UNTOUCHED_MEETINGS)
  if (recent.length < UNTOUCHED_MEETINGS) return []
  return agendaForMeeting({ minutes: 60 })
    .items.filter((item) => isArea(item) && !item.optional && !recent.some((one) => touchedIn(one, item.id)))
    .map(({ id }) => id)
}

/** Own items of earlier meetings that were not reached and have not been looked at since, oldest first. */
export function carriedItems(past: readonly PastAgenda[], own: readonly AgendaEntry[]): readonly AgendaEntry[] {
  const latest = new Map<string, AgendaEntry>()
  for (const { entries } of past) {
    for (const entry of entries) if (entry.title !== undefined) latest.set(entry.itemId, entry)
  }
  return [...latest.values()].filter(({ itemId, done }) => !done && !own.some((entry) => entry.itemId === itemId))
}

/** The pair's earlier meetings whose time has come and that were not called off, oldest first, in whichever series. */
export function meetingsBefore(
  all: readonly MentoringSeries[],
  meeting: Pick<Meeting, 'startsAt'>,
  now: Temporal.Instant,
): readonly Meeting[] {
  return all
    .flatMap(({ meetings }) => meetings)
    .filter(
      (one) => !one.cancelled && hasBegun(one, now) && Temporal.Instant.compare(one.startsAt, meeting.startsAt) < 0,
    )
    .toSorted((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
}

/** Open goals that nobody changed for two months, or whose date is over. @param today calendar date */
export function staleGoals(goals: readonly Goal[], now: Temporal.Instant, today: string): readonly Goal[] {
  const limit = now.subtract({ hours: 24 * STALE_DAYS })
  return goals.filter(
    ({ state, updatedAt, dueDate }) =>
      state === 'open' &&
      (Temporal.Instant.compare(updatedAt, limit) <= 0 || (dueDate !== undefined && dueDate < today)),
  )
}

/** @throws DomainError `agenda-item-not-found` for what is no area, or not two to four different ones */
export function assertAreas(areas: readonly string[]): void {
  const known = agendaForMeeting({ minutes: 60 }).items.filter(isArea)
  const faults = areas.flatMap((area, index) =>
    known.some(({ id }) => id === area) && areas.indexOf(area) === index
      ? []
      : [{ path: `areas[${index}]`, message: 'is no area of the checklist, or named twice' }],
  )
  if (faults.length === 0 && areas.length >= AREAS_MIN && areas.length <= AREAS_MAX) return
  throw new DomainError('agenda-item-not-found', 'Choose two to four areas of the checklist.', faults)
}
