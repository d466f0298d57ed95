import type { Relationship } from '../../shared/domain/relationship.ts'
import type { DocumentStore, StoredDocument } from './document-store.ts'
import { DuplicateKeyError, StaleRevisionError, type Write } from './document-store.ts'
import type { AtRevision } from './work-repository.ts'

/** The clocks are looked at every minute: whoever waits longer is next. */
const DUE_AT_ONCE = 200

type Stored = StoredDocument & Relationship
/** By which a member of a committee finds it; written together with the committee alone. */
type Seat = StoredDocument & { readonly tenantId: string; readonly personId: string; readonly relationshipId: string }
const SEATS = 'committeeSeats'

export interface RelationshipRepository {
  /** False when the id is taken. */
  add(relationship: Relationship): Promise<boolean>
  find(tenantId: string, relationshipId: string): Promise<Relationship | undefined>
  findAtRevision(tenantId: string, relationshipId: string): Promise<AtRevision<Relationship> | undefined>
  /** Writes when the revision still is the one read; answers whether it did. */
  save(relationship: Relationship, rev: number): Promise<boolean>
  /** The same where the members of a committee change. */
  saveMembers(committee: Relationship, rev: number): Promise<boolean>
  /** Every relationship in which the person is mentee or mentor, and every committee on which they sit. */
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
  await store.define(SEATS, [
    { name: 'byPerson', fields: ['tenantId', 'personId'] },
    { name: 'byRelationship', fields: ['relationshipId'] },
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
        await store.atomically([
          { kind: 'insert', collection: 'relationships', document: relationship },
          ...seatsOf(relationship).map(insertSeat),
        ])
        return true
      } catch (error) {
        if (error instanceof DuplicateKeyError) return false
        throw error
      }
    },
    find: async (tenantId, relationshipId) => (await findAtRevision(tenantId, relationshipId))?.value,
    findAtRevision,
    save: (relationship, rev) => store.replaceIf<Stored>('relationships', rev, relationship),
    async saveMembers(committee, rev) {
      const seated = await store.find<Seat>(SEATS, { relationshipId: committee.id })
      const wanted = seatsOf(committee)
      const isWanted = new Set(wanted.map(({ id }) => id))
      const isSeated = new Set(seated.map(({ id }) => id))
      try {
        await store.atomically([
          { kind: 'replaceIf', collection: 'relationships', rev, document: committee },
          ...wanted.filter(({ id }) => !isSeated.has(id)).map(insertSeat),
          ...seated
            .filter(({ id }) => !isWanted.has(id))
            .map((seat): Write => ({ kind: 'removeIf', collection: SEATS, id: seat.id, rev: seat.rev })),
        ])
        return true
      } catch (error) {
        // Seats change only together with their committee, so one that is there or gone tells of a newer revision.
        if (error instanceof StaleRevisionError || error instanceof DuplicateKeyError) return false
        throw error
      }
    },
    async listOf(tenantId, personId) {
      const asMentee = await store.find<Stored>('relationships', { tenantId, menteeId: personId })
      const asMentor = await store.find<Stored>('relationships', { tenantId, mentorId: personId })
      const seats = await store.find<Seat>(SEATS, { tenantId, personId })
      const asMember = await Promise.all(
        seats.map(({ relationshipId }) => store.get<Stored>('relationships', relationshipId)),
      )
      return [...asMentee, ...asMentor, ...asMember.filter((one) => one !== undefined)].map(plain)
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

type NewSeat = Omit<Seat, 'rev'>

const seatsOf = ({ id, tenantId, memberIds = [] }: Relationship): readonly NewSeat[] =>
  memberIds.map((personId) => ({ id: `${id}|${personId}`, tenantId, personId, relationshipId: id }))

const insertSeat = (document: NewSeat): Write => ({ kind: 'insert', collection: SEATS, document })
