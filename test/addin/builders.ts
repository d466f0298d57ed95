import type { PersonSummary } from '../../shared/api/common.ts'
import type { Proposal } from '../../shared/api/proposals.ts'
import type { RelationshipView } from '../../shared/api/relationships.ts'
import type { SeriesMeeting, SeriesView } from '../../shared/api/series.ts'

export const aPerson = (personId: string, displayName = personId): PersonSummary => ({
  personId,
  displayName,
  email: `${personId}@practice.example`,
})

export const aRelationship = (rest: Partial<RelationshipView> = {}): RelationshipView => ({
  relationshipId: '7c1f0f0a-0b60-4d7e-9a53-0c7f3d9b0a11',
  mentee: aPerson('mentee', 'Priya Raman'),
  mentor: aPerson('mentor', 'Margaret Chen'),
  domains: [],
  state: 'assigned',
  myRole: 'mentee',
  seriesIds: [],
  ...rest,
})

export const aProposal = (rest: Partial<Proposal> = {}): Proposal => ({
  proposalId: 'a',
  objective: { total: 0, unplaced: 0, exceptions: 0, soft: 0 },
  events: [],
  meetings: [],
  unplaced: [],
  ...rest,
})

export const aMeeting = (rest: Partial<SeriesMeeting> = {}): SeriesMeeting => ({
  meetingId: '0d9e6f52-6a44-4b0e-8f0c-5f3b6d6a2c22',
  number: 1,
  window: 0,
  from: '2027-01-04',
  to: '2027-02-15',
  startsAt: '2027-01-12T17:00:00Z',
  endsAt: '2027-01-12T18:00:00Z',
  state: 'booked',
  step: 'verified',
  ...rest,
})

export const aSeries = (rest: Partial<SeriesView> = {}): SeriesView => ({
  seriesId: '5b0c1d1e-1f2a-4c3d-8e4f-5a6b7c8d9e33',
  relationshipId: '7c1f0f0a-0b60-4d7e-9a53-0c7f3d9b0a11',
  state: 'booked',
  organizer: 'mentee',
  mentee: aPerson('mentee', 'Priya Raman'),
  mentor: aPerson('mentor', 'Margaret Chen'),
  minutes: 60,
  timeZone: 'America/New_York',
  plan: { kind: 'template', templateId: 'plan.year1', startDate: '2027-01-04' },
  progress: { done: 1, total: 1 },
  meetings: [aMeeting()],
  ...rest,
})
