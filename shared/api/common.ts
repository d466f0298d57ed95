import { type Static, Type } from 'typebox'

/** Closed object: an unknown property in a body is refused, an unlisted one in an answer is left out. */
export const closed = { additionalProperties: false } as const

export const Uuid = Type.String({ format: 'uuid', description: 'UUID, minted by the client' })
export const InstantText = Type.String({ format: 'date-time', description: 'Instant, RFC 3339 in UTC' })
export const DateText = Type.String({ format: 'date', description: 'Calendar date, YYYY-MM-DD' })
export const TimeText = Type.String({ pattern: '^([01][0-9]|2[0-4]):[0-5][0-9]$', description: 'Wall time, HH:MM' })
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
