import type { RelationshipView } from '../api/relationships.ts'
import { relationshipPath } from './relationship-path.ts'
import type { Send } from './send.ts'

/** Who sits on a mentorship committee beside its chair. */
export const committeeCalls = (send: Send) => ({
  putMembers: (relationshipId: string, memberIds: readonly string[]) =>
    send<RelationshipView>(`${relationshipPath(relationshipId)}/members`, { method: 'PUT', body: { memberIds } }),
  leaveCommittee: (relationshipId: string) =>
    send<void>(`${relationshipPath(relationshipId)}/members/me`, { method: 'DELETE' }),
})
