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

/** What every document store promises; each adapter runs all of it. */
export function documentStoreContract(name: string, open: () => Promise<DocumentStore>): void {
  describe(`document store contract: ${name}`, () => {
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
