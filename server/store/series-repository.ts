import { Temporal } from 'temporal-polyfill'
import { heldTime, timeMovedTo } from '../../shared/domain/held-time.ts'
import { tendAt } from '../../shared/domain/meeting-fix.ts'
import { personInRole, type Relationship } from '../../shared/domain/relationship.ts'
import { type MentoringSeries, type Placed, participantsOf } from '../../shared/domain/series.ts'
import {
  type DocumentStore,
  DuplicateKeyError,
  StaleRevisionError,
  type StoredDocument,
  type Write,
} from './document-store.ts'
import { JOBS, type NewJob } from './job-repository.ts'
import type { AtRevision } from './work-repository.ts'

/** `tendAt` is drawn from the series at every write, so that what is due can be found. */
type Stored = StoredDocument & MentoringSeries & { readonly tendAt?: string }
/** A series with the revision it was read at. */
export type SeriesAtRevision = { readonly series: MentoringSeries; readonly rev: number }
type Claim = StoredDocument & {
  readonly tenantId: string
  readonly personId: string
  readonly at: string
  readonly seriesId: string
}
type NewClaim = Omit<Claim, 'rev'>
export type Hold = { readonly start: string; readonly end: string; readonly seriesId: string }

/** Claims are quarter hours: every zone's offset is a multiple of 15 minutes, and so are the starts the engine proposes. */
const CLAIM_MINUTES = 15
/** Tries when others claim time at the same moment. */
const TRIES = 5

export interface SeriesRepository {
  /**
   * Stores a new series, claims its people's time and leaves a job, all or nothing, and only while the pair is as it was
   * read: the pair is written, too, so that an end that is being written sees the series.
   * `id-taken`: the series id is used. `slot-claimed`: somebody else's series holds part of the time.
   */
  add(
    series: MentoringSeries,
    job: NewJob | undefined,
    pair: AtRevision<Relationship>,
  ): Promise<'added' | 'id-taken' | 'slot-claimed' | 'pair-changed'>
  find(tenantId: string, relationshipId: string, seriesId: string): Promise<SeriesAtRevision | undefined>
  get(seriesId: string): Promise<SeriesAtRevision | undefined>
  listOf(tenantId: string, relationshipId: string): Promise<readonly MentoringSeries[]>
  findByMeeting(tenantId: string, relationshipId: string, meetingId: string): Promise<MentoringSeries | undefined>
  listUnfinished(): Promise<readonly MentoringSeries[]>
  /** Writes when the revision still is the one read; answers whether it did. */
  save(series: MentoringSeries, rev: number, job?: NewJob): Promise<boolean>
  /**
   * The same after people changed their calendar by hand, all or nothing: the time that the series holds now is claimed,
   * as far as no other series holds it, and other time given back. People may put two meetings at one time.
   */
  saveFollowed(series: MentoringSeries, rev: number): Promise<boolean>
  /** Series in the calendar of one of their two people, in whatever state. */
  listOfOrganizer(tenantId: string, personId: string): Promise<readonly MentoringSeries[]>
  /** Series that are in a calendar. */
  listBooked(): Promise<readonly MentoringSeries[]>
  /**
   * The same, and all or nothing: time that meetings are being moved to is claimed, and what the series holds no more is
   * given back. `slot-claimed`: another series holds part of it, and nothing was written. Where people moved a meeting by
   * hand onto another one, there is nothing to claim.
   * @param pair where a meeting gets a new date: written, too, as by `add`
   */
  saveWithTime(
    series: MentoringSeries,
    rev: number,
    pair?: AtRevision<Relationship>,
  ): Promise<'saved' | 'changed-meanwhile' | 'slot-claimed'>
  /** Gives back the time that a series does not hold any more; repeating it does nothing. */
  settleTime(seriesId: string): Promise<void>
  /** Series of which a question ends at or before an instant. */
  listToTend(before: string): Promise<readonly MentoringSeries[]>
  /** Time that series hold of a person within [from, to), quarter hours joined. */
  listHolds(tenantId: string, personId: string, from: string, to: string): Promise<readonly Hold[]>
}

export async function seriesRepository(store: DocumentStore): Promise<SeriesRepository> {
  await store.define('series', [
    { name: 'byRelationship', fields: ['tenantId', 'relationshipId'] },
    { name: 'byState', fields: ['state'] },
    { name: 'byMentee', fields: ['tenantId', 'menteeId'] },
    { name: 'byMentor', fields: ['tenantId', 'mentorId'] },
    { name: 'byTendAt', fields: ['tendAt'] },
  ])
  await store.define('claims', [
    { name: 'bySlot', fields: ['tenantId', 'personId', 'at'], unique: true },
    { name: 'bySeries', fields: ['seriesId'] },
  ])
  const at = ({ rev, tendAt: _, ...series }: Stored): SeriesAtRevision => ({ series, rev })
  const claimsHeldBy = (seriesId: string) => store.find<Claim>('claims', { seriesId })

  const listOf = async (tenantId: string, relationshipId: string): Promise<readonly MentoringSeries[]> =>
    (await store.find<Stored>('series', { tenantId, relationshipId })).map((stored) => at(stored).series)

  async function listInStates(states: readonly MentoringSeries['state'][]): Promise<readonly MentoringSeries[]> {
    const found = await Promise.all(states.map((state) => store.find<Stored>('series', { state })))
    return found.flat().map((stored) => at(stored).series)
  }

  async function settleTime(seriesId: string): Promise<void> {
    const stored = await store.get<Stored>('series', seriesId)
    if (!stored) return
    const { series, rev } = at(stored)
    const isHeld = idsOf(claimsFor(series, heldTime(series)))
    const left = (await claimsHeldBy(seriesId)).filter(({ id }) => !isHeld.has(id))
    if (left.length === 0) return
    try {
      const same = { kind: 'replaceIf', collection: 'series', rev, document: toStore(series) } as const
      await store.atomically([same, ...left.map(removeClaim)])
    } catch (error) {
      if (!(error instanceof StaleRevisionError)) throw error
      await settleTime(seriesId)
    }
  }

  return {
    async add(series, job, pair) {
      const writes: Write[] = [
        { kind: 'insert', collection: 'series', document: toStore(series) },
        writePair(pair),
        ...claimsFor(series, heldTime(series)).map(insertClaim),
        ...(job ? [{ kind: 'insert', collection: JOBS, document: job } as const] : []),
      ]
      try {
        await store.atomically(writes)
        return 'added'
      } catch (error) {
        if (error instanceof StaleRevisionError) return 'pair-changed'
        if (!(error instanceof DuplicateKeyError)) throw error
        return error.collection === 'claims' ? 'slot-claimed' : 'id-taken'
      }
    },
    async find(tenantId, relationshipId, seriesId) {
      const stored = await store.get<Stored>('series', seriesId)
      return stored?.tenantId === tenantId && stored.relationshipId === relationshipId ? at(stored) : undefined
    },
    async get(seriesId) {
      const stored = await store.get<Stored>('series', seriesId)
      return stored && at(stored)
    },
    listOf,
    async findByMeeting(tenantId, relationshipId, meetingId) {
      const all = await listOf(tenantId, relationshipId)
      return all.find((series) => series.meetings.some((meeting) => meeting.id === meetingId))
    },
    async listUnfinished() {
      return listInStates(['booking', 'changing', 'cancelling'])
    },
    async save(series, rev, job) {
      if (!job) return store.replaceIf<Stored>('series', rev, toStore(series))
      try {
        await store.atomically([
          { kind: 'replaceIf', collection: 'series', rev, document: toStore(series) },
          { kind: 'insert', collection: JOBS, document: job },
        ])
        return true
      } catch (error) {
        if (error instanceof StaleRevisionError || error instanceof DuplicateKeyError) return false
        throw error
      }
    },
    async saveFollowed(series, rev) {
      const claimed = await claimsHeldBy(series.id)
      const held = claimsFor(series, heldTime(series))
      const [isHeld, isClaimed] = [idsOf(held), idsOf(claimed)]
      for (let tries = 0; tries < TRIES; tries++) {
        const missing = held.filter(({ id }) => !isClaimed.has(id))
        const taken = await Promise.all(missing.map(({ id }) => store.get<Claim>('claims', id)))
        const free = missing.filter((_, index) => taken[index] === undefined)
        try {
          await store.atomically([
            { kind: 'replaceIf', collection: 'series', rev, document: toStore(series) },
            ...claimed.filter(({ id }) => !isHeld.has(id)).map(removeClaim),
            ...free.map(insertClaim),
          ])
          return true
        } catch (error) {
          if (error instanceof StaleRevisionError) return false
          // Another booking took some of it this moment; look again who holds what.
          if (!(error instanceof DuplicateKeyError)) throw error
        }
      }
      return false
    },
    async listOfOrganizer(tenantId, personId) {
      const asMentee = await store.find<Stored>('series', { tenantId, menteeId: personId })
      const asMentor = await store.find<Stored>('series', { tenantId, mentorId: personId })
      return [...asMentee, ...asMentor]
        .map((stored) => at(stored).series)
        .filter((series) => personInRole(series, series.organizer) === personId)
    },
    async listBooked() {
      return listInStates(['booked', 'changing', 'needs-attention'])
    },
    async saveWithTime(series, rev, pair) {
      const claimed = await claimsHeldBy(series.id)
      const [isHeld, isClaimed] = [idsOf(claimsFor(series, heldTime(series))), idsOf(claimed)]
      const moving = claimsFor(series, series.meetings.flatMap(timeMovedTo))
      try {
        await store.atomically([
          { kind: 'replaceIf', collection: 'series', rev, document: toStore(series) },
          ...(pair ? [writePair(pair)] : []),
          ...moving.filter(({ id }) => !isClaimed.has(id)).map(insertClaim),
          ...claimed.filter(({ id }) => !isHeld.has(id)).map(removeClaim),
        ])
        return 'saved'
      } catch (error) {
        // Claims change only together with their series, so one of ours that went away tells of a newer revision.
        if (error instanceof StaleRevisionError) return 'changed-meanwhile'
        if (error instanceof DuplicateKeyError) return 'slot-claimed'
        throw error
      }
    },
    settleTime,
    async listToTend(before) {
      const due = await store.find<Stored>('series', { tendAt: { lte: before } })
      return due.map((stored) => at(stored).series)
    },
    async listHolds(tenantId, personId, from, to) {
      const claims = await store.find<Claim>(
        'claims',
        { tenantId, personId, at: { gte: from, lt: to } },
        { sort: ['at'] },
      )
      const holds: Hold[] = []
      for (const { at: start, seriesId } of claims) {
        const end = Temporal.Instant.from(start).add({ minutes: CLAIM_MINUTES }).toString()
        const last = holds.at(-1)
        if (last && last.end === start && last.seriesId === seriesId) holds[holds.length - 1] = { ...last, end }
        else holds.push({ start, end, seriesId })
      }
      return holds
    },
  }
}

const writePair = ({ value: document, rev }: AtRevision<Relationship>): Write => ({
  kind: 'replaceIf',
  collection: 'relationships',
  rev,
  document,
})
const insertClaim = (document: NewClaim): Write => ({ kind: 'insert', collection: 'claims', document })
const removeClaim = ({ id, rev }: Claim): Write => ({ kind: 'removeIf', collection: 'claims', id, rev })
const idsOf = (claims: readonly { readonly id: string }[]): ReadonlySet<string> => new Set(claims.map(({ id }) => id))

function toStore(series: MentoringSeries): MentoringSeries & Pick<Stored, 'tendAt'> {
  const due = tendAt(series)
  return due === undefined ? series : { ...series, tendAt: due }
}

/** Every quarter hour once: a meeting that is being moved by less than its length holds some of them twice. */
function claimsFor(series: MentoringSeries, time: readonly Placed[]): readonly NewClaim[] {
  const { id: seriesId, tenantId } = series
  const quarters = new Set(time.flatMap(({ startsAt, endsAt }) => quarterHours(startsAt, endsAt)))
  return [...quarters].flatMap((at) =>
    participantsOf(series).map(({ personId }) => ({
      id: `${personId}|${at}`,
      tenantId,
      personId,
      at,
      seriesId,
    })),
  )
}

/** Starts of the quarter hours that [start, end) touches. */
function quarterHours(start: string, end: string): string[] {
  const step = CLAIM_MINUTES * 60_000
  const until = Temporal.Instant.from(end).epochMilliseconds
  const quarters: string[] = []
  for (let at = Math.floor(Temporal.Instant.from(start).epochMilliseconds / step) * step; at < until; at += step) {
    quarters.push(Temporal.Instant.fromEpochMilliseconds(at).toString())
  }
  return quarters
}
