import { Temporal } from 'temporal-polyfill'
import type { RelationshipId } from './ids.ts'
import type { Goal } from './work.ts'

/** What the mentor thinks of it. */
export type MentorAnswer = {
  readonly choice: 'accept' | 'decline' | 'discuss'
  readonly note?: string
  /** The mentor's consent to be mentioned in what the mentee writes back. */
  readonly mayMentionMentor: boolean
}

/** Something that somebody asks of the mentee: a talk, a review, a committee. The pair decides; the app tells nobody. */
export type OpportunityRequest = {
  readonly id: string
  readonly relationshipId: RelationshipId
  readonly title: string
  /** Who asks. */
  readonly askedBy?: string
  /** Working hours it takes, altogether or each month. */
  readonly hours: number
  readonly rhythm: 'once' | 'monthly'
  /** Calendar date by which it is over. */
  readonly deadline?: string
  /** What the mentee would gain. */
  readonly benefit?: string
  /** Goals it serves, as the mentee sees it. */
  readonly goalIds: readonly string[]
  readonly decision: 'open' | 'accepted' | 'declined' | 'done'
  readonly answer?: MentorAnswer
  readonly createdAt: string
  readonly updatedAt: string
}

/** What the mentee can give to such things. */
export type HoursBudget = {
  readonly id: string
  readonly relationshipId: RelationshipId
  readonly hoursPerMonth: number
  readonly createdAt: string
  readonly updatedAt: string
}

type Asked = Pick<OpportunityRequest, 'title' | 'askedBy' | 'hours' | 'rhythm' | 'deadline'>

/**
 * The answer that still holds after an edit. Advice, and the consent to be named with it, is given on what was asked;
 * when that changes, the mentor is asked again.
 */
export function answerAfterEdit(stored: OpportunityRequest | undefined, edited: Asked): MentorAnswer | undefined {
  if (!stored) return undefined
  const isSameAsk = (['title', 'askedBy', 'hours', 'rhythm', 'deadline'] as const).every(
    (key) => stored[key] === edited[key],
  )
  return isSameAsk ? stored.answer : undefined
}

type Load = Pick<OpportunityRequest, 'hours' | 'rhythm' | 'deadline'>
const DAYS_PER_MONTH = 365.25 / 12

/**
 * Hours a month that something takes from `today` (calendar date) on. What is done once is spread over the time until
 * its deadline, at least a month; without a deadline it counts in full.
 */
export function monthlyHours({ hours, rhythm, deadline }: Load, today: string): number {
  if (rhythm === 'monthly' || deadline === undefined) return hours
  const days = Temporal.PlainDate.from(today).until(deadline, { largestUnit: 'days' }).days
  return hours / Math.max(1, days / DAYS_PER_MONTH)
}

export type RequestFit = {
  /** Of the request itself. */
  readonly hoursPerMonth: number
  /** What the budget leaves beside everything accepted; nothing without a budget. Below zero: too much already. */
  readonly hoursLeft?: number
  /** Open goals that it serves. */
  readonly goalsServed: number
  readonly verdict: 'fits' | 'serves-no-goal' | 'over-budget' | 'neither' | 'no-budget'
}

type Weighed = Load & Pick<OpportunityRequest, 'id' | 'goalIds' | 'decision'>

/** Holds a request against the mentee's open goals and hours. @param today calendar date */
export function fitOf(
  request: Weighed,
  {
    others,
    goals,
    hoursPerMonth,
    today,
  }: {
    readonly others: readonly Weighed[]
    readonly goals: readonly Pick<Goal, 'id' | 'state'>[]
    /** The budget. */
    readonly hoursPerMonth: number | undefined
    readonly today: string
  },
): RequestFit {
  const goalsServed = goals.filter(({ id, state }) => state === 'open' && request.goalIds.includes(id)).length
  const own = monthlyHours(request, today)
  if (hoursPerMonth === undefined) return { hoursPerMonth: own, goalsServed, verdict: 'no-budget' }
  const taken = others
    .filter(({ id, decision }) => id !== request.id && decision === 'accepted')
    .filter(({ deadline }) => deadline === undefined || deadline >= today)
    .reduce((sum, other) => sum + monthlyHours(other, today), 0)
  const hoursLeft = hoursPerMonth - taken
  return { hoursPerMonth: own, hoursLeft, goalsServed, verdict: verdictOf(own <= hoursLeft, goalsServed > 0) }
}

function verdictOf(hasTime: boolean, servesGoal: boolean): RequestFit['verdict'] {
  if (hasTime) return servesGoal ? 'fits' : 'serves-no-goal'
  return servesGoal ? 'over-budget' : 'neither'
}
