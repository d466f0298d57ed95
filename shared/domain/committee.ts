import { DomainError } from './errors.ts'
import type { PersonId } from './ids.ts'
import type { Relationship } from './relationship.ts'

/** Three to five people for one mentee, the chair among them. */
export const COMMITTEE_MEMBERS = { min: 2, max: 4 } as const

export const isCommittee = ({ memberIds }: Pick<Relationship, 'memberIds'>): boolean => memberIds !== undefined

export const isMember = ({ memberIds }: { readonly memberIds?: readonly string[] }, personId: string): boolean =>
  memberIds?.includes(personId) ?? false

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
  if (memberIds.length < min || memberIds.length > max) {
    faults.push({ path: 'memberIds', message: `needs ${min} to ${max} people beside the chair` })
  }
  if (faults.length === 0) return
  throw new DomainError('committee-not-possible', 'A committee is a chair and two to four other people.', faults)
}

/** The committee with other members. They are kept in the order in which they were named. */
export const withMembers = (committee: Relationship, memberIds: readonly PersonId[]): Relationship => ({
  ...committee,
  memberIds,
})
