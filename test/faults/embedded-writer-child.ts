import { writeSync } from 'node:fs'
import type { StoredDocument } from '../../server/store/document-store.ts'
import { openEmbeddedStore } from '../../server/store/embedded.ts'

/**
 * Child of `embedded-kills.ts`: writes to the store in a folder until it is killed, and says on standard output what was
 * acknowledged. Every commit adds a document and moves a counter, so that a half-kept one would show.
 */
type Counter = StoredDocument & { readonly n: number }
type Entry = StoredDocument & { readonly key: string }

// Synchronous, so that what was said survives the kill.
const say = (line: string) => writeSync(1, `${line}\n`)
const keyOf = (n: number): string => String(n).padStart(8, '0')

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Name a folder.')
const store = openEmbeddedStore(folder)
await store.define('counters', [])
await store.define('entries', [{ name: 'byKey', fields: ['key'], unique: true }])

let counter =
  (await store.get<Counter>('counters', 'all')) ?? (await store.insert<Counter>('counters', { id: 'all', n: 0 }))
const entries = await store.find<Entry>('entries', {}, { sort: ['key'] })
const isWhole = entries.length === counter.n && entries.every(({ key }, index) => key === keyOf(index + 1))
say(`${isWhole ? 'whole' : 'torn'} ${counter.n}`)

for (;;) {
  const n = counter.n + 1
  const { rev, ...rest } = counter
  await store.atomically([
    { kind: 'insert', collection: 'entries', document: { id: keyOf(n), key: keyOf(n) } as Omit<Entry, 'rev'> },
    { kind: 'replaceIf', collection: 'counters', rev, document: { ...rest, n } as Omit<Counter, 'rev'> },
  ])
  counter = { ...counter, rev: rev + 1, n }
  say(`ack ${n}`)
}
