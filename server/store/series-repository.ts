import { Temporal } from 'temporal-polyfill'
import { personInRole } from '../../shared/domain/relationship.ts'
import { type Meeting, type MentoringSeries, meetingState } from '../../shared/domain/series.ts'
import {
  type DocumentStore,
  DuplicateKeyError,
  StaleRevisionError,
  type StoredDocument,
  type Write,
} from './document-store.ts'
import { JOBS, type NewJob } from './job-repository.ts'

type Stored = StoredDocument & MentoringSeries
/** A series with the revision it was read at. */
export type SeriesAtRevision = { readonly series: MentoringSeries; readonly rev: number }
type Claim = StoredDocument & {
  readonly tenantId: string
  readonly personId: string
  readonly at: string
  readonly seriesId: string
}
export type Hold = { readonly start: string; readonly end: string; readonly seriesId: string }

/** Claims are quarter hours: every zone's offset is a multiple of 15 minutes, and so are the starts the engine proposes. */
const CLAIM_MINUTES = 15
/** Tries when others claim time at the same moment. */
const TRIES = 5

export interface SeriesRepository {
  /**
   * Stores a new series, claims its people's time and leaves a job, all or nothing.
   * `id-taken`: the series id is used. `slot-claimed`: somebody else's series holds part of the time.
   */
  add(series: MentoringSeries, job: NewJob | undefined): Promise<'added' | 'id-taken' | 'slot-claimed'>
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
  /** Gives the people's time back, all of it or that of some meetings; repeating it does nothing. */
  releaseClaims(seriesId: string, meetings?: readonly Pick<Meeting, 'startsAt' | 'endsAt'>[]): Promise<void>
  /** Time that series hold of a person within [from, to), quarter hours joined. */
  listHolds(tenantId: string, personId: string, from: string, to: string): Promise<readonly Hold[]>
}

export async function seriesRepository(store: DocumentStore): Promise<SeriesRepository> {
  await store.define('series', [
    { name: 'byRelationship', fields: ['tenantId', 'relationshipId'] },
    { name: 'byState', fields: ['state'] },
    { name: 'byMentee', fields: ['tenantId', 'menteeId'] },
    { name: 'byMentor', fields: ['tenantId', 'mentorId'] },
  ])
  await store.define('claims', [
    { name: 'bySlot', fields: ['tenantId', 'personId', 'at'], unique: true },
    { name: 'bySeries', fields: ['seriesId'] },
  ])
  const at = ({ rev, ...series }: Stored): SeriesAtRevision => ({ series, rev })

  const listOf = async (tenantId: string, relationshipId: string): Promise<readonly MentoringSeries[]> =>
    (await store.find<Stored>('series', { tenantId, relationshipId })).map((stored) => at(stored).series)

  return {
    async add(series, job) {
      const writes: Write[] = [
        { kind: 'insert', collection: 'series', document: series },
        ...claimsOf(series).map((document) => ({ kind: 'insert', collection: 'claims', document }) as const),
        ...(job ? [{ kind: 'insert', collection: JOBS, document: job } as const] : []),
      ]
      try {
        await store.atomically(writes)
        return 'added'
      } catch (error) {
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
      const booking = await store.find<Stored>('series', { state: 'booking' })
      const cancelling = await store.find<Stored>('series', { state: 'cancelling' })
      return [...booking, ...cancelling].map((stored) => at(stored).series)
    },
    async save(series, rev, job) {
      if (!job) return store.replaceIf<Stored>('series', rev, series)
      try {
        await store.atomically([
          { kind: 'replaceIf', collection: 'series', rev, document: series },
          { kind: 'insert', collection: JOBS, document: job },
        ])
        return true
      } catch (error) {
        if (error instanceof StaleRevisionError || error instanceof DuplicateKeyError) return false
        throw error
      }
    },
    async saveFollowed(series, rev) {
      const claimed = await store.find<Claim>('claims', { seriesId: series.id })
      const held = claimsOf({ ...series, meetings: series.meetings.filter((meeting) => holdsTime(series, meeting)) })
      const isHeld = new Set(held.map(({ id }) => id))
      const isClaimed = new Set(claimed.map(({ id }) => id))
      for (let tries = 0; tries < TRIES; tries++) {
        const missing = held.filter(({ id }) => !isClaimed.has(id))
        const taken = await Promise.all(missing.map(({ id }) => store.get<Claim>('claims', id)))
        const free = missing.filter((_, index) => taken[index] === undefined)
        try {
          await store.atomically([
            { kind: 'replaceIf', collection: 'series', rev, document: series },
            ...claimed
              .filter(({ id }) => !isHeld.has(id))
              .map((claim) => ({ kind: 'removeIf', collection: 'claims', id: claim.id, rev: claim.rev }) as const),
            ...free.map((document) => ({ kind: 'insert', collection: 'claims', document }) as const),
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
      const booked = await store.find<Stored>('series', { state: 'booked' })
      const troubled = await store.find<Stored>('series', { state: 'needs-attention' })
      return [...booked, ...troubled].map((stored) => at(stored).series)
    },
    async releaseClaims(seriesId, meetings) {
      const released = meetings && new Set(meetings.flatMap(({ startsAt, endsAt }) => quarterHours(startsAt, endsAt)))
      for (const claim of await store.find<Claim>('claims', { seriesId })) {
        if (!released || released.has(claim.at)) await store.removeIf('claims', claim.id, claim.rev)
      }
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

/** What was called off, failed or lost its date holds no time. */
function holdsTime({ events }: MentoringSeries, meeting: Meeting): boolean {
  const event = events.find(({ key }) => key === meeting.eventKey)
  return ['booked', 'pending'].includes(meetingState(meeting, event))
}

function claimsOf(series: MentoringSeries): Omit<Claim, 'rev'>[] {
  const { id: seriesId, tenantId } = series
  return series.meetings.flatMap((meeting) =>
    quarterHours(meeting.startsAt, meeting.endsAt).flatMap((at) =>
      [series.menteeId, series.mentorId].map((personId) => ({
        id: `${personId}|${at}`,
        tenantId,
        personId,
        at,
        seriesId,
      })),
    ),
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
