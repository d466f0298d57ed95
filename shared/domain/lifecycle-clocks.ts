import { Temporal } from 'temporal-polyfill'
import type { LifecycleEvent, Moment, QuietReason, ReviewCause } from './lifecycle.ts'
import type { PairFacts } from './pair-facts.ts'
import type { Relationship } from './relationship.ts'

/** Days and counts of every clock; a programme may set its own (programme-clocks.ts). */
export type LifecycleClocks = {
  readonly firstContactDays: number
  readonly firstMeetingDays: number
  readonly agreementDays: number
  /** Nothing booked for so long is quiet. */
  readonly quietDays: number
  readonly unansweredContactsMax: number
  readonly missedWindowsMax: number
  /** After which a pair's assistant is asked too, counted from the day on which it went quiet and the mentee was asked. */
  readonly assistantDays: number
  /** After which the coordinator offers help, counted from the same day. */
  readonly coordinatorDays: number
  /** An unanswered review is closed after this long; a term that is over leads to the ending. */
  readonly reviewDays: number
  /** How long before its end a term is talked of. */
  readonly termNoticeDays: number
}

export const DEFAULT_CLOCKS: LifecycleClocks = {
  firstContactDays: 14,
  firstMeetingDays: 42,
  agreementDays: 30,
  quietDays: 30,
  unansweredContactsMax: 2,
  missedWindowsMax: 2,
  assistantDays: 7,
  coordinatorDays: 14,
  reviewDays: 30,
  termNoticeDays: 30,
}

const REVIEWS: readonly { readonly cause: ReviewCause; readonly months: number }[] = [
  { cause: 'month-12', months: 12 },
  { cause: 'month-6', months: 6 },
]

export const datePlus = (date: string, duration: Temporal.DurationLike): string =>
  Temporal.PlainDate.from(date).add(duration).toString()
/** Calendar date of an instant, as near as a count of days needs it. */
export const dateOf = (instant: string): string => instant.slice(0, 10)

/** What time alone brings about now; `undefined` when nothing. Asked again after each event, it ends. */
export function dueEvent(
  relationship: Relationship,
  facts: PairFacts,
  at: Moment,
  clocks: LifecycleClocks = DEFAULT_CLOCKS,
): LifecycleEvent | undefined {
  const { state, course } = relationship
  const isOverSince = (date: string | undefined, days: number) =>
    date !== undefined && at.today >= datePlus(date, { days })
  switch (state) {
    case 'paused':
      return isOverSince(course.pause?.resumeDate, 0) ? { kind: 'resumed' } : undefined
    case 'reviewing':
      if (isOverSince(course.termEndsOn, clocks.reviewDays)) return { kind: 'transition-started' }
      return isOverSince(dateOf(stateSince(relationship)), clocks.reviewDays) ? { kind: 'review-withdrawn' } : undefined
    case 'assigned':
    case 'forming':
    case 'active': {
      if (isOverSince(course.termEndsOn, clocks.reviewDays)) return { kind: 'transition-started' }
      const cause = state === 'active' ? dueReview(relationship, at) : undefined
      if (cause) return { kind: 'review-started', cause }
      const reason = quietReason(relationship, facts, at, clocks)
      return reason && { kind: 'went-quiet', reason }
    }
    case 'stalled':
      return isOverSince(course.termEndsOn, clocks.reviewDays) ? { kind: 'transition-started' } : undefined
    default:
      return undefined
  }
}

export const stateSince = ({ course, createdAt }: Relationship): string => course.stateSince ?? createdAt

function dueReview({ course: { termStartsOn, termEndsOn, reviewed = [] } }: Relationship, at: Moment) {
  if (termStartsOn === undefined || termEndsOn === undefined) return undefined
  const due = REVIEWS.find(({ months }) => {
    const date = datePlus(termStartsOn, { months })
    return date <= at.today && date <= termEndsOn
  })
  return due && !reviewed.includes(due.cause) ? due.cause : undefined
}

/** The date of the next review that time brings about, if one is left in this term. */
export function nextReviewOn({
  course: { termStartsOn, termEndsOn, reviewed = [] },
}: Relationship): string | undefined {
  if (termStartsOn === undefined || termEndsOn === undefined) return undefined
  return REVIEWS.filter(({ cause }) => !reviewed.includes(cause))
    .map(({ months }) => datePlus(termStartsOn, { months }))
    .filter((date) => date <= termEndsOn)
    .toSorted()[0]
}

/** Why a pair counts as quiet; nobody is to blame for any of it. An advisor is asked as needed and is never quiet. */
function quietReason(
  relationship: Relationship,
  facts: PairFacts,
  at: Moment,
  clocks: LifecycleClocks,
): QuietReason | undefined {
  const { course, helpAs, createdAt } = relationship
  if (helpAs === 'advisor') return undefined
  if ((course.unansweredOn ?? []).length >= clocks.unansweredContactsMax) return 'contacts-unanswered'
  const since = dateOf(stateSince(relationship))
  const isMissed = (window: PairFacts['windows'][number]) => !window.isKept && !wasPaused(relationship, window)
  const closed = facts.windows.filter(({ to }) => since < to && to <= at.today).slice(-clocks.missedWindowsMax)
  if (closed.length === clocks.missedWindowsMax && closed.every(isMissed)) return 'windows-missed'
  if (facts.nextMeetingAt !== undefined) return undefined
  const lastStir = [
    dateOf(course.assignedAt ?? createdAt),
    since,
    ...(facts.lastMeetingAt === undefined ? [] : [dateOf(facts.lastMeetingAt)]),
  ].toSorted()
  const quietOn = datePlus(lastStir.at(-1) ?? since, { days: clocks.quietDays })
  return quietOn <= at.today ? 'nothing-booked' : undefined
}

const wasPaused = ({ course: { pauses = [] } }: Relationship, { from, to }: { from: string; to: string }): boolean =>
  pauses.some((pause) => pause.from < to && from < pause.to)

/** How far help has come for a quiet pair: 1 the mentee is asked, 2 the assistant as well, 3 the coordinator offers help. */
export function rungOf(
  relationship: Relationship,
  at: Moment,
  clocks: LifecycleClocks = DEFAULT_CLOCKS,
): 0 | 1 | 2 | 3 {
  if (relationship.state !== 'stalled') return 0
  const since = dateOf(stateSince(relationship))
  if (at.today >= datePlus(since, { days: clocks.coordinatorDays })) return 3
  return at.today >= datePlus(since, { days: clocks.assistantDays }) ? 2 : 1
}
