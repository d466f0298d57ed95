import { type Static, Type } from 'typebox'
import {
  closed,
  DateText,
  InstantText,
  MeetingState,
  Members,
  MentoringRole,
  PersonSummary,
  TimeZoneName,
  Uuid,
} from './common.ts'
import { FixView, MeetingEndView } from './meeting-changes.ts'
import { MeetingPlan, Minutes } from './plans.ts'

/**
 * PUT /api/relationships/{relationshipId}/series/{seriesId}: books these meetings. 202; repeating it changes nothing,
 * another body under the same id is refused. Take the meetings from a proposal, or name your own times.
 */
export const SeriesBody = Type.Object(
  {
    plan: MeetingPlan,
    minutes: Minutes,
    organizer: Type.Optional(MentoringRole),
    onlineMeeting: Type.Optional(Type.Boolean({ description: 'Add a Teams link; true unless told' })),
    location: Type.Optional(Type.String({ maxLength: 200 })),
    meetings: Type.Array(
      Type.Object({ window: Type.Integer({ minimum: 0, maximum: 59 }), startsAt: InstantText }, closed),
      { minItems: 1, maxItems: 60 },
    ),
  },
  closed,
)
export type SeriesBody = Static<typeof SeriesBody>

export const BookingStep = Type.Enum(
  ['intended', 'created', 'shaped', 'attached', 'invited', 'verified', 'failed', 'cancelling', 'cancelled'],
  {
    description:
      'intended: stored, nothing sent · created: in the organizer\u2019s calendar, nobody invited · shaped: dates moved · attached: agenda attached · invited · verified: read back and right',
  },
)
export type BookingStep = Static<typeof BookingStep>

export const SeriesState = Type.Enum(['booking', 'booked', 'changing', 'needs-attention', 'cancelling', 'cancelled'], {
  description: 'changing: single meetings are being moved or called off',
})
export type SeriesState = Static<typeof SeriesState>

const Placed = Type.Object({ startsAt: InstantText, endsAt: InstantText }, closed)

export const SeriesMeeting = Type.Object(
  {
    meetingId: Uuid,
    number: Type.Integer({ description: '1-based' }),
    window: Type.Integer(),
    from: DateText,
    to: DateText,
    startsAt: InstantText,
    endsAt: InstantText,
    state: MeetingState,
    step: BookingStep,
    purpose: Type.Optional(Type.String()),
    problem: Type.Optional(Type.String({ description: 'Code of what went wrong' })),
    webLink: Type.Optional(Type.String()),
    moves: Type.Optional(Type.Integer({ description: 'Times that its start was changed after it was booked' })),
    movedFrom: Type.Optional(Placed),
    isNotFree: Type.Optional(Type.Boolean({ description: 'Where it was moved to, one of the two is not available' })),
    noDateSince: Type.Optional(InstantText),
    declined: Type.Optional(Type.Boolean({ description: 'It has no date because its invitation was declined' })),
    proposal: Type.Optional(Placed),
    absent: Type.Optional(Type.Array(PersonSummary, { description: 'Members of a committee who said no to its date' })),
    change: Type.Optional(
      Type.Object(
        {
          kind: Type.Enum(['moving', 'calling-off']),
          startsAt: Type.Optional(InstantText),
          endsAt: Type.Optional(InstantText),
        },
        { ...closed, description: 'Under way' },
      ),
    ),
    changeProblem: Type.Optional(Type.String({ description: 'Code of why the last change did not come about' })),
    end: Type.Optional(MeetingEndView),
    fix: Type.Optional(FixView),
  },
  closed,
)
export type SeriesMeeting = Static<typeof SeriesMeeting>

export const SeriesView = Type.Object(
  {
    seriesId: Uuid,
    relationshipId: Uuid,
    state: SeriesState,
    organizer: MentoringRole,
    mentee: PersonSummary,
    mentor: PersonSummary,
    members: Type.Optional(Members),
    minutes: Type.Integer(),
    timeZone: TimeZoneName,
    plan: MeetingPlan,
    progress: Type.Object({ done: Type.Integer(), total: Type.Integer() }, closed),
    meetings: Type.Array(SeriesMeeting),
    bookedAt: Type.Optional(InstantText),
    calendarProblem: Type.Optional(
      Type.Enum(['mailbox-not-found', 'mailbox-not-reachable', 'access-denied'], {
        description:
          'Why the calendar that the series lives in cannot be read any more; what is shown was known before',
      }),
    ),
  },
  closed,
)
export type SeriesView = Static<typeof SeriesView>
export const SeriesList = Type.Object({ series: Type.Array(SeriesView) }, closed)
export type SeriesList = Static<typeof SeriesList>

/** PUT /api/relationships/{relationshipId}/series/{seriesId}/cancellation: calls off what is still to come. 202. */
export const CancellationBody = Type.Object(
  { comment: Type.Optional(Type.String({ maxLength: 500, description: 'Sent to the other person; keep it neutral' })) },
  closed,
)
export type CancellationBody = Static<typeof CancellationBody>
