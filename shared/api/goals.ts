import { type Static, Type } from 'typebox'
import { closed, DateText, InstantText, MentoringRole, Uuid } from './common.ts'

/** PUT /api/relationships/{relationshipId}/goals/{goalId}. `revision`: the one you saw; left out when new. */
export const GoalBody = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 500 }),
    horizon: Type.Enum(['short', 'intermediate', 'long']),
    measure: Type.Optional(Type.String({ maxLength: 1000, description: 'How we will know' })),
    dueDate: Type.Optional(DateText),
    barriers: Type.Optional(Type.String({ maxLength: 1000, description: 'What stands in the way' })),
    state: Type.Enum(['open', 'reached', 'dropped']),
    why: Type.Optional(
      Type.String({ minLength: 1, maxLength: 500, description: 'Why it changes; kept in the history' }),
    ),
    revision: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
)
export type GoalBody = Static<typeof GoalBody>
const GoalChange = Type.Object(
  {
    at: InstantText,
    by: MentoringRole,
    kind: Type.Enum(['changed', 'pivoted', 'reached', 'dropped', 'reopened']),
    was: Type.Object(
      {
        title: Type.Optional(Type.String()),
        horizon: Type.Optional(Type.String()),
        measure: Type.Optional(Type.String()),
        dueDate: Type.Optional(Type.String()),
        barriers: Type.Optional(Type.String()),
        state: Type.Optional(Type.String()),
      },
      { ...closed, description: 'What the changed fields said before; empty where one said nothing' },
    ),
    why: Type.Optional(Type.String()),
  },
  closed,
)
export const GoalView = Type.Object(
  {
    goalId: Uuid,
    title: Type.String(),
    horizon: GoalBody.properties.horizon,
    measure: Type.Optional(Type.String()),
    dueDate: Type.Optional(DateText),
    barriers: Type.Optional(Type.String()),
    state: GoalBody.properties.state,
    history: Type.Array(GoalChange, { description: 'Oldest first' }),
    revision: Type.Integer(),
    updatedAt: InstantText,
  },
  closed,
)
export type GoalView = Static<typeof GoalView>
export const GoalList = Type.Object({ goals: Type.Array(GoalView) }, closed)
export type GoalList = Static<typeof GoalList>
