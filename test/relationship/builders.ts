import { asId, type PersonId, type RelationshipId, type TenantId } from '../../shared/domain/ids.ts'
import type { Moment } from '../../shared/domain/lifecycle.ts'
import type { Relationship } from '../../shared/domain/relationship.ts'

/** Linked by the programme on 1 March 2027, a Monday. */
export const aPair = (rest: Partial<Relationship> = {}): Relationship => ({
  id: asId<RelationshipId>('7c1f0f0a-0b60-4d7e-9a53-0c7f3d9b0a11'),
  tenantId: asId<TenantId>('tenant'),
  menteeId: asId<PersonId>('mentee'),
  mentorId: asId<PersonId>('mentor'),
  domains: [],
  helpAs: 'mentor',
  state: 'assigned',
  course: { assignedAt: '2027-03-01T15:00:00Z' },
  createdAt: '2027-03-01T15:00:00Z',
  ...rest,
})

/** Three in the afternoon, UTC, of a date. */
export const on = (today: string): Moment => ({ now: `${today}T15:00:00Z`, today })
