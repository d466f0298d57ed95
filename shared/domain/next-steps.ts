import { Temporal } from 'temporal-polyfill'
import type { Moment } from './lifecycle.ts'
import {
  DEFAULT_CLOCKS,
  dateOf,
  datePlus,
  type LifecycleClocks,
  nextReviewOn,
  rungOf,
  stateSince,
} from './lifecycle-clocks.ts'
import type { PairFacts } from './pair-facts.ts'
import type { MentoringRole, Relationship } from './relationship.ts'

export const NEXT_STEP_IDS = [
  'answer-invitation',
  'await-answer',
  'say-hello',
  'book-first-meeting',
  'book-next-meeting',
  'find-a-date',
  'say-you-met',
  'help-find-a-date',
  'offer-help',
  'find-another-mentor',
  'await-another-mentor',
  'go-on',
  'sign-agreement',
  'review',
  'plan-the-end',
  'close',
] as const
/** One thing that would help now, for one viewer; what it says stands in the panes. */
export type NextStep = {
  readonly id: (typeof NEXT_STEP_IDS)[number]
  /** Calendar date by which it is meant to be done. */
  readonly dueOn?: string
}

/**
 * What would help this pair now, as this viewer's to do, most pressing first. Nobody is told what somebody else left
 * undone: the assistant is asked for a date, the coordinator to offer help.
 */
export function nextSteps(
  relationship: Relationship,
  facts: PairFacts,
  viewer: MentoringRole | 'member' | 'assistant' | 'coordinator',
  at: Moment,
  clocks: LifecycleClocks = DEFAULT_CLOCKS,
): readonly NextStep[] {
  const { state, course } = relationship
  const rung = rungOf(relationship, at, clocks)
  if (viewer === 'coordinator') {
    if (state === 'rematch') return [{ id: 'find-another-mentor' }]
    return rung >= 3 ? [{ id: 'offer-help' }] : []
  }
  // Whoever sits on a committee comes to its meetings; the two see to the rest.
  if (viewer === 'member') return []
  if (viewer === 'assistant') return rung >= 2 && !facts.nextMeetingAt ? [{ id: 'help-find-a-date' }] : []
  const steps: (NextStep | undefined)[] = []
  switch (state) {
    case 'invited':
      return [{ id: course.invitedBy === viewer ? 'await-answer' : 'answer-invitation' }]
    case 'assigned': {
      const assignedOn = dateOf(course.assignedAt ?? relationship.createdAt)
      if (!course.firstContactAt) {
        steps.push({ id: 'say-hello', dueOn: datePlus(assignedOn, { days: clocks.firstContactDays }) })
      }
      // Who owns the relationship books; the mentor need not be reminded of it.
      if (viewer === 'mentee') {
        steps.push({ id: 'book-first-meeting', dueOn: datePlus(assignedOn, { days: clocks.firstMeetingDays }) })
      }
      break
    }
    case 'stalled':
      if (viewer === 'mentee' || rung >= 2) steps.push({ id: facts.nextMeetingAt ? 'say-you-met' : 'find-a-date' })
      break
    case 'rematch':
      if (viewer === 'mentee') steps.push({ id: 'await-another-mentor' })
      break
    case 'paused':
      if (course.pause) steps.push({ id: 'go-on', dueOn: course.pause.resumeDate })
      break
    case 'reviewing':
      steps.push({ id: 'review', dueOn: datePlus(dateOf(stateSince(relationship)), { days: clocks.reviewDays }) })
      break
    case 'transition':
      steps.push({ id: 'close' })
      break
    case 'active':
      if (viewer === 'mentee' && !facts.nextMeetingAt && relationship.helpAs !== 'advisor') {
        steps.push({ id: 'book-next-meeting' })
      }
      if (course.termEndsOn && at.today >= datePlus(course.termEndsOn, { days: -clocks.termNoticeDays })) {
        steps.push({ id: 'plan-the-end', dueOn: course.termEndsOn })
      }
      break
  }
  return [...steps.filter((step) => step !== undefined), ...agreementStep(relationship, clocks)]
}

function agreementStep(relationship: Relationship, clocks: LifecycleClocks): readonly NextStep[] {
  const dueOn = agreementDueOn(relationship, clocks)
  return relationship.state === 'active' && dueOn ? [{ id: 'sign-agreement', dueOn }] : []
}

/** A draft from before the first meeting has as long as one that was begun on that day. */
function agreementDueOn({ course: { agreement, firstHeldAt } }: Relationship, clocks: LifecycleClocks) {
  if (!agreement?.openedAt || !firstHeldAt) return undefined
  const from = [agreement.openedAt, firstHeldAt].toSorted(Temporal.Instant.compare).at(-1) ?? firstHeldAt
  return datePlus(dateOf(from), { days: clocks.agreementDays })
}

/** A date on the pair's calendar of itself. */
export type CourseDate = {
  readonly id: 'first-contact' | 'first-meeting' | 'agreement' | 'resume' | 'review' | 'term-end'
  readonly on: string
}

/** The dates that are coming up for the pair by its clocks, soonest first; facts of logistics alone. */
export function courseDates(
  relationship: Relationship,
  clocks: LifecycleClocks = DEFAULT_CLOCKS,
): readonly CourseDate[] {
  const { state, course, createdAt } = relationship
  const assignedOn = dateOf(course.assignedAt ?? createdAt)
  const isBeginning = state === 'assigned' || state === 'forming'
  const dates: CourseDate[] = []
  if (isBeginning && !course.firstContactAt) {
    dates.push({ id: 'first-contact', on: datePlus(assignedOn, { days: clocks.firstContactDays }) })
  }
  if (isBeginning) dates.push({ id: 'first-meeting', on: datePlus(assignedOn, { days: clocks.firstMeetingDays }) })
  if (course.pause) dates.push({ id: 'resume', on: course.pause.resumeDate })
  if (state === 'active' || state === 'paused' || state === 'stalled') {
    const agreementOn = agreementDueOn(relationship, clocks)
    if (agreementOn) dates.push({ id: 'agreement', on: agreementOn })
    const review = nextReviewOn(relationship)
    if (review) dates.push({ id: 'review', on: review })
    if (course.termEndsOn) dates.push({ id: 'term-end', on: course.termEndsOn })
  }
  return dates.toSorted((a, b) => a.on.localeCompare(b.on))
}
