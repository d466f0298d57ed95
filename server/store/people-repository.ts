import type { MentorSkill } from '../../shared/templates/mentor-skills.ts'
import type { DocumentStore, StoredDocument } from './document-store.ts'
import { DuplicateKeyError } from './document-store.ts'

/** What we remember of a person between visits; the directory stays the truth. */
export type PersonRecord = {
  /** Entra object id. */
  readonly id: string
  readonly tenantId: string
  readonly displayName: string
  readonly email: string
  readonly jobTitle?: string
  /** Mentees a mentor takes on at most; 6 unless told. */
  readonly capacity?: number
  /** What they say they offer as a mentor. */
  readonly skills?: readonly MentorSkill[]
}
export type MembershipRole = 'mentor' | 'mentee' | 'coordinator' | 'leadership'
type StoredPerson = StoredDocument & PersonRecord
type Assistant = StoredDocument & {
  readonly tenantId: string
  readonly principalId: string
  readonly assistantId: string
}
export type Membership = {
  readonly tenantId: string
  readonly programmeId: string
  readonly personId: string
  readonly role: MembershipRole
}
type StoredMembership = StoredDocument & Membership

export interface PeopleRepository {
  /** Fields that `person` lacks keep their value. Does nothing where another tenant has somebody under this id. */
  remember(person: PersonRecord): Promise<void>
  /** For a record of lesser authority than the directory: does nothing where there is one. */
  rememberStranger(person: PersonRecord): Promise<void>
  find(tenantId: string, personId: string): Promise<PersonRecord | undefined>
  findByEmail(tenantId: string, email: string): Promise<PersonRecord | undefined>
  list(tenantId: string, personIds: readonly string[]): Promise<readonly PersonRecord[]>
  nameAssistant(tenantId: string, principalId: string, assistantId: string): Promise<void>
  /** Does nothing where they are no assistant. */
  dismissAssistant(tenantId: string, principalId: string, assistantId: string): Promise<void>
  listAssistants(tenantId: string, principalId: string): Promise<readonly string[]>
  /** People whose calendars `assistantId` manages. */
  listPrincipals(tenantId: string, assistantId: string): Promise<readonly string[]>
  join(membership: Membership): Promise<void>
  /** Does nothing where they are no member in that role. */
  leave(membership: Membership): Promise<void>
  listMemberships(tenantId: string, personId: string): Promise<readonly Membership[]>
  listMembers(tenantId: string, programmeId: string): Promise<readonly Membership[]>
}

export async function peopleRepository(store: DocumentStore): Promise<PeopleRepository> {
  await store.define('people', [{ name: 'byEmail', fields: ['tenantId', 'email'] }])
  await store.define('assistants', [
    { name: 'byAssistant', fields: ['tenantId', 'assistantId'] },
    { name: 'byPrincipal', fields: ['tenantId', 'principalId'] },
  ])
  await store.define('memberships', [
    { name: 'byPerson', fields: ['tenantId', 'personId'] },
    { name: 'byProgramme', fields: ['tenantId', 'programmeId'] },
  ])
  const insertOnce = async (collection: string, document: { readonly id: string }) => {
    try {
      await store.insert(collection, document)
    } catch (error) {
      if (!(error instanceof DuplicateKeyError)) throw error
    }
  }
  const removeOwn = async (collection: string, tenantId: string, id: string): Promise<void> => {
    const stored = await store.get<StoredDocument & { readonly tenantId: string }>(collection, id)
    // These are never replaced, so a revision that is stale means that somebody else removed it.
    if (stored?.tenantId === tenantId) await store.removeIf(collection, id, stored.rev)
  }

  const repository: PeopleRepository = {
    async remember(person) {
      const document = { ...person, email: person.email.toLowerCase() }
      await insertOnce('people', document)
      const stored = await store.get<StoredPerson>('people', person.id)
      if (stored?.tenantId !== person.tenantId) return
      const { rev, ...known } = stored
      const merged = { ...known, ...document }
      if (JSON.stringify(merged) === JSON.stringify(known)) return
      // Whoever was faster may have set another field: what they set stays.
      if (!(await store.replaceIf('people', rev, merged))) await repository.remember(person)
    },
    rememberStranger(person) {
      const document = { ...person, email: person.email.toLowerCase() }
      return insertOnce('people', document)
    },
    async find(tenantId, personId) {
      const stored = await store.get<StoredPerson>('people', personId)
      return stored?.tenantId === tenantId ? viewPerson(stored) : undefined
    },
    async findByEmail(tenantId, email) {
      const [stored] = await store.find<StoredPerson>('people', { tenantId, email: email.toLowerCase() }, { limit: 1 })
      return stored && viewPerson(stored)
    },
    async list(tenantId, personIds) {
      const found = await Promise.all([...new Set(personIds)].map((id) => repository.find(tenantId, id)))
      return found.filter((person) => person !== undefined)
    },
    nameAssistant: (tenantId, principalId, assistantId) =>
      insertOnce('assistants', { id: `${principalId}|${assistantId}`, ...{ tenantId, principalId, assistantId } }),
    dismissAssistant: (tenantId, principalId, assistantId) =>
      removeOwn('assistants', tenantId, `${principalId}|${assistantId}`),
    async listAssistants(tenantId, principalId) {
      return (await store.find<Assistant>('assistants', { tenantId, principalId })).map((entry) => entry.assistantId)
    },
    async listPrincipals(tenantId, assistantId) {
      return (await store.find<Assistant>('assistants', { tenantId, assistantId })).map((entry) => entry.principalId)
    },
    join: (membership) => insertOnce('memberships', { id: membershipId(membership), ...membership }),
    leave: (membership) => removeOwn('memberships', membership.tenantId, membershipId(membership)),
    listMemberships: (tenantId, personId) => store.find<StoredMembership>('memberships', { tenantId, personId }),
    listMembers: (tenantId, programmeId) => store.find<StoredMembership>('memberships', { tenantId, programmeId }),
  }
  return repository
}

const membershipId = ({ programmeId, personId, role }: Membership): string => `${programmeId}|${personId}|${role}`

function viewPerson({ id, tenantId, displayName, email, jobTitle, capacity, skills }: StoredPerson): PersonRecord {
  return {
    id,
    tenantId,
    displayName,
    email,
    ...(jobTitle === undefined ? {} : { jobTitle }),
    ...(capacity === undefined ? {} : { capacity }),
    ...(skills === undefined ? {} : { skills }),
  }
}
