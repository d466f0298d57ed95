import { type Static, Type } from 'typebox'
import { closed, InstantText, PersonSummary } from './common.ts'

/** GET /api/relationships/{relationshipId}/access-log: who read or changed what a pair wrote, newest first. */
export const AccessLog = Type.Object(
  {
    entries: Type.Array(
      Type.Object(
        {
          at: InstantText,
          by: Type.Optional(PersonSummary),
          outcome: Type.Enum(['read', 'changed', 'refused']),
          things: Type.Array(Type.String(), { description: 'Kinds of content, e.g. goals' }),
        },
        closed,
      ),
    ),
    before: Type.Optional(Type.Integer({ description: 'Where older entries go on' })),
  },
  closed,
)
export type AccessLog = Static<typeof AccessLog>
export const AccessLogQuery = Type.Object(
  { before: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,9}$' })) },
  closed,
)
