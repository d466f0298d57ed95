import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { withAudit } from '../../server/audit/audit-context.ts'
import { openAuditTrail } from '../../server/audit/audit-trail.ts'
import { auditedStore } from '../../server/audit/audited-store.ts'
import {
  DuplicateKeyError,
  type StoredDocument,
  StoreUnavailableError,
  type Write,
} from '../../server/store/document-store.ts'
import { openEmbeddedStore } from '../../server/store/embedded.ts'

const KEY = new Uint8Array(32).fill(7)
type Entry = StoredDocument & { readonly chain: string; readonly index: number; readonly who: string }

async function aTrail(count = 0, time = { now: Temporal.Instant.from('2027-01-04T14:00:00Z') }) {
  const store = openEmbeddedStore(':memory:')
  const trail = await openAuditTrail(store, KEY, { now: () => time.now })
  for (let index = 0; index < count; index++) {
    await trail.append({
      chain: 'pair',
      who: `person-${index}`,
      what: 'GET /goals',
      outcome: 'read',
      things: ['goals'],
    })
  }
  const entry = async (index: number) => (await store.get<Entry>('auditEntries', `pair|${index}`))!
  const put = async (document: Entry) => store.replaceIf('auditEntries', document.rev, withoutRev(document))
  const remove = async (index: number) => store.removeIf('auditEntries', `pair|${index}`, (await entry(index)).rev)
  return { store, trail, entry, put, remove, time }
}
const withoutRev = ({ rev: _, ...document }: Entry) => document

test('an untouched trail is whole, also one that many wrote to at once', async () => {
  const { trail } = await aTrail()
  const chains = ['pair', 'other', 'tenant|1']
  await Promise.all(
    Array.from({ length: 90 }, (_, index) =>
      trail.append({ chain: chains[index % 3]!, who: 'x', what: 'PUT', outcome: 'changed', things: [] }),
    ),
  )
  expect(await trail.verify()).toEqual({ entries: 90, flaws: [] })
})

test('what is read at once shares a write, in the order it was asked', async () => {
  const store = openEmbeddedStore(':memory:')
  let writes = 0
  const counting = {
    ...store,
    atomically: (all: readonly Write[]) => {
      writes++
      return store.atomically(all)
    },
  }
  const trail = await openAuditTrail(counting, KEY, { now: () => Temporal.Instant.from('2027-01-04T14:00:00Z') })
  const read = (who: string) => trail.append({ chain: 'pair', who, what: 'GET', outcome: 'read', things: ['goals'] })

  await Promise.all(['ana', 'ben', 'cleo'].map(read))
  expect(writes).toBe(1)
  await read('dan')
  expect((await trail.list('pair', { limit: 9 })).map(({ who }) => who)).toEqual(['dan', 'cleo', 'ben', 'ana'])
  expect(await trail.verify()).toEqual({ entries: 4, flaws: [] })
})

test('reads that cannot be put on record all fail, and the next one is written', async () => {
  const store = openEmbeddedStore(':memory:')
  let isFull = true
  const failing = {
    ...store,
    atomically: async (all: readonly Write[]) => {
      if (isFull) throw new StoreUnavailableError()
      await store.atomically(all)
    },
  }
  const trail = await openAuditTrail(failing, KEY, { now: () => Temporal.Instant.from('2027-01-04T14:00:00Z') })
  const read = () => trail.append({ chain: 'pair', who: 'ana', what: 'GET', outcome: 'read', things: ['goals'] })

  const outcomes = await Promise.allSettled([read(), read()])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  isFull = false
  await read()
  expect(await trail.verify()).toEqual({ entries: 1, flaws: [] })
})

test('two servers append to one chain without a gap', async () => {
  const { store, trail } = await aTrail()
  const other = await openAuditTrail(store, KEY, { now: () => Temporal.Instant.from('2027-01-04T14:00:00Z') })
  const entry = { chain: 'pair', who: 'x', what: 'PUT', outcome: 'changed', things: [] } as const
  await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 ? trail : other).append(entry)))
  expect(await trail.verify()).toEqual({ entries: 40, flaws: [] })
})

test('whichever entry is altered, removed or changes places, its index is named', async () => {
  const size = 12
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: size }),
      fc.constantFrom('altered', 'removed', 'swapped' as const),
      async (index, deed) => {
        const { trail, entry, put, remove } = await aTrail(size)
        const one = await entry(index)
        if (deed === 'altered') await put({ ...one, who: 'somebody else' })
        if (deed === 'removed') await remove(index)
        const neighbour = await entry(index === size ? index - 1 : index + 1)
        if (deed === 'swapped') {
          await put({ ...neighbour, id: one.id, index: one.index, rev: one.rev })
          await put({ ...one, id: neighbour.id, index: neighbour.index, rev: neighbour.rev })
        }
        const expected = deed === 'swapped' ? Math.min(index, neighbour.index) : index
        const reason = deed === 'removed' ? 'missing' : 'altered'
        expect((await trail.verify()).flaws).toEqual([{ chain: 'pair', index: expected, reason }])
      },
    ),
    { numRuns: 40 },
  )
})

test('whoever does not have the service\u2019s key cannot mend a chain they altered', async () => {
  const { store, trail, entry, put } = await aTrail(3)
  await put({ ...(await entry(3)), who: 'somebody else' })
  const forger = await openAuditTrail(store, new Uint8Array(32).fill(8), { now: Temporal.Now.instant })
  await forger.append({ chain: 'pair', who: 'x', what: 'y', outcome: 'read', things: [] })
  expect((await trail.verify()).flaws).toHaveLength(1)
})

test('what is too old goes from the beginning, and the rest stays whole', async () => {
  const time = { now: Temporal.Instant.from('2020-01-01T00:00:00Z') }
  const { trail } = await aTrail(5, time)
  time.now = Temporal.Instant.from('2026-01-01T00:00:00Z')
  await trail.append({ chain: 'pair', who: 'late', what: 'y', outcome: 'read', things: [] })
  expect(await trail.prune('2021-01-01T00:00:00Z')).toBe(5)
  expect(await trail.verify()).toEqual({ entries: 1, flaws: [] })
  expect((await trail.list('pair', { limit: 10 })).map(({ index, who }) => [index, who])).toEqual([[6, 'late']])
})

test('a change and its entry are one write: neither is there without the other', async () => {
  const { store, trail } = await aTrail()
  const audited = auditedStore(store, trail)
  await audited.define('goals', [])
  const goal = { id: 'g', relationshipId: 'pair' }
  const by = { tenantId: 't', who: 'mentee', what: 'PUT /goals' }
  await withAudit(by, () => audited.insert('goals', goal))
  await expect(withAudit(by, () => audited.insert('goals', goal))).rejects.toBeInstanceOf(DuplicateKeyError)
  expect(await withAudit(by, () => audited.replaceIf('goals', 5, goal))).toBe(false)
  expect(await withAudit(by, () => audited.replaceIf('goals', 1, goal))).toBe(true)
  expect(await withAudit(by, () => audited.removeIf('goals', 'g', 2))).toBe(true)
  const entries = await trail.list('pair', { limit: 10 })
  expect(entries.map(({ who, things }) => `${who}: ${things.join()}`)).toEqual([
    'mentee: goals/g removed',
    'mentee: goals/g changed',
    'mentee: goals/g made',
  ])
})
