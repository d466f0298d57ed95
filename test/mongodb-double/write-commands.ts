import type { Document } from 'mongodb'
import type { DoubleServer } from './double-server.ts'
import { DuplicateKey } from './server-error.ts'
import { type Change, deleteOne, insertOne, updateOne, type WriteScope } from './writes.ts'

/** insert, update, delete and findAndModify as MongoDB's "Database Commands" describe them, one document per statement. */
export async function runWrite(
  server: DoubleServer,
  name: string,
  command: Document,
  scope: WriteScope,
): Promise<Document> {
  const collection = server.collection(`${command['$db']}.${command[name]}`)
  switch (name) {
    case 'insert':
      return statements(command['documents'], async (document) => {
        await insertOne(collection, document, scope)
        return { n: 1 }
      })
    case 'update':
      return statements(command['updates'], async ({ q, u, upsert }) => {
        const done = await updateOne(collection, { q, u, upsert }, scope)
        if (done?.before) return { n: 1, nModified: 1 }
        return done ? { n: 1, upserted: done.after?.['_id'] } : { n: 0 }
      })
    case 'delete':
      return statements(command['deletes'], async ({ q }) => ({
        n: (await deleteOne(collection, q, scope)) ? 1 : 0,
      }))
    default: {
      const { query = {}, update, upsert, remove, new: isNew } = command
      const done: Change | undefined = remove
        ? await deleteOne(collection, query, scope)
        : await updateOne(collection, { q: query, u: update, upsert }, scope)
      const value = (isNew ? done?.after : done?.before) ?? null
      return { ok: 1, value, lastErrorObject: { n: done ? 1 : 0, updatedExisting: done?.before !== undefined } }
    }
  }
}

type Outcome = { readonly n: number; readonly nModified?: number; readonly upserted?: unknown }

/** Runs statements in order up to the first that is refused. */
async function statements(given: readonly Document[], run: (statement: Document) => Promise<Outcome>) {
  const reply: Document = { ok: 1, n: 0 }
  for (const [index, statement] of given.entries()) {
    try {
      const { n, nModified, upserted } = await run(statement)
      reply['n'] += n
      if (nModified !== undefined) reply['nModified'] = (reply['nModified'] ?? 0) + nModified
      if (upserted !== undefined) reply['upserted'] = [...(reply['upserted'] ?? []), { index, _id: upserted }]
    } catch (error) {
      if (!(error instanceof DuplicateKey)) throw error
      const { keyValue, message } = error
      reply['writeErrors'] = [{ index, code: 11_000, keyValue, errmsg: message }]
      return reply
    }
  }
  return reply
}
