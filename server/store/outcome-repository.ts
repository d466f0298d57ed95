import { DomainError } from '../../shared/domain/errors.ts'
import type { RelationshipId, TenantId } from '../../shared/domain/ids.ts'
import type { MeetingOutcome } from '../../shared/domain/meeting-outcome.ts'
import { type DocumentStore, DuplicateKeyError, type StoredDocument } from './document-store.ts'

type Stored = StoredDocument & MeetingOutcome

/** How meetings turned out: who says that they met, and why no next date is planned. Logistics, so not sealed. */
export interface OutcomeRepository {
  /** By meeting; nothing said yet is an outcome too. */
  get(of: Pick<MeetingOutcome, 'id' | 'tenantId' | 'relationshipId'>): Promise<MeetingOutcome>
  find(meetingId: string): Promise<MeetingOutcome | undefined>
  /** Outcomes of every tenant that settled by silence and were not taken note of. @param now RFC 3339 */
  listSettling(now: string): Promise<readonly MeetingOutcome[]>
  listOf(tenantId: TenantId, relationshipId: RelationshipId): Promise<readonly MeetingOutcome[]>
  /**
   * Writes what `change` makes of the stored outcome; it runs again on what the other person wrote meanwhile.
   * @throws DomainError `edited-meanwhile`, and whatever `change` throws
   */
  update(
    of: Pick<MeetingOutcome, 'id' | 'tenantId' | 'relationshipId'>,
    change: (outcome: MeetingOutcome) => MeetingOutcome,
  ): Promise<MeetingOutcome>
}

/** Two people may confirm at the same moment; five tries are more than they need. */
const TRIES = 5

export async function outcomeRepository(store: DocumentStore): Promise<OutcomeRepository> {
  await store.define('meetingOutcomes', [
    { name: 'byRelationship', fields: ['tenantId', 'relationshipId'] },
    { name: 'bySettling', fields: ['settlesAt'] },
  ])
  const find = async (meetingId: string) => store.get<Stored>('meetingOutcomes', meetingId)
  const withoutRev = ({ rev: _, ...outcome }: Stored): MeetingOutcome => outcome

  return {
    async get({ id, tenantId, relationshipId }) {
      const stored = await find(id)
      return stored ? withoutRev(stored) : { id, tenantId, relationshipId, statements: {} }
    },
    async find(meetingId) {
      const stored = await find(meetingId)
      return stored && withoutRev(stored)
    },
    async listSettling(now) {
      return (await store.find<Stored>('meetingOutcomes', { settlesAt: { lte: now } })).map(withoutRev)
    },
    async listOf(tenantId, relationshipId) {
      return (await store.find<Stored>('meetingOutcomes', { tenantId, relationshipId })).map(withoutRev)
    },
    async update({ id, tenantId, relationshipId }, change) {
      for (let tries = 0; tries < TRIES; tries++) {
        const stored = await find(id)
        const before = stored ? withoutRev(stored) : { id, tenantId, relationshipId, statements: {} }
        const after = change(before)
        if (after === before) return before
        if (stored) {
          if (await store.replaceIf<Stored>('meetingOutcomes', stored.rev, after)) return after
        } else {
          try {
            await store.insert<Stored>('meetingOutcomes', after)
            return after
          } catch (error) {
            if (!(error instanceof DuplicateKeyError)) throw error
          }
        }
      }
      throw new DomainError('edited-meanwhile', 'The other person is saying something of it too; look at it again.')
    },
  }
}
