import type { PersonId, ProgrammeId, RelationshipId, TenantId } from './ids.ts'

export type DomainOfHelp = 'research' | 'clinical' | 'teaching' | 'leadership' | 'career' | 'work-life' | 'networking'

/** Lifecycle of a pair; draft and invited come before our store knows of it. */
export type RelationshipState =
  | 'assigned'
  | 'forming'
  | 'active'
  | 'stalled'
  | 'paused'
  | 'reviewing'
  | 'transition'
  | 'ended'
  | 'informal'

/** One mentee and one mentor. The mentee owns it. */
export type Relationship = {
  readonly id: RelationshipId
  readonly tenantId: TenantId
  readonly menteeId: PersonId
  readonly mentorId: PersonId
  readonly domains: readonly DomainOfHelp[]
  readonly programmeId?: ProgrammeId
  readonly state: RelationshipState
  /** RFC 3339. */
  readonly createdAt: string
}

export type MentoringRole = 'mentee' | 'mentor'

type Pair = Pick<Relationship, 'menteeId' | 'mentorId'>

/** What a person is in a relationship, or nothing. */
export function roleIn(relationship: Pair, personId: string): MentoringRole | undefined {
  if (relationship.menteeId === personId) return 'mentee'
  if (relationship.mentorId === personId) return 'mentor'
  return undefined
}

export function personInRole(relationship: Pair, role: MentoringRole): PersonId {
  return role === 'mentee' ? relationship.menteeId : relationship.mentorId
}
