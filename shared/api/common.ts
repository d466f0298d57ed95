import { type Static, Type } from 'typebox'

/** Closed object: an unknown property in a body is refused, an unlisted one in an answer is left out. */
export const closed = { additionalProperties: false } as const

export const Uuid = Type.String({ format: 'uuid', description: 'UUID, minted by the client' })
/** Years that the engine's tables hold. Beyond them `Temporal` and the calendars fail in ways nobody can act on. */
const YEAR = '(19[7-9][0-9]|20[0-9]{2}|21[0-6][0-9])'
/** The formats alone allow a space or tab for the T, offsets and any number of fraction digits. */
export const InstantText = Type.String({
  format: 'date-time',
  pattern: `^${YEAR}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9](\\.[0-9]{1,3})?Z$`,
  description: 'Instant, RFC 3339 in UTC, e.g. 2027-07-12T16:00:00Z; years 1970 to 2169',
})
export const DateText = Type.String({
  format: 'date',
  pattern: `^${YEAR}-[0-9]{2}-[0-9]{2}$`,
  description: 'Calendar date, YYYY-MM-DD; years 1970 to 2169',
})
export const TimeText = Type.String({
  pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$',
  description: 'Wall time, HH:MM; 24:00 closes a day',
})
export const TimeZoneName = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'IANA time zone, e.g. America/New_York',
})
export const MentoringRole = Type.Union([Type.Literal('mentee'), Type.Literal('mentor')])
export type MentoringRole = Static<typeof MentoringRole>

export const PersonSummary = Type.Object(
  {
    personId: Type.String({ description: 'Entra object id' }),
    displayName: Type.String(),
    email: Type.String(),
    jobTitle: Type.Optional(Type.String()),
  },
  closed,
)
export type PersonSummary = Static<typeof PersonSummary>

/** Present for a mentorship committee. */
export const Members = Type.Array(PersonSummary, { description: 'Of a committee: who sits on it beside the chair' })

/** How a meeting stands. `needs-date`: its date was taken away in a calendar, and there is no other yet. */
export const MeetingState = Type.Enum(['pending', 'booked', 'needs-attention', 'needs-date', 'cancelled'])

/** RFC 9457. `code` repeats the last part of `type`; clients choose their text by it. */
export const Problem = Type.Object(
  {
    type: Type.String({ examples: ['urn:problem:slot-not-free'] }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.Optional(Type.String()),
    faults: Type.Optional(
      Type.Array(Type.Object({ path: Type.String(), message: Type.String() }, closed), {
        description: 'Where in the input the fault lies, e.g. meetings[2].startsAt',
      }),
    ),
    requestId: Type.Optional(Type.String()),
  },
  closed,
)
export type Problem = Static<typeof Problem>
