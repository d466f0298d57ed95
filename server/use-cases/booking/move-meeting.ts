import { Temporal } from 'temporal-polyfill'
import { asId, type PersonId } from '../../../shared/domain/ids.ts'
import { assertChangeable } from '../../../shared/domain/meeting-change.ts'
import { askForTime, isOpen, needsBoth } from '../../../shared/domain/meeting-fix.ts'
import { type Meeting, type MentoringSeries, meetingState } from '../../../shared/domain/series.ts'
import { deriveUuid } from '../../derive-ids.ts'
import { mayBook } from '../../policies.ts'
import { decideOnMeeting, type MeetingPlace } from '../meeting/find-meeting.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { loadMeetingProgram } from './load-meeting-program.ts'
import type { PairProgramDeps } from './load-pair-program.ts'
import { assertFree, type StoreMoveDeps, storeMove } from './store-move.ts'

export type MoveMeetingDeps = RelationshipDeps & PairProgramDeps & StoreMoveDeps

/**
 * Gives a meeting another time, or one to a meeting that has none: decides it, claims the new time and stores both with
 * what will be sent; nothing has been sent when it returns. Within 24 hours of either time the other person is asked
 * first. Repeating it changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `series-not-found`, `meeting-not-found`,
 * `meeting-not-changeable`, `slot-in-the-past`, `slot-outside-window`, `slot-not-free`, `availability-unknown`,
 * `not-in-this-state`, `edited-meanwhile`
 */
export async function moveMeeting(
  deps: MoveMeetingDeps,
  { startsAt, ...place }: MeetingPlace & { readonly startsAt: string },
): Promise<MentoringSeries> {
  const { actor, relationshipId } = place
  const { relationship, ownRoles } = await loadRelationship(deps, actor, relationshipId, mayBook)
  return decideOnMeeting(deps, place, async ({ series, rev, meeting }) => {
    const now = deps.clock.now()
    if (isAsked(series, meeting, startsAt)) return series
    assertChangeable(series, meeting, now)
    const loaded = await loadMeetingProgram(deps, { actor, relationship, series, meeting })
    assertFree(loaded, startsAt, now)
    if (needsBoth(meeting, startsAt, now) && ownRoles.length < 2) {
      const id = deriveUuid(series.id, meeting.id, 'asked', startsAt, now.toString())
      const by = asId<PersonId>(actor.personId)
      const asked = askForTime(series, meeting, { startsAt, roles: ownRoles, by, id, now })
      return (await deps.series.save(asked, rev)) ? asked : undefined
    }
    return storeMove(deps, { series, rev, meeting, startsAt })
  })
}

/** Whether it is there, on its way there, or the other person is being asked for just that. */
function isAsked(series: MentoringSeries, { change, fix, ...meeting }: Meeting, startsAt: string): boolean {
  const isIt = (other: string) => Temporal.Instant.compare(other, startsAt) === 0
  if (change) return change.kind !== 'call-off' && isIt(change.to.startsAt)
  if (fix && isOpen(fix) && fix.cause === 'person') return fix.options.some((option) => isIt(option.startsAt))
  const state = meetingState(
    meeting,
    series.events.find(({ key }) => key === meeting.eventKey),
  )
  return state === 'booked' && isIt(meeting.startsAt)
}
