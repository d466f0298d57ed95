import { PRACTICE_TENANT_ID } from '../server/practice/identity/constants.ts'
import type { Caller, RunningService } from './start-service.ts'

export type CastPerson = {
  readonly id: string
  readonly userPrincipalName: string
  readonly displayName: string
  readonly mail: string
  readonly kind: string
  /** Windows name. */
  readonly timeZone: string
  readonly appRoles: readonly string[]
}
export type CastPair = { readonly relationshipId: string; readonly mentee: CastPerson; readonly mentor: CastPerson }
/** Who plays in a test: drawn from the seeded department, so that tests name roles instead of people. */
export type Cast = {
  readonly people: readonly CastPerson[]
  readonly pairs: readonly CastPair[]
  readonly programmeId: string
  readonly tenantId: string
  readonly coordinator: Caller
  /** Signs a person in, once. */
  as(person: CastPerson): Promise<Caller>
}

export async function castOf({
  address,
  practiceAddress = address,
  as: signIn,
}: Pick<RunningService, 'address' | 'as'> & { readonly practiceAddress?: string }): Promise<Cast> {
  const people: readonly CastPerson[] = await (await fetch(`${practiceAddress}/practice/people`)).json()
  const callers = new Map<string, Promise<Caller>>()
  const as = (person: CastPerson) => {
    const known = callers.get(person.id) ?? signIn(person.userPrincipalName)
    callers.set(person.id, known)
    return known
  }
  const coordinatorPerson = people.find(({ appRoles }) => appRoles.includes('Coordinator'))!
  const coordinator = await as(coordinatorPerson)
  const programmeId: string = (await coordinator.get('/api/me')).body.programmes[0].programmeId
  const byId = new Map(people.map((person) => [person.id, person]))
  const rows: {
    relationshipId: string
    mentee: { personId: string }
    mentor: { personId: string }
    members?: unknown
  }[] = (await coordinator.get(`/api/programmes/${programmeId}/pairs`)).body.pairs
  const pairs = rows
    .filter(({ members }) => !members)
    .map(({ relationshipId, mentee, mentor }) => ({
      relationshipId,
      mentee: byId.get(mentee.personId)!,
      mentor: byId.get(mentor.personId)!,
    }))
  return { people, pairs, programmeId, tenantId: PRACTICE_TENANT_ID, coordinator, as }
}
