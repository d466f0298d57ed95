import { type Static, Type } from 'typebox'
import { closed, PersonSummary } from './common.ts'

export const Me = Type.Object(
  {
    person: PersonSummary,
    timeZone: Type.Optional(Type.String({ description: 'IANA, from the mailbox' })),
    /** People whose calendars this person manages as an assistant. */
    principals: Type.Array(PersonSummary),
    programmes: Type.Array(
      Type.Object(
        {
          programmeId: Type.String(),
          name: Type.String(),
          role: Type.Union([Type.Literal('coordinator'), Type.Literal('leadership'), Type.Literal('member')]),
        },
        closed,
      ),
    ),
    backgroundWork: Type.Boolean({
      description: 'Whether the service may act when nobody is signed in (app-only permission granted)',
    }),
  },
  closed,
)
export type Me = Static<typeof Me>
