import { Temporal } from 'temporal-polyfill'
import type { BrokenMeeting } from '../scheduling/replan-types.ts'
import type { InstantText, Reason, ReasonCode } from '../scheduling/types.ts'
import { placed } from './meeting-change.ts'
import { earlier, type FixOption, isOpen, type MeetingFix, NOTICE_HOURS, withFix } from './meeting-fix.ts'
import { type Meeting, type MentoringSeries, meetingState } from './series.ts'

/** A meeting gets no more dates than this proposed without anybody asking; then people are asked. */
export const PROPOSALS_MAX = 2
const ANSWER_DAYS = 7

/**
 * What moves a meeting: duty that cannot be left, and time taken in a calendar. Working hours, limits and what is not
 * known are no reason to disturb people.
 */
const BREAKING: ReadonlySet<ReasonCode> = new Set([
  'clinic',
  'near-clinic',
  'procedure',
  'service',
  'call',
  'post-call',
  'night',
  'teaching',
  'leave',
  'unknown-code',
  'day-off',
  'busy',
])
export const breakingReasons = (reasons: readonly Reason[]): readonly Reason[] =>
  reasons.filter(({ code }) => BREAKING.has(code))

/** The meetings that stand, lie ahead and are not being changed: those that a new roster may break. */
export function meetingsToCheck(series: MentoringSeries, now: Temporal.Instant): readonly Meeting[] {
  return series.meetings.filter((meeting) => {
    const event = series.events.find(({ key }) => key === meeting.eventKey)
    const isAhead = Temporal.Instant.compare(meeting.startsAt, now) > 0
    return isAhead && !meeting.change && meetingState(meeting, event) === 'booked'
  })
}

export type FoundBroken = Pick<BrokenMeeting, 'reasons' | 'state'> & {
  /** New dates, best first, none where it may not be moved. */
  readonly options: readonly { readonly start: InstantText; readonly reasons: readonly Reason[] }[]
  /** The clock ended the search for them. */
  readonly isCutShort: boolean
}

/**
 * What to ask about a meeting whose time does not hold: at most two dates are proposed for it ever, nothing inside 24
 * hours, and what the two decided to keep they are not asked again. An open question stays as it is while one of its
 * dates is still possible.
 * @param isPossible whether a date that was proposed can still be booked
 */
export function askAbout(
  series: MentoringSeries,
  meeting: Meeting,
  found: FoundBroken,
  {
    now,
    id,
    isPossible,
  }: { readonly now: Temporal.Instant; readonly id: string; readonly isPossible: (startsAt: string) => boolean },
): MentoringSeries {
  const { fix, proposed = [] } = meeting
  const isSame = fix !== undefined && Temporal.Instant.compare(fix.startsAt, meeting.startsAt) === 0
  if (isSame && fix.state === 'agreed') return series
  if (isSame && fix.state === 'kept' && isCovered(found.reasons, fix.brokenBy)) return series
  if (isSame && isOpen(fix)) {
    const options = fix.options.filter(({ startsAt }) => isPossible(startsAt))
    const isStillAsked = fix.state === 'ask-people' || fix.cause === 'person' || options.length > 0
    if (isStillAsked) return withFix(series, meeting, { ...fix, options, brokenBy: found.reasons }, now)
  }
  const options = found.options
    .slice(0, Math.max(0, PROPOSALS_MAX - proposed.length))
    .map(({ start, reasons }): FixOption => ({ ...placed(start, series.minutes), reasons }))
  const asked = {
    id,
    cause: 'roster',
    startsAt: meeting.startsAt,
    brokenBy: found.reasons,
    answers: {},
    askedAt: now.toString(),
  } as const
  if (found.state === 'movable' && options.length > 0) {
    const expiresAt = earlier(now.add({ hours: ANSWER_DAYS * 24 }), noticeOf(meeting)).toString()
    const asking: MeetingFix = { ...asked, state: 'asking', options, expiresAt, isCutShort: found.isCutShort }
    const all = [...proposed, ...options.map(({ startsAt }) => startsAt)]
    return withFix(series, { ...meeting, proposed: all }, asking, now)
  }
  const why = found.state !== 'movable' ? found.state : proposed.length >= PROPOSALS_MAX ? 'asked-twice' : 'no-time'
  return withFix(series, meeting, { ...asked, state: 'ask-people', why, options: [], expiresAt: meeting.startsAt }, now)
}

/** A meeting whose time holds again is asked about no more. */
export function resolveFix(series: MentoringSeries, meeting: Meeting, now: Temporal.Instant): MentoringSeries {
  const { fix } = meeting
  return fix && isOpen(fix) && fix.cause === 'roster'
    ? withFix(series, meeting, { ...fix, state: 'resolved' }, now)
    : series
}

/** Whether all of these were known when it was decided to keep the time. */
const isCovered = (reasons: readonly Reason[], known: readonly Reason[]): boolean =>
  reasons.every(({ code, personId }) => known.some((one) => one.code === code && one.personId === personId))

const noticeOf = ({ startsAt }: Meeting) => Temporal.Instant.from(startsAt).subtract({ hours: NOTICE_HOURS })
