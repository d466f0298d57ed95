import { type Static, Type } from 'typebox'
import { END_REASONS, MEETING_ENDS } from '../domain/meeting-change.ts'
import { closed, DateText, InstantText, MentoringRole, PersonSummary, TimeZoneName, Uuid } from './common.ts'
import { ReasonView } from './proposals.ts'

/** POST …/series/{seriesId}/meetings/{meetingId}/offers: the best times for one meeting; writes nothing. */
export const OffersBody = Type.Object(
  { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, description: '3 unless told' })) },
  closed,
)
export type OffersBody = Static<typeof OffersBody>

const OfferView = Type.Object({ startsAt: InstantText, endsAt: InstantText, reasons: Type.Array(ReasonView) }, closed)
export type OfferView = Static<typeof OfferView>

export const OffersView = Type.Object(
  {
    timeZone: TimeZoneName,
    /** The days that were looked at. */
    from: DateText,
    to: DateText,
    inWindow: Type.Boolean({ description: 'False: the meeting\u2019s own window has no time, these are near it' }),
    offers: Type.Array(OfferView, { description: 'Best first, on different days where there are any' }),
    possibleStarts: Type.Integer(),
    refused: Type.Array(ReasonView, { description: 'What refused the other start times of these days' }),
  },
  closed,
)
export type OffersView = Static<typeof OffersView>

/** PUT …/meetings/{meetingId}/time: moves a meeting, or gives one without a date a new one. 202; repeating changes nothing. */
export const MeetingTimeBody = Type.Object({ startsAt: InstantText }, closed)
export type MeetingTimeBody = Static<typeof MeetingTimeBody>

const MeetingEnd = {
  as: Type.Enum(MEETING_ENDS, {
    description: 'excused: it could not be held, and that is all right · none-planned: no other instead of it',
  }),
  reason: Type.Enum(END_REASONS, { description: 'The coordinator sees this code and nothing else' }),
}

/**
 * PUT …/meetings/{meetingId}/cancellation: calls one meeting off, or says how one without a date ends. Without `end` a
 * new date is still wanted; sent for a meeting that had ended, it takes the end back. 202; repeating changes nothing.
 */
export const MeetingCancellationBody = Type.Object(
  {
    end: Type.Optional(Type.Object(MeetingEnd, closed)),
    comment: Type.Optional(Type.String({ maxLength: 500, description: 'Sent to the other person; keep it neutral' })),
  },
  closed,
)
export type MeetingCancellationBody = Static<typeof MeetingCancellationBody>

export const MeetingEndView = Type.Object(
  { ...MeetingEnd, reason: Type.Enum([...END_REASONS, 'series-called-off']), at: InstantText },
  closed,
)

/** What the two are asked about a meeting. A coordinator sees its state and no more. */
export const FixView = Type.Object(
  {
    fixId: Uuid,
    cause: Type.Enum(['roster', 'person'], {
      description:
        'roster: its time lies on clinic or other duty · person: somebody asks for a time both must agree to',
    }),
    state: Type.Enum(['asking', 'ask-people', 'agreed', 'moved', 'kept', 'overtaken', 'resolved', 'lapsed']),
    why: Type.Optional(Type.Enum(['no-time', 'asked-twice', 'inside-24-hours', 'declined', 'expired'])),
    until: InstantText,
    reasons: Type.Array(ReasonView, { description: 'Why its time does not hold' }),
    options: Type.Array(Type.Object({ ...OfferView.properties, acceptedBy: Type.Array(MentoringRole) }, closed), {
      description: 'Best first; the meeting moves when both accept the same one',
    }),
    isCutShort: Type.Boolean({ description: 'The search for options ran out of time; better ones may exist' }),
    answeredBy: Type.Array(MentoringRole),
    waitsForMe: Type.Boolean({ description: 'Nobody whom the caller acts for has answered' }),
  },
  closed,
)
export type FixView = Static<typeof FixView>

/** PUT …/meetings/{meetingId}/fixes/{fixId}/answer. 202; repeating changes nothing. */
export const FixAnswerBody = Type.Union([
  Type.Object({ choice: Type.Literal('accept'), startsAt: InstantText }, closed),
  Type.Object({ choice: Type.Literal('keep', { description: 'The meeting stays where it is' }) }, closed),
  Type.Object({ choice: Type.Literal('none-of-these', { description: 'The two find a time themselves' }) }, closed),
])
export type FixAnswerBody = Static<typeof FixAnswerBody>

/** GET /api/waiting: meetings that wait for the caller, or for somebody they act for. */
export const WaitingList = Type.Object(
  {
    meetings: Type.Array(
      Type.Object(
        {
          relationshipId: Uuid,
          seriesId: Uuid,
          meetingId: Uuid,
          kind: Type.Enum(['asked', 'needs-date'], {
            description: 'asked: a question about its time is open · needs-date: it has none',
          }),
          mentee: PersonSummary,
          mentor: PersonSummary,
          startsAt: InstantText,
          endsAt: InstantText,
          timeZone: TimeZoneName,
          until: Type.Optional(InstantText),
        },
        closed,
      ),
      { description: 'Soonest first' },
    ),
  },
  closed,
)
export type WaitingList = Static<typeof WaitingList>
