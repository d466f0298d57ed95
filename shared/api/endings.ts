import { type Static, Type } from 'typebox'
import { ENDING_FORMS } from '../domain/ending.ts'
import { closed, InstantText } from './common.ts'

const Form = Type.Enum([...ENDING_FORMS])
const Words = Type.String({ maxLength: 4000 })

/** PUT /api/relationships/{relationshipId}/ending/part: one's own part, in place of before. */
export const EndingPart = Type.Object(
  {
    wish: Type.Optional(Form),
    steps: Type.Array(Type.Enum(['tell', 'homework', 'thanks', 'learned', 'next-mentor', 'export']), {
      uniqueItems: true,
      maxItems: 6,
      description: 'What is done',
    }),
    thanks: Type.Optional({ ...Words, description: 'The other person reads it' }),
    learned: Type.Optional({ ...Words, description: 'Nobody else reads it' }),
    nextMentors: Type.Optional({ ...Words, description: 'Nobody else reads it' }),
  },
  closed,
)
export type EndingPart = Static<typeof EndingPart>

/** PUT /api/relationships/{relationshipId}/ending/settlement */
export const SettlementBody = Type.Object({ form: Form }, closed)
export type SettlementBody = Static<typeof SettlementBody>

export const EndingView = Type.Object(
  {
    mine: EndingPart,
    /** What the other shares. */
    theirs: Type.Object({ wish: Type.Optional(Form), thanks: Type.Optional(Type.String()) }, closed),
    openHomework: Type.Integer(),
    /** With a date to come; an end calls them off, other forms keep them. */
    meetingsAhead: Type.Integer(),
    settledAt: Type.Optional(InstantText),
    form: Type.Optional(Form),
    /** Of everything that the two wrote, once both agree after the end. */
    deletion: Type.Object(
      {
        iAgree: Type.Boolean(),
        theyAgree: Type.Boolean(),
        deletedAt: Type.Optional(InstantText),
      },
      closed,
    ),
  },
  closed,
)
export type EndingView = Static<typeof EndingView>
