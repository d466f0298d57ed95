import { type Static, Type } from 'typebox'
import { closed, DateText, InstantText, Uuid } from './common.ts'

/** PUT /api/relationships/{relationshipId}/goals/{goalId}. `revision`: the one you saw; left out when new. */
export const GoalBody = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 500 }),
    horizon: Type.Enum(['short', 'intermediate', 'long']),
    measure: Type.Optional(Type.String({ maxLength: 1000, description: 'How we will know' })),
    dueDate: Type.Optional(DateText),
    state: Type.Enum(['open', 'reached', 'dropped']),
    revision: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
)
export type GoalBody = Static<typeof GoalBody>
export const GoalView = Type.Object(
  {
    goalId: Uuid,
    title: Type.String(),
    horizon: GoalBody.properties.horizon,
    measure: Type.Optional(Type.String()),
    dueDate: Type.Optional(DateText),
    state: GoalBody.properties.state,
    revision: Type.Integer(),
    updatedAt: InstantText,
  },
  closed,
)
export type GoalView = Static<typeof GoalView>
export const GoalList = Type.Object({ goals: Type.Array(GoalView) }, closed)
export type GoalList = Static<typeof GoalList>
