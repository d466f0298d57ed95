import { Temporal } from 'temporal-polyfill'
import type { MeetingId, RelationshipId } from './ids.ts'
import type { Achievement } from './record.ts'
import type { MentoringRole } from './relationship.ts'
import type { Meeting, MentoringSeries } from './series.ts'
import type { Goal, Homework } from './work.ts'

/** What the mentee shares before a meeting, under the meeting's own id; text belongs to the pair alone. */
export type Brief = {
  readonly id: MeetingId
  readonly relationshipId: RelationshipId
  readonly done: string
  readonly wentWell: string
  readonly wentNot: string
  readonly barriers: string
  /** What matters most first. */
  readonly questions: readonly string[]
  /** Since when the mentor sees it, RFC 3339; absent while it is a draft. */
  readonly sharedAt?: string
  readonly createdAt: string
  readonly updatedAt: string
}

/** Somebody's own note on a meeting. Nobody else is ever shown it. */
export type PrivateNote = {
  /** `${meetingId}|${role}` */
  readonly id: string
  readonly relationshipId: RelationshipId
  readonly text: string
  readonly createdAt: string
  readonly updatedAt: string
}

/** Days before a meeting at which its brief is due. */
const LEAD_DAYS = 3
/** First and committee meetings need more reading. */
const LONG_LEAD_DAYS = 14
/** Whoever books late still has a day to write. */
const HOURS_AFTER_BOOKING = 24

/** When a meeting's brief is due: three days before it, fourteen before a first or committee meeting. */
export function briefDueAt(
  meeting: Pick<Meeting, 'startsAt' | 'stage'>,
  { isFirst, bookedAt }: { readonly isFirst: boolean; readonly bookedAt: string },
): Temporal.Instant {
  const startsAt = Temporal.Instant.from(meeting.startsAt)
  const isCommittee = meeting.stage?.planId.startsWith('committee-') ?? false
  const days = isFirst || isCommittee ? LONG_LEAD_DAYS : LEAD_DAYS
  const usual = startsAt.subtract({ hours: 24 * days })
  const atTheEarliest = Temporal.Instant.from(bookedAt).add({ hours: HOURS_AFTER_BOOKING })
  const due = Temporal.Instant.compare(usual, atTheEarliest) < 0 ? atTheEarliest : usual
  return Temporal.Instant.compare(due, startsAt) < 0 ? due : startsAt
}

/** A pair's meetings that were not called off, in time, each with when its brief is due. */
export function briefsDue(
  all: readonly MentoringSeries[],
): readonly { readonly series: MentoringSeries; readonly meeting: Meeting; readonly dueAt: Temporal.Instant }[] {
  return all
    .flatMap((series) => series.meetings.map((meeting) => ({ series, meeting })))
    .filter(({ meeting }) => !meeting.cancelled)
    .toSorted((a, b) => Temporal.Instant.compare(a.meeting.startsAt, b.meeting.startsAt))
    .map(({ series, meeting }, index) => ({
      series,
      meeting,
      dueAt: briefDueAt(meeting, { isFirst: index === 0, bookedAt: series.createdAt }),
    }))
}

/** How many briefs were shared on time, of those that were due. */
export function prepRate(
  due: readonly { readonly meeting: Pick<Meeting, 'id'>; readonly dueAt: Temporal.Instant }[],
  briefs: readonly Pick<Brief, 'id' | 'sharedAt'>[],
  now: Temporal.Instant,
): { readonly onTime: number; readonly due: number } {
  const over = due.filter(({ dueAt }) => Temporal.Instant.compare(dueAt, now) <= 0)
  const onTime = over.filter(({ meeting, dueAt }) => {
    const sharedAt = briefs.find(({ id }) => id === meeting.id)?.sharedAt
    return sharedAt !== undefined && Temporal.Instant.compare(sharedAt, dueAt) <= 0
  })
  return { onTime: onTime.length, due: over.length }
}

/** What the mentee need not type: what was achieved and done since the last meeting, and what stands in the way of open goals. */
export function draftBrief({
  goals,
  homework,
  achievements,
  since,
  names,
}: {
  readonly goals: readonly Goal[]
  readonly homework: readonly Homework[]
  readonly achievements: readonly Achievement[]
  /** Start of the last meeting; without one, everything counts. */
  readonly since: string | undefined
  readonly names: Readonly<Record<MentoringRole, string>>
}): Pick<Brief, 'done' | 'barriers'> {
  const isNew = ({ updatedAt }: Pick<Goal, 'updatedAt'>) =>
    since === undefined || Temporal.Instant.compare(updatedAt, since) >= 0
  const achieved = achievements
    .filter(({ date }) => since === undefined || date >= since.slice(0, 10))
    .map(({ title }) => title)
  const reached = goals.filter((goal) => goal.state === 'reached' && isNew(goal)).map(({ title }) => title)
  const done = homework
    .filter((task) => task.done && isNew(task))
    .map(({ title, owner }) => (owner === 'mentee' ? title : `${title} (${names.mentor})`))
  const barriers = goals.flatMap(({ title, state, barriers: text }) =>
    state === 'open' && text !== undefined ? [`${title}: ${text}`] : [],
  )
  return { done: fitLines([...new Set([...achieved, ...reached, ...done])]), barriers: fitLines(barriers) }
}

/** So that a brief is one page. */
export const BRIEF_TEXT_MAX = 800

/** As many whole lines as a section of the brief takes. */
function fitLines(lines: readonly string[]): string {
  let text = ''
  for (const line of lines) {
    const longer = text === '' ? line : `${text}\n${line}`
    if (longer.length > BRIEF_TEXT_MAX) break
    text = longer
  }
  return text
}
