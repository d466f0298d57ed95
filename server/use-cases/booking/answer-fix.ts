import { DomainError } from '../../../shared/domain/errors.ts'
import { asId, type PersonId } from '../../../shared/domain/ids.ts'
import { answerFix, type FixChoice, tendFixes, withdrawOption } from '../../../shared/domain/meeting-fix.ts'
import type { Meeting, MentoringSeries } from '../../../shared/domain/series.ts'
import { mayBook } from '../../policies.ts'
import { decideOnMeeting, type MeetingPlace } from '../meeting/find-meeting.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { loadMeetingProgram } from './load-meeting-program.ts'
import type { PairProgramDeps } from './load-pair-program.ts'
import { assertFree, type StoreMoveDeps, storeMove } from './store-move.ts'

/**
 * Notes what somebody, or an assistant for them, answers to a question about a meeting. When both have accepted the same
 * time, the move there is decided and stored as one write with the last answer; a time that was taken meanwhile is
 * offered no more. Repeating an answer changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `series-not-found`, `meeting-not-found`,
 * `question-closed`, `slot-not-offered`, `slot-not-free`, `not-in-this-state`, `edited-meanwhile`
 */
export async function answerMeetingFix(
  deps: RelationshipDeps & PairProgramDeps & StoreMoveDeps,
  { fixId, choice, ...place }: MeetingPlace & { readonly fixId: string; readonly choice: FixChoice },
): Promise<MentoringSeries> {
  const { actor, relationshipId, meetingId } = place
  const { relationship, ownRoles } = await loadRelationship(deps, actor, relationshipId, mayBook)
  return decideOnMeeting(deps, place, async ({ series: stored, rev }) => {
    const now = deps.clock.now()
    const series = tendFixes(stored, now)
    const meeting = meetingIn(series, meetingId)
    const by = asId<PersonId>(actor.personId)
    const { series: noted, agreedOn } = answerFix(series, meeting, { fixId, choice, roles: ownRoles, by, now })
    if (noted === series) return series
    if (agreedOn === undefined) return (await deps.series.save(noted, rev)) ? noted : undefined
    try {
      assertFree(await loadMeetingProgram(deps, { actor, relationship, series, meeting }), agreedOn, now)
      return await storeMove(deps, { series: noted, rev, meeting: meetingIn(noted, meetingId), startsAt: agreedOn })
    } catch (error) {
      if (!(error instanceof DomainError) || !TAKEN.has(error.code)) throw error
      await deps.series.save(withdrawOption(series, meeting, agreedOn, now), rev)
      throw error
    }
  })
}

const TAKEN: ReadonlySet<DomainError['code']> = new Set(['slot-not-free', 'slot-outside-window', 'slot-in-the-past'])

function meetingIn({ meetings }: MentoringSeries, meetingId: string): Meeting {
  const meeting = meetings.find(({ id }) => id === meetingId)
  if (!meeting) throw new Error('A meeting left its series.')
  return meeting
}
