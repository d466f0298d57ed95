import { Temporal } from 'temporal-polyfill'
import type { FixView, OffersView, WaitingList } from '../../shared/api/meeting-changes.ts'
import type { SeriesMeeting } from '../../shared/api/series.ts'
import { isOpen, type MeetingFix } from '../../shared/domain/meeting-fix.ts'
import { type MentoringRole, personInRole } from '../../shared/domain/relationship.ts'
import type { Meeting, MentoringSeries } from '../../shared/domain/series.ts'
import type { WaitingMeeting } from '../use-cases/booking/list-waiting.ts'
import type { OfferedTimes } from '../use-cases/booking/offer-times.ts'
import { viewParticipant } from './view-person.ts'
import { viewReasons } from './view-reasons.ts'

/** What is being changed about a meeting, and how it ended. */
export function viewChange(meeting: Meeting) {
  const { change, changeProblem, ended } = meeting
  const to = change && 'to' in change ? { startsAt: change.to.startsAt, endsAt: change.to.endsAt } : {}
  return {
    ...(change ? { change: { kind: change.kind === 'call-off' ? 'calling-off' : 'moving', ...to } } : {}),
    ...(changeProblem === undefined ? {} : { changeProblem }),
    ...(ended ? { end: { as: ended.as, reason: ended.reason, at: ended.at } } : {}),
  } satisfies Partial<SeriesMeeting>
}

const ROLES: readonly MentoringRole[] = ['mentee', 'mentor']

/** What is asked about a meeting: all of it to those who may answer, its state to a coordinator. */
export function viewFix(
  series: MentoringSeries,
  fix: MeetingFix,
  { ownRoles }: { readonly ownRoles: readonly MentoringRole[] },
): FixView {
  const mayAnswer = ownRoles.length > 0
  const state = {
    fixId: fix.id,
    cause: fix.cause,
    state: fix.state,
    ...(fix.why === undefined ? {} : { why: fix.why }),
    until: fix.expiresAt,
  }
  if (!mayAnswer) return { ...state, reasons: [], options: [], isCutShort: false, answeredBy: [], waitsForMe: false }
  const person = (role: MentoringRole) => ({
    id: personInRole(series, role),
    displayName: series.participants[role].name,
  })
  const viewer = {
    people: { mentee: person('mentee'), mentor: person('mentor') },
    members: (series.members ?? []).map(({ personId, name }) => ({ id: personId, displayName: name })),
    ownRoles,
  }
  const answeredBy = ROLES.filter((role) => fix.answers[role])
  return {
    ...state,
    reasons: viewReasons(fix.brokenBy, viewer),
    options: fix.options.map(({ startsAt, endsAt, reasons }) => ({
      startsAt,
      endsAt,
      reasons: viewReasons(reasons, viewer),
      acceptedBy: ROLES.filter((role) => hasAccepted(fix, role, startsAt)),
    })),
    isCutShort: fix.isCutShort ?? false,
    answeredBy,
    waitsForMe: isOpen(fix) && ownRoles.some((role) => !answeredBy.includes(role)),
  }
}

function hasAccepted({ answers }: MeetingFix, role: MentoringRole, startsAt: string): boolean {
  const answer = answers[role]
  return answer?.choice === 'accept' && Temporal.Instant.compare(answer.startsAt, startsAt) === 0
}

/** Times for one meeting as the caller may see them. */
export function viewOffers(found: OfferedTimes): OffersView {
  const viewer = {
    people: { mentee: found.people.mentee.person, mentor: found.people.mentor.person },
    members: found.members.map(({ person }) => person),
    ownRoles: found.ownRoles,
  }
  return {
    timeZone: found.timeZone,
    from: found.window.from,
    to: found.window.to,
    inWindow: found.isOwnWindow,
    offers: found.offers.map(({ start, reasons }) => ({
      startsAt: start,
      endsAt: Temporal.Instant.from(start).add({ minutes: found.minutes }).toString(),
      reasons: viewReasons(reasons, viewer),
    })),
    possibleStarts: found.possibleStarts,
    refused: viewReasons(found.refusals, viewer),
  }
}

export function viewWaiting({ series, meeting, kind }: WaitingMeeting): WaitingList['meetings'][number] {
  return {
    relationshipId: series.relationshipId,
    seriesId: series.id,
    meetingId: meeting.id,
    kind,
    mentee: viewParticipant(series, 'mentee'),
    mentor: viewParticipant(series, 'mentor'),
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    timeZone: series.timeZone,
    ...(kind === 'asked' && meeting.fix ? { until: meeting.fix.expiresAt } : {}),
  }
}
