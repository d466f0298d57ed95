import { type Static, Type } from 'typebox'
import { COMMITTEE_MEMBERS } from '../domain/committee.ts'
import { RELATIONSHIP_STATES } from '../domain/lifecycle.ts'
import { closed, Members, PersonSummary, Uuid } from './common.ts'

export const Domain = Type.Enum(
  ['research', 'clinical', 'teaching', 'leadership', 'career', 'work-life', 'networking'],
  { description: 'Domain of help' },
)
export type Domain = Static<typeof Domain>

export const HelpAs = Type.Enum(['mentor', 'coach', 'advisor'], {
  description: 'Mentor: long-term growth. Coach: one skill, for weeks. Advisor: a recommendation, as needed',
})

const MemberIds = Type.Array(Type.String({ format: 'uuid' }), {
  minItems: COMMITTEE_MEMBERS.min,
  maxItems: COMMITTEE_MEMBERS.max,
  uniqueItems: true,
  description: 'Makes it a mentorship committee: Entra object ids of those who sit on it beside the chair',
})

/** PUT /api/relationships/{relationshipId}/members: who sits on a committee beside its chair. */
export const MembersBody = Type.Object({ memberIds: MemberIds }, closed)
export type MembersBody = Static<typeof MembersBody>

/** PUT /api/relationships/{relationshipId}: pairs a mentee with a mentor. Repeating it changes nothing. */
export const RelationshipBody = Type.Object(
  {
    menteeId: Type.String({ format: 'uuid', description: 'Entra object id of the mentee' }),
    mentorId: Type.String({
      format: 'uuid',
      description: 'Entra object id of the mentor; of a committee, of its chair',
    }),
    memberIds: Type.Optional(MemberIds),
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
    members: Type.Optional(Members),
    domains: Type.Array(Domain),
    programmeId: Type.Optional(Type.String()),
    state: RelationshipState,
    /** What the signed-in person is here. */
    myRole: Type.Union([
      Type.Literal('mentee'),
      Type.Literal('mentor'),
      Type.Literal('member'),
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
