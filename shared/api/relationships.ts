import { type Static, Type } from 'typebox'
import { RELATIONSHIP_STATES } from '../domain/lifecycle.ts'
import { closed, PersonSummary, Uuid } from './common.ts'

export const Domain = Type.Enum(
  ['research', 'clinical', 'teaching', 'leadership', 'career', 'work-life', 'networking'],
  { description: 'Domain of help' },
)
export type Domain = Static<typeof Domain>

export const HelpAs = Type.Enum(['mentor', 'coach', 'advisor'], {
  description: 'Mentor: long-term growth. Coach: one skill, for weeks. Advisor: a recommendation, as needed',
})

/** PUT /api/relationships/{relationshipId}: pairs a mentee with a mentor. Repeating it changes nothing. */
export const RelationshipBody = Type.Object(
  {
    menteeId: Type.String({ format: 'uuid', description: 'Entra object id of the mentee' }),
    mentorId: Type.String({ format: 'uuid', description: 'Entra object id of the mentor' }),
    domains: Type.Optional(Type.Array(Domain, { uniqueItems: true, maxItems: 7 })),
    helpAs: Type.Optional(HelpAs),
    programmeId: Type.Optional(
      Type.String({ maxLength: 64, description: 'Both belong to it, unless a coordinator pairs them' }),
    ),
  },
  closed,
)
export type RelationshipBody = Static<typeof RelationshipBody>

export const RelationshipState = Type.Enum([...RELATIONSHIP_STATES])

export const RelationshipView = Type.Object(
  {
    relationshipId: Uuid,
    mentee: PersonSummary,
    mentor: PersonSummary,
    domains: Type.Array(Domain),
    programmeId: Type.Optional(Type.String()),
    state: RelationshipState,
    /** What the signed-in person is here. */
    myRole: Type.Union([
      Type.Literal('mentee'),
      Type.Literal('mentor'),
      Type.Literal('assistant'),
      Type.Literal('coordinator'),
    ]),
    seriesIds: Type.Array(Uuid),
  },
  closed,
)
export type RelationshipView = Static<typeof RelationshipView>
export const RelationshipList = Type.Object({ relationships: Type.Array(RelationshipView) }, closed)
export type RelationshipList = Static<typeof RelationshipList>
