import { type DocumentStore, DuplicateKeyError, type StoredDocument } from './document-store.ts'

/** A calendar we are told about: the mailbox that series live in. Times are epoch milliseconds by the service's clock. */
export type WatchedMailbox = {
  /** `tenantId|personId` of its owner. */
  readonly id: string
  readonly subscriptionId: string
  /** Where its notices go. */
  readonly address: string
  /** Of the secret that notices of this subscription carry; the secret itself is not kept. */
  readonly secretHash: string
  readonly renewAt: number
  /** Where the next reading of changes goes on, and the end of the period it covers. */
  readonly changes?: { readonly token: string; readonly until: number }
}
type Stored = StoredDocument & WatchedMailbox
export type WatchedAtRevision = { readonly watched: WatchedMailbox; readonly rev: number }

/** What is known to have happened in a mailbox and was not looked at yet. */
export type PendingChanges = {
  readonly eventIds: readonly string[]
  readonly isEverything: boolean
  readonly rev: number
}
type StoredChanges = StoredDocument & Omit<PendingChanges, 'rev'> & { readonly isPending: true }

/** More than that is looked at as a whole. */
const EVENT_IDS_MAX = 200
const TRIES = 20
const SWEEP = 'sweep'

export interface WatchRepository {
  find(id: string): Promise<WatchedAtRevision | undefined>
  findBySubscription(subscriptionId: string): Promise<WatchedMailbox | undefined>
  listDue(now: number): Promise<readonly WatchedMailbox[]>
  /** @param rev of the record that it replaces; absent for a new one. False when somebody else was faster. */
  save(watched: WatchedMailbox, rev: number | undefined): Promise<boolean>
  remove(id: string, rev: number): Promise<boolean>
  /** Keeps what there is to look at, in one write however much it is; told again, it changes nothing but the revision. */
  noteChanges(id: string, eventIds: readonly string[] | 'everything'): Promise<void>
  findChanges(id: string): Promise<PendingChanges | undefined>
  /** Forgets what was looked at; false when more came meanwhile. */
  settleChanges(id: string, rev: number): Promise<boolean>
  listPending(): Promise<readonly string[]>
  /** True for one of many callers when the last sweep is `everyMs` ago, or was made at another address. */
  takeSweep(now: number, everyMs: number, address: string): Promise<boolean>
}

export async function watchRepository(store: DocumentStore): Promise<WatchRepository> {
  await store.define('watchedMailboxes', [
    { name: 'bySubscription', fields: ['subscriptionId'] },
    { name: 'byRenewal', fields: ['renewAt'] },
  ])
  await store.define('calendarChanges', [{ name: 'pending', fields: ['isPending'] }])
  await store.define('watchSweeps', [])
  const plain = ({ rev: _, ...watched }: Stored): WatchedMailbox => watched
  const insertNew = async <T extends StoredDocument>(
    collection: string,
    document: Omit<T, 'rev'>,
  ): Promise<boolean> => {
    try {
      await store.insert<T>(collection, document)
      return true
    } catch (error) {
      if (error instanceof DuplicateKeyError) return false
      throw error
    }
  }
  return {
    async find(id) {
      const stored = await store.get<Stored>('watchedMailboxes', id)
      return stored && { watched: plain(stored), rev: stored.rev }
    },
    async findBySubscription(subscriptionId) {
      const [stored] = await store.find<Stored>('watchedMailboxes', { subscriptionId }, { limit: 1 })
      return stored && plain(stored)
    },
    async listDue(now) {
      return (await store.find<Stored>('watchedMailboxes', { renewAt: { lte: now } })).map(plain)
    },
    save: (watched, rev) =>
      rev === undefined
        ? insertNew<Stored>('watchedMailboxes', watched)
        : store.replaceIf<Stored>('watchedMailboxes', rev, watched),
    remove: (id, rev) => store.removeIf('watchedMailboxes', id, rev),
    async noteChanges(id, eventIds) {
      for (let tries = 0; tries < TRIES; tries++) {
        const stored = await store.get<StoredChanges>('calendarChanges', id)
        const next = withChanges(id, stored, eventIds)
        const isNoted = stored
          ? await store.replaceIf<StoredChanges>('calendarChanges', stored.rev, next)
          : await insertNew<StoredChanges>('calendarChanges', next)
        if (isNoted) return
      }
      throw new Error('Changes of a calendar could not be noted: others keep noting theirs.')
    },
    findChanges: (id) => store.get<StoredChanges>('calendarChanges', id),
    settleChanges: (id, rev) => store.removeIf('calendarChanges', id, rev),
    async listPending() {
      return (await store.find<StoredChanges>('calendarChanges', { isPending: true })).map(({ id }) => id)
    },
    async takeSweep(now, everyMs, address) {
      type Sweep = StoredDocument & { readonly at: number; readonly address: string }
      const last = await store.get<Sweep>('watchSweeps', SWEEP)
      if (!last) return insertNew<Sweep>('watchSweeps', { id: SWEEP, at: now, address })
      // A clock that was set back does not stop it for long.
      if (Math.abs(now - last.at) < everyMs && last.address === address) return false
      return store.replaceIf<Sweep>('watchSweeps', last.rev, { id: SWEEP, at: now, address })
    },
  }
}

function withChanges(
  id: string,
  stored: StoredChanges | undefined,
  eventIds: readonly string[] | 'everything',
): Omit<StoredChanges, 'rev'> {
  const known = new Set([...(stored?.eventIds ?? []), ...(eventIds === 'everything' ? [] : eventIds)])
  const isEverything = eventIds === 'everything' || stored?.isEverything === true || known.size > EVENT_IDS_MAX
  return { id, isPending: true, eventIds: isEverything ? [] : [...known], isEverything }
}
