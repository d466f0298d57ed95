import { DomainError } from './errors.ts'
import type { Relationship } from './relationship.ts'

/** Three to five people for one mentee, the chair among them. */
export const COMMITTEE_MEMBERS = { min: 2, max: 4 } as const

export const isCommittee = ({ memberIds }: Pick<Relationship, 'memberIds'>): boolean => memberIds !== undefined

export const isMember = ({ memberIds }: { readonly memberIds?: readonly string[] }, personId: string): boolean =>
  memberIds?.includes(personId) ?? false

/** Whether so many people can sit on a committee beside its chair. */
export const hasRightSize = ({ length }: { readonly length: number }): boolean =>
  length >= COMMITTEE_MEMBERS.min && length <= COMMITTEE_MEMBERS.max

/**
 * The members of a committee beside its chair, checked.
 * @throws DomainError `committee-not-possible` with the place of the fault
 */
export function assertMembers(
  memberIds: readonly string[],
  { menteeId, mentorId }: { readonly menteeId: string; readonly mentorId: string },
): void {
  const { min, max } = COMMITTEE_MEMBERS
  const faults = memberIds.flatMap((id, index) => {
    const path = `memberIds[${index}]`
    if (id === menteeId) return [{ path, message: 'is the mentee' }]
    if (id === mentorId) return [{ path, message: 'is the chair' }]
    return memberIds.indexOf(id) < index ? [{ path, message: 'is named twice' }] : []
  })
  if (!hasRightSize(memberIds)) {
    faults.push({ path: 'memberIds', message: `needs ${min} to ${max} people beside the chair` })
  }
  if (faults.length === 0) return
  throw new DomainError('committee-not-possible', 'A committee is a chair and two to four other people.', faults)
}
