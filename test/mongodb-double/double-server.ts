import { type Document, Long } from 'mongodb'
import { DoubleCollection } from './collection.ts'
import { runRead } from './reads.ts'
import { DuplicateKey, errorReply, noSuchTransaction, ServerError } from './server-error.ts'
import { type Session, Transaction } from './sessions.ts'
import { runWrite } from './write-commands.ts'
import type { WriteScope } from './writes.ts'

export type DoubleOptions = {
  /** Open transactions are taken back after this long; a minute in MongoDB unless told. */
  readonly transactionLifetimeMs?: number
  /** Servers that some people use and that cannot keep what we promise. */
  readonly transactions?: 'kept' | 'refused' | 'ignored'
  readonly uniqueIndexes?: 'kept' | 'refused' | 'ignored'
}

const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify'])
const lsidOf = (command: Document): string => command['lsid']?.id?.toString('hex') ?? ''

/** The state of a replica set and its commands, without the wire. Nothing of it is rolled back: a majority has every write. */
export class DoubleServer {
  readonly options: DoubleOptions
  readonly #collections = new Map<string, DoubleCollection>()
  readonly #sessions = new Map<string, Session>()
  readonly #open = new Set<Transaction>()
  readonly cursors = new Map<number, Document[]>()
  #lastCursor = 0

  constructor(options: DoubleOptions) {
    this.options = options
  }

  collection(namespace: string): DoubleCollection {
    const known = this.#collections.get(namespace)
    if (known) return known
    const made = new DoubleCollection(namespace)
    this.#collections.set(namespace, made)
    return made
  }
  hasCollection(namespace: string): boolean {
    return this.#collections.has(namespace)
  }
  drop(database: string): void {
    for (const namespace of this.#collections.keys())
      if (namespace.startsWith(`${database}.`)) this.#collections.delete(namespace)
  }
  keepCursor(rest: Document[]): Long {
    if (rest.length === 0) return Long.ZERO
    this.cursors.set(++this.#lastCursor, rest)
    return Long.fromNumber(this.#lastCursor)
  }

  /** A primary that steps down takes back what was not committed and forgets what was half read. */
  stepDown(): void {
    for (const session of this.#sessions.values()) if (session.transaction) this.#abort(session)
    this.cursors.clear()
  }

  /** @throws nothing: every refusal is a reply */
  async run(name: string, command: Document, assertPrimary: () => void, forgetsWrites: boolean): Promise<Document> {
    try {
      return await this.#dispatch(name, command, assertPrimary, forgetsWrites)
    } catch (error) {
      if (error instanceof ServerError) return errorReply(error)
      if (error instanceof DuplicateKey) return errorReply(new ServerError(11_000, 'DuplicateKey', error.message))
      // A fault of this double: told, so that a test fails at once instead of trying again.
      return errorReply(new ServerError(8, 'UnknownError', error instanceof Error ? String(error.stack) : 'unknown'))
    }
  }

  async #dispatch(
    name: string,
    command: Document,
    assertPrimary: () => void,
    forgetsWrites: boolean,
  ): Promise<Document> {
    assertPrimary()
    if (name === 'commitTransaction') return this.#commit(command)
    if (name === 'abortTransaction') return this.#abortByCommand(command)
    const transaction = this.#transactionOf(command)
    const scope: WriteScope = { transaction, open: this.#open, assertPrimary }
    if (!WRITES.has(name)) return runRead(this, name, command, scope)
    const write = async () => {
      try {
        const reply = await runWrite(this, name, command, scope)
        if (transaction && 'writeErrors' in reply) this.#abort(this.#sessionOf(command))
        return reply
      } catch (error) {
        if (transaction) this.#abort(this.#sessionOf(command))
        throw error
      }
    }
    if (transaction || command['txnNumber'] === undefined || forgetsWrites) return write()
    return this.#writeOnce(command, write)
  }

  #sessionOf(command: Document): Session {
    const id = lsidOf(command)
    const number = Number(command['txnNumber'] ?? -1)
    const session: Session = this.#sessions.get(id) ?? { number }
    this.#sessions.set(id, session)
    if (number < session.number) throw new ServerError(225, 'TransactionTooOld', 'A newer one has begun.')
    if (number > session.number) {
      if (session.transaction) this.#abort(session)
      const fresh: Session = { number }
      this.#sessions.set(id, fresh)
      return fresh
    }
    return session
  }

  /** A repeat gets the reply of the first. MongoDB docs: "Retryable Writes". */
  async #writeOnce(command: Document, write: () => Promise<Document>): Promise<Document> {
    const session = this.#sessionOf(command)
    if (session.reply) return session.reply
    session.running ??= write()
    try {
      const reply = await session.running
      if (!('writeErrors' in reply)) session.reply = reply
      return reply
    } finally {
      delete session.running
    }
  }

  #transactionOf(command: Document): Transaction | undefined {
    if (command['autocommit'] !== false) return undefined
    if (this.options.transactions === 'refused')
      throw new ServerError(20, 'IllegalOperation', 'Transaction numbers are only allowed on a replica set member.')
    if (this.options.transactions === 'ignored') return undefined
    const session = this.#sessionOf(command)
    if (command['startTransaction'] === true && !session.transaction && !session.outcome) {
      const lifetime = this.options.transactionLifetimeMs ?? 60_000
      session.transaction = new Transaction(session.number, lifetime, () => this.#abort(session))
      this.#open.add(session.transaction)
    }
    if (!session.transaction) throw noSuchTransaction()
    return session.transaction
  }

  #commit(command: Document): Document {
    if (this.options.transactions === 'ignored') return { ok: 1 }
    const session = this.#sessionOf(command)
    const { transaction } = session
    if (!transaction) {
      // The reply to the first commit may have been lost.
      if (session.outcome === 'committed') return { ok: 1 }
      throw noSuchTransaction()
    }
    for (const { collection, key, document } of transaction.written.values()) {
      for (const other of this.#open) if (other !== transaction) other.keepBefore(collection, key)
      collection.write(key, document)
    }
    session.outcome = 'committed'
    this.#close(session, transaction)
    return { ok: 1 }
  }

  #abortByCommand(command: Document): Document {
    if (this.options.transactions === 'ignored') return { ok: 1 }
    const session = this.#sessionOf(command)
    if (!session.transaction) throw noSuchTransaction()
    this.#abort(session)
    return { ok: 1 }
  }

  #abort(session: Session): void {
    if (!session.transaction) return
    session.outcome = 'aborted'
    this.#close(session, session.transaction)
  }
  #close(session: Session, transaction: Transaction): void {
    delete session.transaction
    this.#open.delete(transaction)
    transaction.close()
  }
}
