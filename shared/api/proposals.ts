import { type Static, Type } from 'typebox'
import { closed, DateText, InstantText, MentoringRole, PersonSummary, TimeText, TimeZoneName } from './common.ts'
import { MeetingPlan, Minutes } from './plans.ts'

/** POST /api/relationships/{relationshipId}/proposals */
export const ProposalsBody = Type.Object(
  {
    plan: MeetingPlan,
    minutes: Minutes,
    organizer: Type.Optional({
      ...MentoringRole,
      description:
        'Whose calendar holds the series: the mentee where that calendar is the caller\u2019s, else their own',
    }),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
  },
  {
    ...closed,
    examples: [
      {
        plan: { kind: 'template', templateId: 'plan.year1', startDate: '2027-01-04' },
        minutes: 45,
        organizer: 'mentee',
      },
    ],
  },
)
export type ProposalsBody = Static<typeof ProposalsBody>

/** Why a date is good, costs something or was refused. Another person's clinic is only ever "not available". */
export const ReasonView = Type.Object(
  {
    code: Type.String(),
    text: Type.String({ description: 'A sentence for physicians' }),
    person: Type.Optional(Type.Union([Type.Literal('mentee'), Type.Literal('mentor')])),
    starts: Type.Optional(Type.Integer({ description: 'How many start times this refused' })),
    cost: Type.Optional(Type.Integer()),
  },
  closed,
)
export type ReasonView = Static<typeof ReasonView>

const ProposedMeeting = Type.Object(
  {
    window: Type.Integer({ description: 'Index into windows' }),
    startsAt: InstantText,
    endsAt: InstantText,
    onPattern: Type.Boolean(),
    reasons: Type.Array(ReasonView),
  },
  closed,
)

export const Proposal = Type.Object(
  {
    proposalId: Type.String(),
    objective: Type.Object(
      { total: Type.Number(), unplaced: Type.Integer(), exceptions: Type.Integer(), soft: Type.Number() },
      closed,
    ),
    pattern: Type.Optional(
      Type.Object({ weekday: Type.Integer(), startTime: TimeText, timeZone: TimeZoneName }, closed),
    ),
    /** How many calendar items this becomes: 1 for one recurring event without singles. */
    events: Type.Array(
      Type.Object(
        {
          kind: Type.Union([Type.Literal('single'), Type.Literal('recurring')]),
          description: Type.String(),
          meetings: Type.Integer(),
          moved: Type.Integer(),
        },
        closed,
      ),
    ),
    meetings: Type.Array(ProposedMeeting),
    unplaced: Type.Array(Type.Object({ window: Type.Integer(), reasons: Type.Array(ReasonView) }, closed)),
  },
  closed,
)
export type Proposal = Static<typeof Proposal>

export const ProposalsView = Type.Object(
  {
    timeZone: TimeZoneName,
    windows: Type.Array(
      Type.Object(
        {
          from: DateText,
          to: DateText,
          purpose: Type.Optional(Type.String()),
          possibleStarts: Type.Integer(),
          reasons: Type.Array(ReasonView),
        },
        closed,
      ),
    ),
    proposals: Type.Array(Proposal),
    /** What was known of each person, and what was not. */
    people: Type.Array(
      Type.Object(
        {
          ...PersonSummary.properties,
          role: Type.Union([MentoringRole, Type.Literal('member')]),
          timeZone: TimeZoneName,
          sources: Type.Array(
            Type.Object(
              {
                label: Type.String(),
                state: Type.Union([Type.Literal('loaded'), Type.Literal('failed'), Type.Literal('unknown-codes')]),
                until: Type.Optional({ ...DateText, description: 'Where the entries of a schedule file end' }),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type ProposalsView = Static<typeof ProposalsView>
