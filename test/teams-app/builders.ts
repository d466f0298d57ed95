import type { GoalView } from '../../shared/api/goals.ts'
import type { HomeworkView } from '../../shared/api/homework.ts'
import type { Me } from '../../shared/api/me.ts'
import type { MeetingView } from '../../shared/api/meetings.ts'
import type { PairList, PairRow } from '../../shared/api/programmes.ts'
import type { RelationshipView } from '../../shared/api/relationships.ts'
import type { SeriesMeeting, SeriesView } from '../../shared/api/series.ts'
import type { TroubleView } from '../../shared/api/troubles.ts'

/** A UUID that reads as what it stands for. */
export const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

export function aPerson(displayName: string) {
  const email = `${displayName.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@hospital.org`
  return { personId: uuid(displayName.length), displayName, email }
}

export function aPair(fields: Partial<PairRow> = {}): PairRow {
  return {
    relationshipId: uuid(1),
    mentee: aPerson('Ada Osei'),
    mentor: aPerson('Ben Solberg'),
    state: 'active',
    planned: 0,
    booked: 0,
    pending: 0,
    needsAttention: 0,
    held: 0,
    needsDate: 0,
    orphans: 0,
    asked: 0,
    moved: 0,
    past: 0,
    meetings: [],
    ...fields,
  }
}

export type PairMeeting = PairRow['meetings'][number]
export function aPairMeeting(fields: Partial<PairMeeting> = {}): PairMeeting {
  return {
    meetingId: uuid(2),
    number: 1,
    startsAt: '2027-03-16T16:00:00Z',
    endsAt: '2027-03-16T16:45:00Z',
    state: 'booked',
    ...fields,
  }
}

export function aPairList(pairs: readonly PairRow[]): PairList {
  return {
    programme: { programmeId: 'im', name: 'Internal medicine', timeZone: 'America/New_York' },
    pairs: [...pairs],
    asOf: '2027-03-01T14:05:00Z',
  }
}

export function aTrouble(fields: Partial<TroubleView> = {}): TroubleView {
  return {
    troubleId: `book-series|${uuid(5)}`,
    kind: 'book-series',
    problem: 'outage',
    since: '2027-02-28T22:10:00Z',
    state: 'given-up',
    pair: { relationshipId: uuid(1), mentee: aPerson('Ada Osei'), mentor: aPerson('Ben Solberg') },
    ...fields,
  }
}

export function aRelationship(fields: Partial<RelationshipView> = {}): RelationshipView {
  return {
    relationshipId: uuid(1),
    mentee: aPerson('Ada Osei'),
    mentor: aPerson('Ben Solberg'),
    domains: [],
    state: 'active',
    myRole: 'mentee',
    seriesIds: [],
    ...fields,
  }
}

export function aSeriesMeeting(fields: Partial<SeriesMeeting> = {}): SeriesMeeting {
  return {
    meetingId: uuid(3),
    number: 1,
    window: 0,
    from: '2027-03-01',
    to: '2027-04-01',
    startsAt: '2027-03-16T16:00:00Z',
    endsAt: '2027-03-16T16:45:00Z',
    state: 'booked',
    step: 'verified',
    ...fields,
  }
}

export function aSeries(meetings: readonly SeriesMeeting[]): SeriesView {
  return {
    seriesId: uuid(4),
    relationshipId: uuid(1),
    state: 'booked',
    organizer: 'mentee',
    mentee: aPerson('Ada Osei'),
    mentor: aPerson('Ben Solberg'),
    minutes: 45,
    timeZone: 'Asia/Kathmandu',
    plan: { kind: 'template', templateId: 'plan.year1', startDate: '2027-03-01' },
    progress: { done: meetings.length, total: meetings.length },
    meetings: [...meetings],
  }
}

export function aMeeting(fields: Partial<MeetingView> = {}): MeetingView {
  return {
    meetingId: uuid(3),
    relationshipId: uuid(1),
    seriesId: uuid(4),
    number: 1,
    of: 1,
    purpose: 'Mid-year review',
    topics: [],
    startsAt: '2099-03-16T16:00:00Z',
    endsAt: '2099-03-16T16:45:00Z',
    timeZone: 'Asia/Kathmandu',
    state: 'booked',
    mentee: aPerson('Ada Osei'),
    mentor: aPerson('Ben Solberg'),
    myRole: 'mentee',
    agenda: [
      {
        itemId: 'checkin',
        title: 'Check in',
        sub: [],
        done: false,
        isArea: false,
        reasons: [],
        lines: [],
        isCarried: false,
        own: false,
      },
    ],
    priorities: { areas: [], needs: [], isRanked: false },
    ...fields,
  }
}

export function aGoal(fields: Partial<GoalView> = {}): GoalView {
  return {
    goalId: uuid(5),
    title: 'Submit the case series',
    horizon: 'short',
    history: [],
    state: 'open',
    revision: 1,
    updatedAt: '2027-03-01T14:05:00Z',
    ...fields,
  }
}

export function aTask(fields: Partial<HomeworkView> = {}): HomeworkView {
  return {
    homeworkId: uuid(6),
    title: 'Read the draft',
    owner: 'mentor',
    done: false,
    revision: 1,
    updatedAt: '2027-03-01T14:05:00Z',
    ...fields,
  }
}

export function aMe(fields: Partial<Me> = {}): Me {
  return {
    person: aPerson('Cora Lind'),
    timeZone: 'America/New_York',
    principals: [],
    programmes: [{ programmeId: 'im', name: 'Internal medicine', role: 'coordinator' }],
    backgroundWork: true,
    ...fields,
  }
}
