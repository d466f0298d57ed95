import { Temporal } from 'temporal-polyfill'
import { deriveUuid } from '../../server/derive-ids.ts'
import { asId } from '../../shared/domain/ids.ts'
import { planSeries } from '../../shared/domain/plan-series.ts'
import type { Relationship } from '../../shared/domain/relationship.ts'
import type { Meeting, MentoringSeries } from '../../shared/domain/series.ts'
import type { MeetingPlan } from '../../shared/scheduling/types.ts'
import { windowsOfPlan } from '../../shared/scheduling/windows.ts'
import { MENTEE, MENTOR } from '../graph/practice-department.ts'
import type { MoveTo } from './fault-plan.ts'

export const TENANT = 'b1000000-0000-4000-8000-000000000001'
export const FAULTS_NOW = Temporal.Instant.from('2027-01-04T14:00:00Z')
const TIME_ZONE = 'America/New_York'

export const thePair: Relationship = {
  id: asId('7c1f0f0a-0b60-4d7e-9a53-0c7f3d9b0a11'),
  tenantId: asId(TENANT),
  menteeId: asId(MENTEE.id),
  mentorId: asId(MENTOR.id),
  domains: [],
  state: 'assigned',
  helpAs: 'mentor',
  course: {},
  createdAt: '2026-12-01T12:00:00Z',
}

/** The same two people, paired for something else. */
export const theOtherPair: Relationship = { ...thePair, id: asId('7c1f0f0a-0b60-4d7e-9a53-0c7f3d9b0a12') }

/** As the API would have planned it: one event, or one recurring event whose second date was moved by a day. Series of different numbers do not overlap. */
export function aPlannedSeries(number: number, isRecurring: boolean, relationship = thePair): MentoringSeries {
  const hour = String(9 + number).padStart(2, '0')
  const dates = isRecurring ? ['2027-01-12', '2027-01-27', '2027-02-09', '2027-02-23'] : ['2027-01-12']
  const plan: MeetingPlan = isRecurring
    ? { kind: 'every-weeks', weeks: 2, startDate: '2027-01-11', count: 4 }
    : { kind: 'windows', windows: [{ from: '2027-01-11', to: '2027-02-01' }] }
  return planSeries(
    {
      seriesId: deriveUuid('series', number),
      plan,
      minutes: 45,
      organizer: 'mentee',
      onlineMeeting: false,
      meetings: dates.map((date, window) => ({
        window,
        startsAt: Temporal.PlainDateTime.from(`${date}T${hour}:00`).toZonedDateTime(TIME_ZONE).toInstant().toString(),
      })),
    },
    {
      relationship,
      participants: {
        mentee: { name: MENTEE.displayName, email: MENTEE.mail },
        mentor: { name: MENTOR.displayName, email: MENTOR.mail },
      },
      windows: windowsOfPlan(plan),
      timeZone: TIME_ZONE,
      requestHash: `request-${number}`,
      now: FAULTS_NOW,
      idFor: deriveUuid,
      bodyFor: () => '<p>Mentoring meeting</p>',
    },
  )
}

/** The meeting that moves in a schedule with a move, and where it goes: free for both, and for every other series. */
export function movedMeeting({ meetings }: MentoringSeries, to: MoveTo): { meeting: Meeting; startsAt: string } {
  const meeting = meetings[1] ?? meetings[0]
  if (!meeting) throw new Error('A series without meetings.')
  const days = to === 'past-neighbour' ? 16 : 1
  const startsAt = Temporal.Instant.from(meeting.startsAt)
    .toZonedDateTimeISO(TIME_ZONE)
    .add({ days })
    .toInstant()
    .toString()
  return { meeting, startsAt }
}
