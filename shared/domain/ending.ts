import { Temporal } from 'temporal-polyfill'
import type { RelationshipId } from './ids.ts'
import { isOver } from './lifecycle.ts'
import type { MentoringRole, Relationship } from './relationship.ts'

/** How the two can part, or go on as something else. */
export const ENDING_FORMS = [
  'end',
  'end-project',
  'new-project-or-role',
  'change-of-focus',
  'informal-mentor',
  'peers',
] as const
export type EndingForm = (typeof ENDING_FORMS)[number]

export type EndingStep = 'tell' | 'homework' | 'thanks' | 'learned' | 'next-mentor' | 'export'

/** What one of the two does for it. */
export type EndingPart = {
  /** How they want it; open to the other. */
  readonly wish?: EndingForm
  /** What they have done. */
  readonly steps: readonly EndingStep[]
  /** To the other. */
  readonly thanks?: string
  /** To themselves. */
  readonly learned?: string
  /** To themselves: who could help next. */
  readonly nextMentors?: string
}

/** One transition of a pair, from its beginning until it is settled. Who began it is nobody's business. */
export type Ending = {
  readonly id: string
  readonly relationshipId: RelationshipId
  readonly parts: Readonly<Partial<Record<MentoringRole, EndingPart>>>
  /** RFC 3339. */
  readonly settledAt?: string
  readonly form?: EndingForm
}

export const NO_PART: EndingPart = { steps: [] }

/** Where a form leads. */
export function outcomeOf(form: EndingForm): 'ended' | 'informal' | 'redefined' {
  switch (form) {
    case 'end':
    case 'end-project':
      return 'ended'
    case 'informal-mentor':
    case 'peers':
      return 'informal'
    case 'new-project-or-role':
    case 'change-of-focus':
      return 'redefined'
  }
}

/** How long after their end a programme may keep what its pairs wrote, both included. */
export const RETENTION_MONTHS = { min: 1, max: 240 } as const

/** Whether what a parted pair wrote has been kept for that many months, in UTC. */
export function isExpired(
  { state, course, createdAt }: Pick<Relationship, 'state' | 'course' | 'createdAt'>,
  monthsAfterEnd: number,
  now: Temporal.Instant,
): boolean {
  if (!isOver(state)) return false
  const ended = Temporal.Instant.from(course.stateSince ?? createdAt).toZonedDateTimeISO('UTC')
  return Temporal.Instant.compare(ended.add({ months: monthsAfterEnd }).toInstant(), now) <= 0
}

/** Whether somebody may settle it so: nobody is held back who wants to end, and whatever goes on needs both. */
export function maySettle({ parts }: Ending, form: EndingForm): boolean {
  if (outcomeOf(form) === 'ended') return true
  return parts.mentee?.wish === form && parts.mentor?.wish === form
}
