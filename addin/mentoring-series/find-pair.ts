import type { Me } from '../../shared/api/me.ts'
import type { RelationshipBody, RelationshipView } from '../../shared/api/relationships.ts'
import type { Partner } from './plan-draft.ts'

/** The pair that a draft is about, if it exists already: somebody found by search may be an old acquaintance. */
export function findPair(
  partner: Partner,
  relationships: readonly RelationshipView[],
  myPersonId: string,
): RelationshipView | undefined {
  if (partner.kind === 'pair') {
    return relationships.find(({ relationshipId }) => relationshipId === partner.relationshipId)
  }
  const otherRole = partner.myRole === 'mentee' ? 'mentor' : 'mentee'
  return relationships.find(
    (pair) => pair[partner.myRole].personId === myPersonId && pair[otherRole].personId === partner.person?.personId,
  )
}

/** The pair to make, inside the programme of both where there is no doubt which. */
export function relationshipBodyOf(partner: Partner, { person: me }: Me): RelationshipBody | undefined {
  if (partner.kind !== 'someone' || !partner.person) return undefined
  const [programmeId, ...others] = partner.person.programmeIds
  const [menteeId, mentorId] =
    partner.myRole === 'mentee' ? [me.personId, partner.person.personId] : [partner.person.personId, me.personId]
  const helpAs = partner.helpAs === undefined ? {} : { helpAs: partner.helpAs }
  return { menteeId, mentorId, ...helpAs, ...(programmeId !== undefined && others.length === 0 ? { programmeId } : {}) }
}
