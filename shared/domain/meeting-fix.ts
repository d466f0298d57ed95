import { Temporal } from 'temporal-polyfill'
import type { InstantText, Reason } from '../scheduling/types.ts'
import { DomainError } from './errors.ts'
import type { PersonId } from './ids.ts'
import { placed, withMeeting } from './meeting-change.ts'
import type { MentoringRole } from './relationship.ts'
import type { Meeting, MentoringSeries, Placed } from './series.ts'

/** What the two are asked about one meeting, and their answers. Nothing moves without them. */
export type MeetingFix = {
  readonly id: string
  /** roster: its time was found to lie on clinic or other duty · person: a time that both have to agree to. */
  readonly cause: 'roster' | 'person'
  /**
   * asking: times are proposed · ask-people: nothing is proposed any more, the two decide themselves · agreed: both said
   * yes, and it is being moved · the rest is how it ended: overtaken by a change somebody made, resolved because its time
   * is free again, lapsed because nobody answered before it.
   */
  readonly state: 'asking' | 'ask-people' | 'agreed' | 'moved' | 'kept' | 'overtaken' | 'resolved' | 'lapsed'
  /** Why nothing is proposed. */
  readonly why?: 'no-time' | 'asked-twice' | 'inside-24-hours' | 'declined' | 'expired'
  /** Start of the meeting that it is about, RFC 3339. */
  readonly startsAt: string
  readonly brokenBy: readonly Reason[]
  /** Best first. */
  readonly options: readonly FixOption[]
  /** The clock ended the search for options: better ones may exist. Left out where nothing was searched. */
  readonly isCutShort?: boolean
  readonly answers: Partial<Readonly<Record<MentoringRole, FixAnswer>>>
  readonly askedAt: string
  /** When the question ends without an answer. */
  readonly expiresAt: string
}
export type FixOption = Placed & { readonly reasons: readonly Reason[] }
/** Who answered for a role: the person, or an assistant of theirs. */
type FixAnswer = FixChoice & { readonly by: PersonId; readonly at: string }
export type FixChoice =
  | { readonly choice: 'accept'; readonly startsAt: InstantText }
  | { readonly choice: 'keep' }
  | { readonly choice: 'none-of-these' }

/** Nothing is moved nearer than this unless both agree. */
export const NOTICE_HOURS = 24

export const isOpen = ({ state }: Pick<MeetingFix, 'state'>): boolean => state === 'asking' || state === 'ask-people'

/** Whether a meeting may be moved only when both agree: it, or its new time, is near. */
export function needsBoth(
  meeting: Pick<Meeting, 'startsAt' | 'dateless' | 'cancelled'>,
  startsAt: string,
  now: Temporal.Instant,
): boolean {
  const isNear = (instant: string) => Temporal.Instant.compare(instant, now.add({ hours: NOTICE_HOURS })) < 0
  const hasDate = !meeting.dateless && !meeting.cancelled
  return isNear(startsAt) || (hasDate && isNear(meeting.startsAt))
}

/** One of the two asks for a time that both have to agree to; their own answer is given with it. */
export function askForTime(
  series: MentoringSeries,
  meeting: Meeting,
  request: {
    readonly startsAt: InstantText
    readonly roles: readonly MentoringRole[]
    readonly by: PersonId
    readonly id: string
    readonly now: Temporal.Instant
  },
): MentoringSeries {
  const { startsAt, roles, by, id, now } = request
  const to = placed(startsAt, series.minutes)
  const hasDate = !meeting.dateless && !meeting.cancelled
  const asking: MeetingFix = {
    id,
    cause: 'person',
    state: 'asking',
    startsAt: meeting.startsAt,
    brokenBy: [],
    options: [{ ...to, reasons: [] }],
    answers: answersOf(roles, { choice: 'accept', startsAt: to.startsAt, by, at: now.toString() }),
    askedAt: now.toString(),
    expiresAt: hasDate
      ? earlier(Temporal.Instant.from(meeting.startsAt), Temporal.Instant.from(to.startsAt)).toString()
      : to.startsAt,
  }
  return withFix(series, meeting, asking, now)
}

/**
 * Notes an answer. A time is agreed when the last answers of both name the same one; one "keep" is enough to keep.
 * Repeating an answer changes nothing.
 * @param roles those that the person answers for
 * @returns `agreedOn` when the meeting is now to be moved there
 * @throws DomainError `question-closed`, `slot-not-offered`
 */
export function answerFix(
  series: MentoringSeries,
  meeting: Meeting,
  answer: {
    readonly fixId: string
    readonly choice: FixChoice
    readonly roles: readonly MentoringRole[]
    readonly by: PersonId
    readonly now: Temporal.Instant
  },
): { readonly series: MentoringSeries; readonly agreedOn?: string } {
  const { fixId, choice, roles, by, now } = answer
  const { fix } = meeting
  if (!fix || fix.id !== fixId) throw new DomainError('question-closed', 'This is not asked any more.')
  if (roles.every((role) => isSameChoice(fix.answers[role], choice))) return { series }
  if (!isOpen(fix)) throw new DomainError('question-closed', 'This is not asked any more.')
  const answers = { ...fix.answers, ...answersOf(roles, { ...choice, by, at: now.toString() }) }
  const noted: MeetingFix = { ...fix, answers }
  switch (choice.choice) {
    case 'keep':
      return { series: withFix(series, meeting, { ...noted, state: 'kept' }, now) }
    case 'none-of-these':
      // A time that a person asked for is one time: to refuse it is to keep the other.
      if (fix.cause === 'person') return { series: withFix(series, meeting, { ...noted, state: 'kept' }, now) }
      return { series: withFix(series, meeting, peopleDecide(noted, meeting, 'declined'), now) }
    case 'accept': {
      const isOffered = fix.options.some(({ startsAt }) => Temporal.Instant.compare(startsAt, choice.startsAt) === 0)
      if (fix.state !== 'asking' || !isOffered)
        throw new DomainError('slot-not-offered', 'This time is not offered any more.')
      const { mentee, mentor } = answers
      if (mentee && mentor && isSameChoice(mentee, mentor))
        return { series: withFix(series, meeting, { ...noted, state: 'agreed' }, now), agreedOn: choice.startsAt }
      return { series: withFix(series, meeting, noted, now) }
    }
  }
}

/** A time that turned out to be taken is offered no more, and answers that named it count no more. */
export function withdrawOption(
  series: MentoringSeries,
  meeting: Meeting,
  startsAt: string,
  now: Temporal.Instant,
): MentoringSeries {
  const { fix } = meeting
  if (!fix || !isOpen(fix)) return series
  const isIt = (other: string) => Temporal.Instant.compare(other, startsAt) === 0
  const options = fix.options.filter((option) => !isIt(option.startsAt))
  const answers = Object.fromEntries(
    Object.entries(fix.answers).filter(([, answer]) => answer.choice !== 'accept' || !isIt(answer.startsAt)),
  )
  const left: MeetingFix = { ...fix, options, answers }
  if (options.length > 0) return withFix(series, meeting, left, now)
  if (fix.cause === 'person') return withFix(series, meeting, { ...left, state: 'lapsed' }, now)
  return withFix(series, meeting, peopleDecide(left, meeting, 'no-time'), now)
}

/** The questions of a series as they stand now: what time, a change by hand or a newer roster ended has ended. */
export function tendFixes(series: MentoringSeries, now: Temporal.Instant): MentoringSeries {
  return series.meetings.reduce((tended, meeting) => {
    const { fix } = meeting
    const next = fix && isOpen(fix) ? tendFix(fix, meeting, now) : fix
    return next && next !== fix ? withFix(tended, meeting, next, now) : tended
  }, series)
}

function tendFix(fix: MeetingFix, meeting: Meeting, now: Temporal.Instant): MeetingFix {
  const isStill = Temporal.Instant.compare(fix.startsAt, meeting.startsAt) === 0
  if (!isStill || meeting.change || meeting.cancelled || (meeting.dateless && fix.cause === 'roster'))
    return { ...fix, state: 'overtaken' }
  if (Temporal.Instant.compare(fix.expiresAt, now) > 0) return fix
  if (fix.cause === 'person' || fix.state === 'ask-people') return { ...fix, state: 'lapsed' }
  return Temporal.Instant.compare(meeting.startsAt, now) > 0
    ? peopleDecide(fix, meeting, 'expired')
    : { ...fix, state: 'lapsed' }
}

/** When the questions of a series have to be looked at next, RFC 3339; undefined while nothing is asked. */
export function tendAt({ meetings }: MentoringSeries): string | undefined {
  const ends = meetings.flatMap(({ fix }) => (fix && isOpen(fix) ? [Temporal.Instant.from(fix.expiresAt)] : []))
  return ends.toSorted(Temporal.Instant.compare)[0]?.toString()
}

const peopleDecide = (fix: MeetingFix, { startsAt }: Meeting, why: NonNullable<MeetingFix['why']>): MeetingFix => ({
  ...fix,
  state: 'ask-people',
  why,
  options: [],
  expiresAt: startsAt,
})

export const withFix = (
  series: MentoringSeries,
  meeting: Meeting,
  fix: MeetingFix,
  now: Temporal.Instant,
): MentoringSeries => withMeeting(series, { ...meeting, fix }, now.toString())

const isSameChoice = (one: FixChoice | undefined, other: FixChoice): boolean => {
  if (one?.choice !== other.choice) return false
  return (
    one.choice !== 'accept' || other.choice !== 'accept' || Temporal.Instant.compare(one.startsAt, other.startsAt) === 0
  )
}

const answersOf = (roles: readonly MentoringRole[], answer: FixAnswer): MeetingFix['answers'] =>
  Object.fromEntries(roles.map((role) => [role, answer]))

export const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (Temporal.Instant.compare(a, b) <= 0 ? a : b)
