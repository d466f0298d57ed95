import { Temporal } from 'temporal-polyfill'
import { isOpen, tendFixes } from '../../../shared/domain/meeting-fix.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import { type Meeting, type MentoringSeries, meetingState } from '../../../shared/domain/series.ts'
import { mayBook, rolesActedFor, standingIn } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import type { RelationshipDeps } from '../pair/load-relationship.ts'

export type WaitingMeeting = {
  readonly series: MentoringSeries
  readonly meeting: Meeting
  readonly kind: 'asked' | 'needs-date'
}

/** Meetings whose time is asked about, unanswered by those the actor acts for, and those that need a date; soonest first. */
export async function listWaiting(
  deps: RelationshipDeps & { readonly series: SeriesRepository; readonly clock: Clock },
  actor: Actor,
): Promise<readonly WaitingMeeting[]> {
  const principalIds = await deps.people.listPrincipals(actor.tenantId, actor.personId)
  const pairs = new Map<string, Relationship>()
  for (const personId of [actor.personId, ...principalIds]) {
    for (const pair of await deps.relationships.listOf(actor.tenantId, personId)) pairs.set(pair.id, pair)
  }
  const found: WaitingMeeting[] = []
  for (const pair of pairs.values()) {
    const standing = standingIn(actor, pair, principalIds)
    if (!standing || !mayBook(standing)) continue
    const roles = rolesActedFor(actor, pair, principalIds)
    for (const stored of await deps.series.listOf(actor.tenantId, pair.id)) {
      const series = tendFixes(stored, deps.clock.now())
      for (const meeting of series.meetings) {
        const { fix } = meeting
        const isAsked = fix && isOpen(fix) && roles.some((role) => !fix.answers[role])
        if (isAsked) found.push({ series, meeting, kind: 'asked' })
        else if (needsDate(series, meeting)) found.push({ series, meeting, kind: 'needs-date' })
      }
    }
  }
  return found.toSorted((a, b) => Temporal.Instant.compare(a.meeting.startsAt, b.meeting.startsAt))
}

function needsDate(series: MentoringSeries, meeting: Meeting): boolean {
  const event = series.events.find(({ key }) => key === meeting.eventKey)
  return !meeting.change && series.state !== 'cancelled' && meetingState(meeting, event) === 'needs-date'
}
