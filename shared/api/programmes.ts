import { type Static, Type } from 'typebox'
import { PHASES } from '../domain/programme-figures.ts'
import { closed, InstantText, MeetingState, Members, PersonSummary, Uuid } from './common.ts'
import { RelationshipState } from './relationships.ts'

/** What a coordinator sees of a pair: what is booked and what is not, never what is said. */
export const PairRow = Type.Object(
  {
    relationshipId: Uuid,
    mentee: PersonSummary,
    mentor: PersonSummary,
    members: Type.Optional(Members),
    state: RelationshipState,
    planned: Type.Integer({ description: 'Meetings in the plan of the current series; 0 when nothing was planned' }),
    booked: Type.Integer(),
    pending: Type.Integer(),
    needsAttention: Type.Integer(),
    needsDate: Type.Integer({ description: 'Meetings whose date was taken away, without another one yet' }),
    orphans: Type.Integer({ description: 'Of these the ones that have waited for another date for 14 days' }),
    asked: Type.Integer({ description: 'Meetings whose time the two are being asked about' }),
    moved: Type.Integer({ description: 'Meetings whose start was changed after they were booked' }),
    past: Type.Integer({ description: 'Booked meetings whose time is over' }),
    held: Type.Integer({ description: 'Meetings that the two say they held' }),
    nextMeetingAt: Type.Optional(InstantText),
    meetings: Type.Array(
      Type.Object(
        {
          meetingId: Uuid,
          number: Type.Integer(),
          startsAt: InstantText,
          endsAt: InstantText,
          moves: Type.Optional(Type.Integer({ description: 'Times that its start was changed' })),
          state: MeetingState,
          held: Type.Optional(
            Type.Boolean({ description: 'What the two say of it; absent while that is not settled' }),
          ),
          heldMinutes: Type.Optional(Type.Integer()),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type PairRow = Static<typeof PairRow>
const ProgrammeSummary = Type.Object(
  { programmeId: Type.String(), name: Type.String(), timeZone: Type.String({ description: 'IANA' }) },
  closed,
)
export type ProgrammeSummary = Static<typeof ProgrammeSummary>
export const PairList = Type.Object(
  {
    programme: ProgrammeSummary,
    pairs: Type.Array(PairRow),
    asOf: InstantText,
  },
  closed,
)
export type PairList = Static<typeof PairList>

const FigureCount = Type.Union([Type.Integer(), Type.Literal('few')], {
  description: '`few`: it, or what could be told from it, would point at fewer than five',
})
const countsOf = <Name extends string>(...names: readonly Name[]) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, FigureCount])) as Record<Name, typeof FigureCount>, closed)

/** A programme in counts, as its leadership sees it. */
export const ProgrammeFiguresView = Type.Object(
  {
    programme: ProgrammeSummary,
    asOf: InstantText,
    pairs: FigureCount,
    phases: countsOf(...PHASES),
    nextMeeting: countsOf('booked', 'none'),
    agreement: countsOf('signed', 'open'),
    meetings: countsOf('planned', 'booked', 'held'),
    mentors: FigureCount,
    capacity: FigureCount,
  },
  closed,
)
export type ProgrammeFiguresView = Static<typeof ProgrammeFiguresView>

const MemberRole = Type.Enum(['mentor', 'mentee', 'coordinator', 'leadership'])

/** PUT /api/programmes/{programmeId}/members/{personId}: what a person is in a programme, in place of what they were. */
export const MemberBody = Type.Object(
  {
    roles: Type.Array(MemberRole, { uniqueItems: true, maxItems: 4, description: 'None takes the person out' }),
    capacity: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 100,
        description: 'Mentees a mentor takes on at most, in all programmes together; as before unless told',
      }),
    ),
  },
  closed,
)
export type MemberBody = Static<typeof MemberBody>
export const MemberView = Type.Object(
  { ...PersonSummary.properties, roles: Type.Array(MemberRole), capacity: Type.Optional(Type.Integer()) },
  closed,
)
export type MemberView = Static<typeof MemberView>
export const MemberList = Type.Object({ members: Type.Array(MemberView) }, closed)
export type MemberList = Static<typeof MemberList>
