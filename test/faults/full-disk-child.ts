import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type StoredDocument, StoreUnavailableError } from '../../server/store/document-store.ts'
import { openEmbeddedStore } from '../../server/store/embedded.ts'

/** Child of `embedded-faults.test.ts`: fills a small disk, makes room again, and prints what it saw as JSON. */
type Thing = StoredDocument & { readonly n: number; readonly text: string }

const [disk] = process.argv.slice(2)
if (disk === undefined) throw new Error('Name a small disk.')
const ballast = join(disk, 'ballast')
const file = openSync(ballast, 'w')
writeSync(file, Buffer.alloc(700_000))
fsyncSync(file)
closeSync(file)

const store = openEmbeddedStore(join(disk, 'data'))
await store.define('things', [{ name: 'byN', fields: ['n'], unique: true }])
const kept: string[] = []
const refused: string[] = []
const errors = new Set<string>()
const text = 'x'.repeat(2_000)
const note = (error: unknown) => errors.add(error instanceof StoreUnavailableError ? 'unavailable' : String(error))

for (let n = 0; refused.length < 50; n++) {
  const id = `t${n}`
  try {
    await store.insert<Thing>('things', { id, n, text })
    kept.push(id)
  } catch (error) {
    refused.push(id)
    note(error)
  }
}
const large = (id: string, n: number) =>
  ({ kind: 'insert', collection: 'things', document: { id, n, text: text.repeat(200) } as { id: string } }) as const
await store.atomically([large('p', -1), large('q', -2)]).catch(note)

const idsNow = async () => new Set((await store.find<Thing>('things', {})).map(({ id }) => id))
const whenFull = await idsNow()
rmSync(ballast)
await store.insert<Thing>('things', { id: 'after', n: -3, text })
const [again] = refused
await store.insert<Thing>('things', { id: again as string, n: -4, text })
await store.close()

const reopened = openEmbeddedStore(join(disk, 'data'))
await reopened.define('things', [{ name: 'byN', fields: ['n'], unique: true }])
const afterwards = new Set((await reopened.find<Thing>('things', {})).map(({ id }) => id))
await reopened.close()
process.stdout.write(
  `${JSON.stringify({
    kept: kept.length,
    errors: [...errors],
    missing: kept.filter((id) => !whenFull.has(id) || !afterwards.has(id)),
    phantoms: [...refused, 'p', 'q'].filter((id) => whenFull.has(id)),
    servesAgain: afterwards.has('after') && afterwards.has(again as string),
  })}\n`,
)
