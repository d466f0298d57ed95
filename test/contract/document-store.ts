import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type DocumentStore,
  DuplicateKeyError,
  StaleRevisionError,
  type StoredDocument,
} from '../../server/store/document-store.ts'

type Thing = StoredDocument & {
  readonly owner?: string
  readonly slot?: string
  readonly dueAt?: number
  readonly open?: boolean
  readonly note?: string | null
}

/**
 * What every document store promises; each adapter runs all of it.
 * @param open a store without documents
 * @param timeout milliseconds for one check: a store whose every third answer is lost is slow
 */
export function documentStoreContract(name: string, open: () => Promise<DocumentStore>, timeout = 20_000): void {
  describe(`document store contract: ${name}`, { timeout }, () => {
    let store: DocumentStore
    beforeEach(async () => {
      store = await open()
      await store.define('things', [
        { name: 'bySlot', fields: ['owner', 'slot'], unique: true },
        { name: 'byDue', fields: ['open', 'dueAt'] },
      ])
    })
    afterEach(() => store.close())

    test('keeps what it was given and starts at revision 1', async () => {
      const inserted = await store.insert<Thing>('things', { id: 'a', owner: 'm1', note: 'ä"\'\u2028 😀' })
      expect(inserted).toEqual({ id: 'a', rev: 1, owner: 'm1', note: 'ä"\'\u2028 😀' })
      expect(await store.get('things', 'a')).toEqual(inserted)
      expect(await store.get('things', 'b')).toBeUndefined()
    })

    test('refuses a second document with the same id and keeps the first', async () => {
      await store.insert<Thing>('things', { id: 'a', note: 'first' })
      await expect(store.insert<Thing>('things', { id: 'a', note: 'second' })).rejects.toBeInstanceOf(DuplicateKeyError)
      expect((await store.get<Thing>('things', 'a'))?.note).toBe('first')
    })

    test('refuses a second document with the same unique key, also by replacing', async () => {
      await store.insert<Thing>('things', { id: 'a', owner: 'm1', slot: '9' })
      await store.insert<Thing>('things', { id: 'b', owner: 'm1', slot: '10' })
      await expect(store.insert<Thing>('things', { id: 'c', owner: 'm1', slot: '9' })).rejects.toBeInstanceOf(
        DuplicateKeyError,
      )
      await expect(store.replaceIf<Thing>('things', 1, { id: 'b', owner: 'm1', slot: '9' })).rejects.toBeInstanceOf(
        DuplicateKeyError,
      )
      expect((await store.get<Thing>('things', 'b'))?.slot).toBe('10')
    })

    test('keeps every key and value that JSON has', async () => {
      const content = JSON.parse(
        '{"$set":{"$gt":""},"a.b":{".":1,"":2},"__proto__":{"x":1},"%24":"%","%":{"%2E":0},"_bsontype":"ObjectId",' +
          '"$ref":"things","$id":"a","constructor":null,"toBSON":"x","nul":"\\u0000","key\\u0000":1,' +
          '"numbers":[0,1,-1,1.5,1e21,2147483648,9007199254740991,1763992800000],"empty":[{},[],"",null,false]}',
      )
      await store.insert('things', { id: 'a', ...content })
      expect(JSON.stringify(await store.get('things', 'a'))).toBe(JSON.stringify({ id: 'a', ...content, rev: 1 }))
      expect((await store.find('things', {})).map((found) => JSON.stringify(found))).toEqual([
        JSON.stringify({ id: 'a', ...content, rev: 1 }),
      ])
    })

    test('leaves out what JSON leaves out', async () => {
      const inserted = await store.insert<Thing>('things', { id: 'a', note: undefined as never, owner: 'm1' })
      expect(inserted).toEqual({ id: 'a', rev: 1, owner: 'm1' })
      expect(await store.get('things', 'a')).toEqual(inserted)
    })

    test('refuses an indexed field that is no text, number or boolean', async () => {
      for (const owner of [null, ['m1'], { $ne: '' }] as never[]) {
        await expect(store.insert<Thing>('things', { id: 'a', owner })).rejects.toBeInstanceOf(TypeError)
        await expect(store.replaceIf<Thing>('things', 1, { id: 'a', owner })).rejects.toBeInstanceOf(TypeError)
      }
      expect(await store.find('things', {})).toEqual([])
    })

    test('refuses ids and revisions that are none', async () => {
      for (const id of ['', 7, null, undefined, { $gt: '' }] as never[]) {
        await expect(store.insert('things', { id })).rejects.toBeInstanceOf(TypeError)
        await expect(store.get('things', id)).rejects.toBeInstanceOf(TypeError)
        await expect(store.removeIf('things', id, 1)).rejects.toBeInstanceOf(TypeError)
      }
      for (const rev of [0, -1, 1.5, '1', { $gt: 0 }] as never[]) {
        await expect(store.replaceIf('things', rev, { id: 'a' })).rejects.toBeInstanceOf(TypeError)
        await expect(store.removeIf('things', 'a', rev)).rejects.toBeInstanceOf(TypeError)
      }
    })

    test('does not count documents that lack a field of a unique key', async () => {
      await store.insert<Thing>('things', { id: 'a', owner: 'm1' })
      await store.insert<Thing>('things', { id: 'b', owner: 'm1' })
      expect(await store.get('things', 'b')).toBeDefined()
    })

    test('replaces only the revision that was read', async () => {
      await store.insert<Thing>('things', { id: 'a', note: '1' })
      expect(await store.replaceIf<Thing>('things', 1, { id: 'a', note: '2' })).toBe(true)
      expect(await store.replaceIf<Thing>('things', 1, { id: 'a', note: '3' })).toBe(false)
      expect(await store.replaceIf<Thing>('things', 1, { id: 'zz', note: '3' })).toBe(false)
      expect(await store.get('things', 'a')).toEqual({ id: 'a', rev: 2, note: '2' })
    })

    test('replacing forgets fields that are left out', async () => {
      await store.insert<Thing>('things', { id: 'a', note: '1', owner: 'm1' })
      await store.replaceIf<Thing>('things', 1, { id: 'a', owner: 'm1' })
      expect(await store.get('things', 'a')).toEqual({ id: 'a', rev: 2, owner: 'm1' })
    })

    test('lets one of 50 concurrent replacements win', async () => {
      await store.insert<Thing>('things', { id: 'a', note: '0' })
      const wins = await Promise.all(
        Array.from({ length: 50 }, (_, n) => store.replaceIf<Thing>('things', 1, { id: 'a', note: String(n) })),
      )
      expect(wins.filter(Boolean)).toHaveLength(1)
    })

    test('lets one of 50 concurrent claims of a slot win', async () => {
      const claims = await Promise.allSettled(
        Array.from({ length: 50 }, (_, n) => store.insert<Thing>('things', { id: `c${n}`, owner: 'm1', slot: '9' })),
      )
      expect(claims.filter((claim) => claim.status === 'fulfilled')).toHaveLength(1)
      for (const claim of claims)
        if (claim.status === 'rejected') expect(claim.reason).toBeInstanceOf(DuplicateKeyError)
    })

    test('finds by equality and range, sorted, up to a limit', async () => {
      for (const [id, dueAt, isOpen] of [
        ['a', 30, true],
        ['b', 10, true],
        ['c', 20, true],
        ['d', 5, false],
      ] as const) {
        await store.insert<Thing>('things', { id, dueAt, open: isOpen })
      }
      const ids = async (...args: Parameters<typeof store.find>) => (await store.find(...args)).map((found) => found.id)
      expect(await ids('things', { open: true, dueAt: { lte: 20 } }, { sort: ['dueAt'] })).toEqual(['b', 'c'])
      expect(await ids('things', { open: true, dueAt: { gt: 10, lt: 30 } })).toEqual(['c'])
      expect(await ids('things', { open: true }, { sort: ['dueAt'], limit: 2 })).toEqual(['b', 'c'])
      expect(await ids('things', { open: false })).toEqual(['d'])
      expect(await ids('things', {})).toEqual(['a', 'b', 'c', 'd'])
    })

    test('finds all of many', async () => {
      const ids = Array.from({ length: 250 }, (_, n) => `t${String(n).padStart(3, '0')}`)
      await Promise.all(ids.map((id) => store.insert<Thing>('things', { id, open: true, dueAt: 7 })))
      expect((await store.find('things', { open: true })).map((found) => found.id)).toEqual(ids)
      expect(await store.find('things', { open: true }, { limit: 120 })).toHaveLength(120)
    })

    test('sorts what lacks a field first, and equals by id', async () => {
      for (const [id, dueAt] of [
        ['d', 2],
        ['b', 1],
        ['c', 1],
      ] as const)
        await store.insert<Thing>('things', { id, open: true, dueAt })
      await store.insert<Thing>('things', { id: 'z', open: true })
      const sorted = await store.find('things', { open: true }, { sort: ['dueAt'] })
      expect(sorted.map((found) => found.id)).toEqual(['z', 'b', 'c', 'd'])
      expect((await store.find('things', { id: { gte: 'c' } })).map((found) => found.id)).toEqual(['c', 'd', 'z'])
    })

    test('refuses a limit that is none and a condition that says nothing', async () => {
      for (const limit of [0, -1, 1.5, Number.NaN])
        await expect(store.find('things', {}, { limit })).rejects.toBeInstanceOf(TypeError)
      await expect(store.find('things', { owner: {} })).rejects.toBeInstanceOf(TypeError)
      await expect(store.find('things', { dueAt: Number.NaN })).rejects.toBeInstanceOf(TypeError)
    })

    test('refuses to search by what no index holds', async () => {
      await expect(store.find('things', { note: 'x' })).rejects.toBeInstanceOf(TypeError)
      await expect(store.find('things', { owner: 'x', dueAt: 1 })).rejects.toBeInstanceOf(TypeError)
      await expect(store.find('nowhere', {})).rejects.toBeInstanceOf(TypeError)
    })

    test('treats hostile keys and operators as data or refuses them', async () => {
      const hostile = `x' OR 1=1; DROP TABLE c_things; --`
      await store.insert<Thing>('things', { id: hostile, owner: hostile, slot: '1' })
      expect((await store.find<Thing>('things', { owner: hostile })).map((found) => found.id)).toEqual([hostile])
      expect(await store.find('things', { owner: `' OR ''='` })).toEqual([])
      await expect(store.find('things', { owner: { $ne: '' } as never })).rejects.toBeInstanceOf(TypeError)
      await expect(store.find('things', { owner: { lt: { $gt: '' } as never } })).rejects.toBeInstanceOf(TypeError)
      await expect(store.find('things', { ['owner") --']: 'x' })).rejects.toBeInstanceOf(TypeError)
    })

    test('writes several documents or none: a taken key rolls back', async () => {
      await store.insert<Thing>('things', { id: 'a', owner: 'm1', slot: '9' })
      await expect(
        store.atomically([
          { kind: 'insert', collection: 'things', document: { id: 'b' } },
          { kind: 'insert', collection: 'things', document: { id: 'c', owner: 'm1', slot: '9' } as { id: string } },
        ]),
      ).rejects.toBeInstanceOf(DuplicateKeyError)
      expect(await store.get('things', 'b')).toBeUndefined()
    })

    test('writes several documents or none: a stale revision rolls back', async () => {
      await store.insert<Thing>('things', { id: 'a', note: '1' })
      await expect(
        store.atomically([
          { kind: 'insert', collection: 'things', document: { id: 'b' } },
          { kind: 'replaceIf', collection: 'things', rev: 7, document: { id: 'a' } },
        ]),
      ).rejects.toBeInstanceOf(StaleRevisionError)
      await expect(
        store.atomically([{ kind: 'removeIf', collection: 'things', id: 'a', rev: 7 }]),
      ).rejects.toBeInstanceOf(StaleRevisionError)
      expect(await store.get('things', 'b')).toBeUndefined()
      await store.atomically([
        { kind: 'insert', collection: 'things', document: { id: 'b' } },
        { kind: 'removeIf', collection: 'things', id: 'a', rev: 1 },
      ])
      expect((await store.find('things', {})).map((found) => found.id)).toEqual(['b'])
    })

    test('moves a unique key from one document to another in one act', async () => {
      await store.insert<Thing>('things', { id: 'a', owner: 'm1', slot: '9' })
      await store.atomically([
        { kind: 'removeIf', collection: 'things', id: 'a', rev: 1 },
        { kind: 'insert', collection: 'things', document: { id: 'b', owner: 'm1', slot: '9' } as { id: string } },
      ])
      expect(await store.get('things', 'a')).toBeUndefined()
      expect(await store.get('things', 'b')).toEqual({ id: 'b', rev: 1, owner: 'm1', slot: '9' })
    })

    test('a single write is atomic by itself', async () => {
      await store.atomically([])
      await store.atomically([{ kind: 'insert', collection: 'things', document: { id: 'a' } }])
      await expect(
        store.atomically([{ kind: 'replaceIf', collection: 'things', rev: 2, document: { id: 'a' } }]),
      ).rejects.toBeInstanceOf(StaleRevisionError)
      await expect(
        store.atomically([{ kind: 'insert', collection: 'things', document: { id: 'a' } }]),
      ).rejects.toBeInstanceOf(DuplicateKeyError)
    })

    test('lets one of 20 concurrent groups of writes win and keeps nothing of the others', async () => {
      const groups = Array.from({ length: 20 }, (_, n) => `g${String(n).padStart(2, '0')}`)
      const insertOf = (id: string, slot: string) =>
        ({ kind: 'insert', collection: 'things', document: { id, owner: 'm1', slot } as { id: string } }) as const
      const outcomes = await Promise.allSettled(
        // Each begins with a key of its own and ends with the one that all want.
        groups.map((group, n) => store.atomically([insertOf(`${group}-own`, `1${n}`), insertOf(`${group}-all`, '9')])),
      )
      const winners = groups.filter((_, n) => outcomes[n]?.status === 'fulfilled')
      expect(winners).toHaveLength(1)
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(DuplicateKeyError)
      expect((await store.find('things', {})).map((found) => found.id)).toEqual([
        `${winners[0]}-all`,
        `${winners[0]}-own`,
      ])
    })

    test('lets one of 50 concurrent removals win', async () => {
      await store.insert<Thing>('things', { id: 'a' })
      const wins = await Promise.all(Array.from({ length: 50 }, () => store.removeIf('things', 'a', 1)))
      expect(wins.filter(Boolean)).toHaveLength(1)
    })

    test('takes an id and a key again after they were given back, as new', async () => {
      await store.insert<Thing>('things', { id: 'a', owner: 'm1', slot: '9', note: 'old' })
      await store.removeIf('things', 'a', 1)
      expect(await store.get('things', 'a')).toBeUndefined()
      expect(await store.find('things', {})).toEqual([])
      expect(await store.find('things', { owner: 'm1' })).toEqual([])
      expect(await store.replaceIf<Thing>('things', 1, { id: 'a', note: 'late' })).toBe(false)
      await store.insert<Thing>('things', { id: 'b', owner: 'm1', slot: '9' })
      await store.insert<Thing>('things', { id: 'a', owner: 'm1', slot: '10' })
      expect(await store.get('things', 'a')).toEqual({ id: 'a', rev: 1, owner: 'm1', slot: '10' })
      await expect(store.insert('things', { id: 'a' })).rejects.toBeInstanceOf(DuplicateKeyError)
    })

    test('removes only the revision that was read', async () => {
      await store.insert<Thing>('things', { id: 'a' })
      expect(await store.removeIf('things', 'a', 2)).toBe(false)
      expect(await store.removeIf('things', 'a', 1)).toBe(true)
      expect(await store.removeIf('things', 'a', 1)).toBe(false)
    })

    test('defining twice changes nothing', async () => {
      await store.insert<Thing>('things', { id: 'a', owner: 'm1', slot: '9' })
      await store.define('things', [{ name: 'bySlot', fields: ['owner', 'slot'], unique: true }])
      expect(await store.get('things', 'a')).toBeDefined()
    })

    test('refuses a unique index over documents that break it', async () => {
      await store.insert<Thing>('things', { id: 'a', note: 'same' })
      await store.insert<Thing>('things', { id: 'b', note: 'same' })
      await expect(store.define('things', [{ name: 'byNote', fields: ['note'], unique: true }])).rejects.toThrow()
    })

    test('leases each of 100 jobs to exactly one of 8 workers', async () => {
      for (let n = 0; n < 100; n++) await store.insert<Thing>('things', { id: `j${n}`, open: true, dueAt: n })
      const taken: string[] = []
      const work = async (worker: string) => {
        for (;;) {
          const [next] = await store.find<Thing>('things', { open: true }, { sort: ['dueAt'], limit: 1 })
          if (!next) return
          const { rev, ...job } = next
          if (await store.replaceIf<Thing>('things', rev, { ...job, open: false, owner: worker, slot: job.id }))
            taken.push(job.id)
        }
      }
      await Promise.all(Array.from({ length: 8 }, (_, n) => work(`w${n}`)))
      expect(taken).toHaveLength(100)
      expect(new Set(taken).size).toBe(100)
    })
  })
}
