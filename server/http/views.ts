import { Temporal } from 'temporal-polyfill'
import type { GoalView } from '../../shared/api/goals.ts'
import type { HomeworkView } from '../../shared/api/homework.ts'
import type { MeetingView } from '../../shared/api/meetings.ts'
import type { PairRow, ProgrammeSummary } from '../../shared/api/programmes.ts'
import type { RelationshipView } from '../../shared/api/relationships.ts'
import type { SeriesMeeting, SeriesView } from '../../shared/api/series.ts'
import { isCommittee } from '../../shared/domain/committee.ts'
import { DomainError } from '../../shared/domain/errors.ts'
import { isOrphan } from '../../shared/domain/meeting-change.ts'
import { isOpen, tendFixes } from '../../shared/domain/meeting-fix.ts'
import { heldState, type MeetingOutcome } from '../../shared/domain/meeting-outcome.ts'
import type { MentoringRole, Relationship } from '../../shared/domain/relationship.ts'
import { type Meeting, type MentoringSeries, meetingState } from '../../shared/domain/series.ts'
import type { Goal, Homework } from '../../shared/domain/work.ts'
import { mayAttend, type Standing } from '../policies.ts'
import type { PersonRecord } from '../store/people-repository.ts'
import type { Programme } from '../store/programme-repository.ts'
import type { AtRevision } from '../store/work-repository.ts'
import type { MeetingDetail } from '../use-cases/meeting/load-meeting.ts'
import type { Pair } from '../use-cases/programme/list-pairs.ts'
import { viewAgenda } from './view-agenda.ts'
import { viewChange, viewFix } from './view-meeting-change.ts'
import { viewAbsent, viewMembers, viewParticipant, viewPerson } from './view-person.ts'
import { viewWhereabouts } from './view-whereabouts.ts'

// Views list their fields one by one: nothing is spread out of the store.

export function viewRelationship(
  relationship: Relationship,
  {
    standing,
    people,
    members,
    seriesIds,
  }: {
    readonly standing: Standing
    readonly people: Readonly<Record<MentoringRole, PersonRecord>>
    /** Of a committee. */
    readonly members: readonly PersonRecord[]
    readonly seriesIds: readonly string[]
  },
): RelationshipView {
  return {
    relationshipId: relationship.id,
    mentee: viewPerson(people.mentee),
    mentor: viewPerson(people.mentor),
    ...(isCommittee(relationship) ? { members: members.map(viewPerson) } : {}),
    domains: [...relationship.domains],
    ...(relationship.programmeId === undefined ? {} : { programmeId: relationship.programmeId }),
    state: relationship.state,
    myRole: standing,
    seriesIds: [...seriesIds],
  }
}

/** Whose own affairs the viewer may see: nobody's for a coordinator, who sees the state of what is asked and no more. */
export type SeriesViewer = { readonly ownRoles: readonly MentoringRole[] }

/** @param stored with questions that may have ended since */
export function viewSeries(stored: MentoringSeries, viewer: SeriesViewer, now: Temporal.Instant): SeriesView {
  const series = tendFixes(stored, now)
  const meetings = series.meetings.map((meeting) => viewSeriesMeeting(series, meeting, viewer))
  return {
    seriesId: series.id,
    relationshipId: series.relationshipId,
    state: series.state,
    organizer: series.organizer,
    mentee: viewParticipant(series, 'mentee'),
    mentor: viewParticipant(series, 'mentor'),
    ...viewMembers(series),
    minutes: series.minutes,
    timeZone: series.timeZone,
    // Stored as it was validated on the way in.
    plan: series.plan as SeriesView['plan'],
    progress: { done: meetings.filter(({ state }) => state !== 'pending').length, total: meetings.length },
    meetings,
    ...(series.bookedAt === undefined ? {} : { bookedAt: series.bookedAt }),
    ...(series.calendarProblem === undefined ? {} : { calendarProblem: series.calendarProblem.code }),
  }
}

function viewSeriesMeeting(series: MentoringSeries, meeting: Meeting, viewer: SeriesViewer): SeriesMeeting {
  const event = series.events.find(({ key }) => key === meeting.eventKey)
  return {
    meetingId: meeting.id,
    number: meeting.number,
    window: meeting.windowIndex,
    from: meeting.window.from,
    to: meeting.window.to,
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    state: meetingState(meeting, event),
    step: event?.step ?? 'failed',
    ...(meeting.purpose === undefined ? {} : { purpose: meeting.purpose }),
    ...(event?.problem === undefined ? {} : { problem: event.problem }),
    ...(event?.webLink === undefined ? {} : { webLink: event.webLink }),
    ...viewWhereabouts(meeting),
    ...viewAbsent(series, meeting),
    ...viewChange(meeting),
    ...(meeting.fix ? { fix: viewFix(series, meeting.fix, viewer) } : {}),
  }
}

/** @throws DomainError `not-allowed` for anybody but those who meet */
export function viewMeeting(detail: MeetingDetail): MeetingView {
  const { standing, series, meeting } = detail
  if (!mayAttend(standing)) throw new DomainError('not-allowed', 'The agenda is for those who meet.')
  const index = series.meetings.findIndex(({ id }) => id === meeting.id)
  const previous = series.meetings[index - 1]
  const next = series.meetings.slice(index + 1).find(({ cancelled, dateless }) => !cancelled && !dateless)
  const event = series.events.find(({ key }) => key === meeting.eventKey)
  return {
    meetingId: meeting.id,
    relationshipId: series.relationshipId,
    seriesId: series.id,
    number: meeting.number,
    of: series.meetings.length,
    ...(meeting.purpose === undefined ? {} : { purpose: meeting.purpose }),
    topics: [...(meeting.topics ?? [])],
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    timeZone: series.timeZone,
    state: meetingState(meeting, event),
    mentee: viewParticipant(series, 'mentee'),
    mentor: viewParticipant(series, 'mentor'),
    ...viewMembers(series),
    ...(standing === 'member' ? { myRole: 'mentor', asMember: true } : { myRole: standing }),
    ...viewAgenda(detail),
    ...(previous ? { previousMeetingId: previous.id } : {}),
    ...(next ? { nextMeetingId: next.id, nextStartsAt: next.startsAt } : {}),
  }
}

export const viewGoal = ({ value, rev }: AtRevision<Goal>): GoalView => ({
  goalId: value.id,
  title: value.title,
  horizon: value.horizon,
  ...(value.measure === undefined ? {} : { measure: value.measure }),
  ...(value.dueDate === undefined ? {} : { dueDate: value.dueDate }),
  ...(value.barriers === undefined ? {} : { barriers: value.barriers }),
  state: value.state,
  history: (value.history ?? []).map(({ at, by, kind, was, why }) => ({
    at,
    by,
    kind,
    was,
    ...(why === undefined ? {} : { why }),
  })),
  revision: rev,
  updatedAt: value.updatedAt,
})

export const viewHomework = ({ value, rev }: AtRevision<Homework>): HomeworkView => ({
  homeworkId: value.id,
  title: value.title,
  owner: value.owner,
  ...(value.dueDate === undefined ? {} : { dueDate: value.dueDate }),
  done: value.done,
  ...(value.meetingId === undefined ? {} : { meetingId: value.meetingId }),
  revision: rev,
  updatedAt: value.updatedAt,
})

export const viewProgramme = ({ id, name, timeZone }: Programme): ProgrammeSummary => ({
  programmeId: id,
  name,
  timeZone,
})

/** Logistics only: what is booked and what is not. */
export function viewPair(
  { relationship, mentee, mentor, members, series, outcomes }: Pair,
  now: Temporal.Instant,
): PairRow {
  const current = series.map((one) => tendFixes(one, now))
  const all = current.filter(({ state }) => state !== 'cancelled').flatMap((one) => one.meetings)
  const meetings = current.flatMap((one) =>
    one.meetings.map((meeting) => ({
      meetingId: meeting.id as string,
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
      ...(meeting.moves === undefined ? {} : { moves: meeting.moves }),
      state: meetingState(
        meeting,
        one.events.find(({ key }) => key === meeting.eventKey),
      ),
      ...viewHeld(
        outcomes.find(({ id }) => id === meeting.id),
        now,
      ),
    })),
  )
  const inTime = meetings
    .filter(({ state }) => state !== 'cancelled')
    .toSorted((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
    .map((meeting, index) => ({ ...meeting, number: index + 1 }))
  const count = (state: string) => inTime.filter((meeting) => meeting.state === state).length
  const isOver = ({ endsAt }: { readonly endsAt: string }) => Temporal.Instant.compare(endsAt, now) <= 0
  const next = inTime.find((meeting) => meeting.state === 'booked' && !isOver(meeting))
  return {
    relationshipId: relationship.id,
    mentee: viewPerson(mentee),
    mentor: viewPerson(mentor),
    ...(isCommittee(relationship) ? { members: members.map(viewPerson) } : {}),
    state: relationship.state,
    planned: inTime.length,
    booked: count('booked'),
    pending: count('pending'),
    needsAttention: count('needs-attention'),
    needsDate: count('needs-date'),
    orphans: all.filter((meeting) => isOrphan(meeting, now)).length,
    asked: all.filter(({ fix }) => fix && isOpen(fix)).length,
    moved: inTime.filter(({ moves }) => moves !== undefined).length,
    past: inTime.filter((meeting) => meeting.state === 'booked' && isOver(meeting)).length,
    held: inTime.filter(({ held }) => held === true).length,
    ...(next ? { nextMeetingAt: next.startsAt } : {}),
    meetings: inTime,
  }
}

/** Yes, no, or nothing while the two have not settled it: how they differ is theirs. */
function viewHeld(
  outcome: MeetingOutcome | undefined,
  now: Temporal.Instant,
): { readonly held?: boolean; readonly heldMinutes?: number } {
  if (!outcome) return {}
  const { state, minutes } = heldState(outcome, now)
  if (state === 'not-held') return { held: false }
  return state === 'held' ? { held: true, ...(minutes === undefined ? {} : { heldMinutes: minutes }) } : {}
}
