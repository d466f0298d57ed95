import type { Relationship } from '../../shared/domain/relationship.ts'
import type { DocumentStore, StoredDocument } from './document-store.ts'
import { DuplicateKeyError } from './document-store.ts'
import type { AtRevision } from './work-repository.ts'

/** The clocks are looked at every minute: whoever waits longer is next. */
const DUE_AT_ONCE = 200

type Stored = StoredDocument & Relationship

export interface RelationshipRepository {
  /** False when the id is taken. */
  add(relationship: Relationship): Promise<boolean>
  find(tenantId: string, relationshipId: string): Promise<Relationship | undefined>
  findAtRevision(tenantId: string, relationshipId: string): Promise<AtRevision<Relationship> | undefined>
  /** Writes when the revision still is the one read; answers whether it did. */
  save(relationship: Relationship, rev: number): Promise<boolean>
  /** Every relationship in which the person is mentee or mentor. */
  listOf(tenantId: string, personId: string): Promise<readonly Relationship[]>
  listOfProgramme(tenantId: string, programmeId: string): Promise<readonly Relationship[]>
  /** Pairs of every tenant that the clocks look at on this calendar date or before; the longest waiting, some at a time. */
  listDue(today: string): Promise<readonly Relationship[]>
}

export async function relationshipRepository(store: DocumentStore): Promise<RelationshipRepository> {
  await store.define('relationships', [
    { name: 'byMentee', fields: ['tenantId', 'menteeId'] },
    { name: 'byMentor', fields: ['tenantId', 'mentorId'] },
    { name: 'byProgramme', fields: ['tenantId', 'programmeId'] },
    { name: 'byCheck', fields: ['checkOn'] },
  ])
  // Pairs that an earlier version stored were all mentoring and had no course yet.
  const plain = ({ rev: _, ...stored }: Stored): Relationship => ({
    ...stored,
    helpAs: stored.helpAs ?? 'mentor',
    course: stored.course ?? {},
  })
  const findAtRevision: RelationshipRepository['findAtRevision'] = async (tenantId, relationshipId) => {
    const stored = await store.get<Stored>('relationships', relationshipId)
    return stored?.tenantId === tenantId ? { value: plain(stored), rev: stored.rev } : undefined
  }
  return {
    async add(relationship) {
      try {
        await store.insert<Stored>('relationships', relationship)
        return true
      } catch (error) {
        if (error instanceof DuplicateKeyError) return false
        throw error
      }
    },
    find: async (tenantId, relationshipId) => (await findAtRevision(tenantId, relationshipId))?.value,
    findAtRevision,
    save: (relationship, rev) => store.replaceIf<Stored>('relationships', rev, relationship),
    async listOf(tenantId, personId) {
      const asMentee = await store.find<Stored>('relationships', { tenantId, menteeId: personId })
      const asMentor = await store.find<Stored>('relationships', { tenantId, mentorId: personId })
      return [...asMentee, ...asMentor].map(plain)
    },
    async listOfProgramme(tenantId, programmeId) {
      return (await store.find<Stored>('relationships', { tenantId, programmeId })).map(plain)
    },
    async listDue(today) {
      const options = { sort: ['checkOn'], limit: DUE_AT_ONCE }
      return (await store.find<Stored>('relationships', { checkOn: { lte: today } }, options)).map(plain)
    },
  }
}
