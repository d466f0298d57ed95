import { findMeetingPlan } from '../templates/meeting-plans.ts'
import { isCommittee } from './committee.ts'
import { isOver } from './lifecycle.ts'
import type { Relationship } from './relationship.ts'

/** Mentees a mentor takes on when nobody said otherwise. */
const DEFAULT_CAPACITY = 6

/** What a mentor carries: those they have, those they take at most, and the hours a year that the yearly plan asks for each. */
export type MentorLoad = { readonly mentees: number; readonly capacity: number; readonly hoursPerMentee: number }

/** A question that was not answered, a pair whose mentor opted out, or a committee, which meets twice a year, is no mentee. */
export function mentorLoad(
  mentorId: string,
  relationships: readonly Pick<Relationship, 'mentorId' | 'menteeId' | 'memberIds' | 'state'>[],
  capacity = DEFAULT_CAPACITY,
): MentorLoad {
  const carried = relationships.filter(
    (pair) =>
      pair.mentorId === mentorId &&
      !isCommittee(pair) &&
      !isOver(pair.state) &&
      pair.state !== 'invited' &&
      pair.state !== 'rematch',
  )
  return {
    mentees: new Set(carried.map(({ menteeId }) => menteeId)).size,
    capacity,
    hoursPerMentee: YEARLY_MINUTES / 60,
  }
}

const YEARLY_MINUTES = (findMeetingPlan('plan.year1')?.meetings ?? []).reduce((sum, { minutes }) => sum + minutes, 0)
