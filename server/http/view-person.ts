import type { PersonSummary } from '../../shared/api/common.ts'
import { type MentoringRole, personInRole } from '../../shared/domain/relationship.ts'
import type { MentoringSeries } from '../../shared/domain/series.ts'
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
