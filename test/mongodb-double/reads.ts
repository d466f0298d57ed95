import { aggregate, find } from 'mingo'
import type { Document } from 'mongodb'
import type { IndexSpec } from './collection.ts'
import type { DoubleServer } from './double-server.ts'
import { badValue, ServerError } from './server-error.ts'
import { matches, type WriteScope } from './writes.ts'

const FIRST_BATCH = 101

/** Everything that writes no documents. MongoDB docs: "Database Commands". */
export function runRead(server: DoubleServer, name: string, command: Document, scope: WriteScope): Document {
  const namespace = `${command['$db']}.${command[name]}`
  switch (name) {
    case 'find': {
      const { filter = {}, sort, skip = 0, limit = 0, projection, batchSize, singleBatch = false } = command
      const found = [...matches(server.collection(namespace), filter, scope.transaction)].map(({ before }) => before)
      const cursor = find<Document>(found, {}, projection)
      if (sort) cursor.sort(sort)
      if (skip > 0) cursor.skip(skip)
      if (limit > 0) cursor.limit(limit)
      return batches(server, namespace, cursor.all(), singleBatch ? Number.POSITIVE_INFINITY : batchSize)
    }
    case 'aggregate': {
      const all = [...matches(server.collection(namespace), {}, scope.transaction)].map(({ before }) => before)
      return batches(server, namespace, aggregate(all, command['pipeline']), command['cursor']?.batchSize)
    }
    case 'getMore': {
      const id = Number(command['getMore'])
      const rest = server.cursors.get(id)
      if (!rest) throw new ServerError(43, 'CursorNotFound', `The cursor ${id} is not known.`)
      server.cursors.delete(id)
      const next = batches(server, `${command['$db']}.${command['collection']}`, rest, command['batchSize'])
      const { firstBatch, ...cursor } = next['cursor']
      return { ok: 1, cursor: { ...cursor, nextBatch: firstBatch } }
    }
    case 'killCursors':
      for (const id of command['cursors']) server.cursors.delete(Number(id))
      return { ok: 1, cursorsKilled: command['cursors'] }
    case 'createIndexes':
      for (const spec of command['indexes'] as (IndexSpec & Document)[]) addIndex(server, namespace, spec)
      return { ok: 1 }
    case 'listIndexes': {
      if (!server.hasCollection(namespace)) throw new ServerError(26, 'NamespaceNotFound', `No ${namespace}.`)
      const indexes = server.collection(namespace).listIndexes()
      return batches(
        server,
        namespace,
        indexes.map((index) => ({ v: 2, ...index })),
      )
    }
    case 'dropDatabase':
      server.drop(command['$db'])
      return { ok: 1 }
    case 'ping':
    case 'endSessions':
      return { ok: 1 }
    default:
      throw new ServerError(59, 'CommandNotFound', `no such command: '${name}'`)
  }
}

function addIndex(server: DoubleServer, namespace: string, spec: IndexSpec): void {
  const { uniqueIndexes = 'kept' } = server.options
  const isPartial = spec.unique && spec.partialFilterExpression
  if (isPartial && uniqueIndexes === 'refused') throw badValue('Partial unique indexes are not supported.')
  const { unique: _, partialFilterExpression: __, ...plain } = spec
  server.collection(namespace).addIndex(isPartial && uniqueIndexes === 'ignored' ? plain : spec)
}

function batches(server: DoubleServer, ns: string, all: Document[], size: number | undefined = FIRST_BATCH): Document {
  return { ok: 1, cursor: { ns, id: server.keepCursor(all.slice(size)), firstBatch: all.slice(0, size) } }
}
