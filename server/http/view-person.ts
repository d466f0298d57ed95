import type { PersonSummary } from '../../shared/api/common.ts'
import { type MentoringRole, personInRole } from '../../shared/domain/relationship.ts'
import type { Meeting, MentoringSeries, Participant } from '../../shared/domain/series.ts'
import type { PersonRecord } from '../store/people-repository.ts'

export const viewPerson = ({ id, displayName, email, jobTitle }: Omit<PersonRecord, 'tenantId'>): PersonSummary => ({
  personId: id,
  displayName,
  email,
  ...(jobTitle === undefined ? {} : { jobTitle }),
})

export const viewParticipant = (series: MentoringSeries, role: MentoringRole): PersonSummary => ({
  personId: personInRole(series, role),
  displayName: series.participants[role].name,
  email: series.participants[role].email,
})

const viewMember = ({ personId, name, email }: Participant): PersonSummary => ({ personId, displayName: name, email })

/** Members of a committee who said no to a meeting's date. */
export const viewAbsent = (
  { members = [] }: MentoringSeries,
  { absent }: Meeting,
): { readonly absent?: PersonSummary[] } =>
  absent ? { absent: members.filter(({ personId }) => absent.includes(personId)).map(viewMember) } : {}

/** Of a committee: who was invited beside its chair. */
export const viewMembers = ({ members }: MentoringSeries): { readonly members?: PersonSummary[] } =>
  members ? { members: members.map(viewMember) } : {}
