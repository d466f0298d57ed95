import { Temporal } from 'temporal-polyfill'
import { asId, type EventId } from '../../shared/domain/ids.ts'
import { planSeries } from '../../shared/domain/plan-series.ts'
import type { Relationship } from '../../shared/domain/relationship.ts'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import type { MeetingPlan } from '../../shared/scheduling/types.ts'
import { windowsOfPlan } from '../../shared/scheduling/windows.ts'

export const RELATIONSHIP: Relationship = {
  id: asId('7c1f0f0a-0b60-4d7e-9a53-0c7f3d9b0a11'),
  tenantId: asId('b1000000-0000-4000-8000-000000000001'),
  menteeId: asId('b1000000-0000-4000-8000-000000000002'),
  mentorId: asId('b1000000-0000-4000-8000-000000000003'),
  domains: [],
  state: 'assigned',
  helpAs: 'mentor',
  course: {},
  createdAt: '2026-12-01T12:00:00Z',
}
const TIME_ZONE = 'America/St_Johns'

/** Every second Tuesday at 13:00 in St. John's, from 5 January 2027, as one recurring event. */
export const fortnightly = (count = 6): MentoringSeries =>
  booked(
    { kind: 'every-weeks', weeks: 2, startDate: '2027-01-04', count },
    Array.from({ length: count }, (_, index) => Temporal.PlainDate.from('2027-01-05').add({ weeks: 2 * index })),
  )

/** Three single events in windows of a month each. */
export const threeSingles = (): MentoringSeries =>
  booked(
    {
      kind: 'windows',
      windows: [
        { from: '2027-01-04', to: '2027-02-01' },
        { from: '2027-02-01', to: '2027-03-01' },
        { from: '2027-03-01', to: '2027-04-01' },
      ],
    },
    ['2027-01-12', '2027-02-09', '2027-03-16'].map((date) => Temporal.PlainDate.from(date)),
  )

type Two = {
  readonly seriesId: string
  readonly timeZone: string
  readonly relationship: Relationship
  readonly participants: MentoringSeries['participants']
}
const ADA_AND_BEN: Two = {
  seriesId: '5b0c1d1e-1f2a-4c3d-8e4f-5a6b7c8d9e33',
  timeZone: TIME_ZONE,
  relationship: RELATIONSHIP,
  participants: { mentee: { name: 'Ada', email: 'ada@x.example' }, mentor: { name: 'Ben', email: 'ben@x.example' } },
}

/** A series at 13:00 of these dates, decided and not sent. */
export function planned(
  plan: MeetingPlan,
  dates: readonly Temporal.PlainDate[],
  { seriesId, timeZone, relationship, participants }: Two = ADA_AND_BEN,
): MentoringSeries {
  const windows = windowsOfPlan(plan)
  return planSeries(
    {
      seriesId,
      plan,
      minutes: 45,
      organizer: 'mentee',
      onlineMeeting: true,
      meetings: dates.map((date, window) => ({
        window,
        startsAt: date
          .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from('13:00') })
          .toInstant()
          .toString(),
      })),
    },
    {
      relationship,
      participants,
      windows,
      timeZone,
      requestHash: 'x',
      now: Temporal.Instant.from('2026-12-01T12:00:00Z'),
      idFor: (...parts) => parts.join('|'),
      bodyFor: () => '',
    },
  )
}

function booked(plan: MeetingPlan, dates: readonly Temporal.PlainDate[]): MentoringSeries {
  const series = planned(plan, dates)
  return {
    ...series,
    state: 'booked',
    bookedAt: '2026-12-01T12:01:00Z',
    events: series.events.map((event, index) => ({
      ...event,
      step: 'verified',
      tries: 1,
      eventId: asId<EventId>(`event-${index + 1}`),
      iCalUId: `uid-${index + 1}`,
    })),
  }
}
