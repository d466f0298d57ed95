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
  // A committee is made anew; one that exists is among the pairs to choose from.
  if (partner.members) return undefined
  const otherRole = partner.myRole === 'mentee' ? 'mentor' : 'mentee'
  return relationships.find(
    (pair) =>
      !pair.members &&
      pair[partner.myRole].personId === myPersonId &&
      pair[otherRole].personId === partner.person?.personId,
  )
}

/** The pair or committee to make, inside the programme of all where there is no doubt which. */
export function relationshipBodyOf(partner: Partner, { person: me }: Me): RelationshipBody | undefined {
  if (partner.kind !== 'someone' || !partner.person) return undefined
  const { person, members } = partner
  const programmes = [person, ...(members ?? [])].map(({ programmeIds }) => programmeIds)
  const [programmeId, ...others] = person.programmeIds.filter((id) => programmes.every((ids) => ids.includes(id)))
  const [menteeId, mentorId] =
    partner.myRole === 'mentee' ? [me.personId, partner.person.personId] : [partner.person.personId, me.personId]
  const helpAs = partner.helpAs === undefined ? {} : { helpAs: partner.helpAs }
  const committee = members ? { memberIds: members.map(({ personId }) => personId) } : {}
  return {
    menteeId,
    mentorId,
    ...helpAs,
    ...committee,
    ...(programmeId !== undefined && others.length === 0 ? { programmeId } : {}),
  }
}
