import type { PersonId, ProgrammeId, RelationshipId, TenantId } from './ids.ts'
import type { Course, RelationshipState } from './lifecycle.ts'

export type DomainOfHelp = 'research' | 'clinical' | 'teaching' | 'leadership' | 'career' | 'work-life' | 'networking'

/** Mentor: long-term growth. Coach: one skill or obstacle, for weeks. Advisor: a recommendation, as needed. */
export type HelpAs = 'mentor' | 'coach' | 'advisor'

/** Ties beside mentoring that the two keep in sight. */
export type DualRole = 'supervises' | 'evaluates' | 'shares-project'

/** One mentee and one mentor, or a mentorship committee. The mentee owns it. Whatever is here is logistics: a coordinator may see it. */
export type Relationship = {
  readonly id: RelationshipId
  readonly tenantId: TenantId
  readonly menteeId: PersonId
  /** Of a committee: who chairs it, and acts for it where a mentor acts. */
  readonly mentorId: PersonId
  /** Of a mentorship committee: who sits on it beside the chair. */
  readonly memberIds?: readonly PersonId[]
  readonly domains: readonly DomainOfHelp[]
  readonly programmeId?: ProgrammeId
  readonly helpAs: HelpAs
  /** What else the mentor is to the mentee, as one of them declared it; known to the two alone. */
  readonly dualRoles?: readonly DualRole[]
  /** Changed by `advance` alone; see lifecycle.ts. */
  readonly state: RelationshipState
  readonly course: Course
  /** Calendar date on which the clocks look at it next; none once it is over. */
  readonly checkOn?: string
  /** Fingerprint of the request that made it: a repeat is recognised, another body under the same id refused. */
  readonly requestHash?: string
  /** RFC 3339. */
  readonly createdAt: string
}

export type MentoringRole = 'mentee' | 'mentor'

type Pair = Pick<Relationship, 'menteeId' | 'mentorId'>

/** What a person is in a relationship, or nothing. */
export function roleIn(
  relationship: { readonly menteeId: string; readonly mentorId: string },
  personId: string,
): MentoringRole | undefined {
  if (relationship.menteeId === personId) return 'mentee'
  if (relationship.mentorId === personId) return 'mentor'
  return undefined
}

export function personInRole(relationship: Pair, role: MentoringRole): PersonId {
  return role === 'mentee' ? relationship.menteeId : relationship.mentorId
}
