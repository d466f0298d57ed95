import {
  assertChangeable,
  type EndReason,
  endMeeting,
  type MeetingEndKind,
  planCallOff,
  reopenMeeting,
} from '../../../shared/domain/meeting-change.ts'
import { type MentoringSeries, meetingState } from '../../../shared/domain/series.ts'
import { mayBook } from '../../policies.ts'
import type { Clock } from '../../ports/clock.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import { decideOnMeeting, type MeetingPlace } from '../meeting/find-meeting.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'

export type CallOffMeeting = MeetingPlace & {
  /** Sent to the other person. */
  readonly comment?: string | undefined
  /** Left out: another date is still wanted. */
  readonly end?: { readonly as: MeetingEndKind; readonly reason: EndReason } | undefined
}

/**
 * Calls one meeting off, or says how one without a date ends: excused, or none planned instead. Without an end it waits
 * for a new date, so that no meeting just vanishes; one that had ended waits again. Repeating it changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `series-not-found`, `meeting-not-found`,
 * `meeting-not-changeable`, `edited-meanwhile`
 */
export async function callOffMeeting(
  deps: RelationshipDeps & { readonly series: SeriesRepository; readonly clock: Clock },
  { comment, end, ...place }: CallOffMeeting,
): Promise<MentoringSeries> {
  await loadRelationship(deps, place.actor, place.relationshipId, mayBook)
  return decideOnMeeting(deps, place, async ({ series, rev, meeting }) => {
    const now = deps.clock.now()
    const at = now.toString()
    const isSameEnd = (other: typeof end) => other?.as === end?.as && other?.reason === end?.reason
    if (meeting.change?.kind === 'call-off' && isSameEnd(meeting.change.end)) return series
    if (meeting.ended && isSameEnd(meeting.ended)) return series
    const state = meetingState(
      meeting,
      series.events.find(({ key }) => key === meeting.eventKey),
    )
    const hasNoDate = !meeting.change && (state === 'needs-date' || meeting.ended !== undefined)
    if (hasNoDate && !end && !meeting.ended) return series
    // A move that is under way is dropped.
    const { change: _, ...still } = meeting
    assertChangeable(series, still, now)
    const decided = hasNoDate
      ? end
        ? endMeeting(series, meeting, { ...end, at })
        : reopenMeeting(series, meeting, at)
      : planCallOff(series, meeting, { now: at, comment, ...(end ? { end: { ...end, at } } : {}) })
    return (await deps.series.saveWithTime(decided, rev)) === 'saved' ? decided : undefined
  })
}
