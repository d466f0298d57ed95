import { type Static, Type } from 'typebox'
import { closed, InstantText, PersonSummary, Uuid } from './common.ts'
import { RelationshipState } from './relationships.ts'

/** What a coordinator sees of a pair: what is booked and what is not, never what is said. */
export const PairRow = Type.Object(
  {
    relationshipId: Uuid,
    mentee: PersonSummary,
    mentor: PersonSummary,
    state: RelationshipState,
    planned: Type.Integer({ description: 'Meetings in the plan of the current series; 0 when nothing was planned' }),
    booked: Type.Integer(),
    pending: Type.Integer(),
    needsAttention: Type.Integer(),
    past: Type.Integer({ description: 'Booked meetings whose time is over' }),
    nextMeetingAt: Type.Optional(InstantText),
    meetings: Type.Array(
      Type.Object(
        {
          meetingId: Uuid,
          number: Type.Integer(),
          startsAt: InstantText,
          endsAt: InstantText,
          state: Type.Enum(['pending', 'booked', 'needs-attention', 'cancelled']),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type PairRow = Static<typeof PairRow>
export const PairList = Type.Object(
  {
    programme: Type.Object({ programmeId: Type.String(), name: Type.String(), timeZone: Type.String() }, closed),
    pairs: Type.Array(PairRow),
    asOf: InstantText,
  },
  closed,
)
export type PairList = Static<typeof PairList>
