import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type Document, ObjectId } from 'mongodb'
import { DoubleServer, type DoubleOptions as ServerOptions } from './double-server.ts'
import { type Fault, type FaultPlan, faultSource, NO_FAULTS } from './faults.ts'
import { errorReply, ServerError } from './server-error.ts'
import { readRequests, type WireRequest, writeReply } from './wire.ts'

export type DoubleOptions = ServerOptions & {
  readonly isStandalone?: boolean
  /** Sees every command as it came. */
  readonly onCommand?: (name: string, command: Document) => void
}

/**
 * A replica set as the MongoDB driver sees one: it speaks OP_MSG on loopback ports, and things go wrong with it as told.
 * It proves how the driver is used, not what MongoDB does: three members share one memory, so nothing is ever rolled back.
 */
export type MongoDouble = {
  /** Address of a database of its own. */
  uri(database: string): string
  /** From now on; the counts begin anew. */
  setFaults(plan: FaultPlan): void
  readonly faults: Readonly<Record<Fault, number>>
  /** One fault more, of the next write. @param meanwhile runs between the write and the loss of its reply */
  failNextWrite(fault: Fault, meanwhile?: () => Promise<void>): void
  /** Another member becomes primary once an election's time is over. */
  stepDown(): void
  close(): Promise<void>
}

const SET_NAME = 'double'
const ELECTION_MS = 50
const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify', 'commitTransaction'])
/** The greeting, and what a driver sends without waiting for anybody. */
const NEVER_FAULTY = new Set(['hello', 'ismaster', 'isMaster', 'killCursors', 'endSessions'])

export async function startMongoDouble(options: DoubleOptions = {}): Promise<MongoDouble> {
  const server = new DoubleServer(options)
  const sockets = new Set<Socket>()
  let faults = faultSource(NO_FAULTS)
  const scripted: { readonly fault: Fault; readonly meanwhile: (() => Promise<void>) | undefined }[] = []
  let primary = 0
  let term = 1
  let isElecting = false
  let election: NodeJS.Timeout | undefined

  const members = await Promise.all(
    Array.from({ length: options.isStandalone ? 1 : 3 }, (_, member) => listen((socket) => serve(socket, member))),
  )
  const hosts = members.map((each) => `127.0.0.1:${(each.address() as AddressInfo).port}`)

  function serve(socket: Socket, member: number): void {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // The other side may go away at any time.
    socket.on('error', () => socket.destroy())
    readRequests(socket, (request) => {
      answer(socket, member, request).catch(() => socket.destroy())
    })
  }

  async function answer(socket: Socket, member: number, request: WireRequest): Promise<void> {
    const { command } = request
    const name = Object.keys(command)[0] ?? ''
    if (NEVER_FAULTY.has(name) && /hello|ismaster/i.test(name)) return writeReply(socket, request, hello(member))
    options.onCommand?.(name, command)
    const script = WRITES.has(name) ? scripted.shift() : undefined
    const drawn = NEVER_FAULTY.has(name) ? undefined : faults.next(command['autocommit'] === false)
    const fault = script?.fault ?? drawn
    const { slowMs = 0, forgetsWrites = false } = faults.plan
    if (fault === 'stepDown') stepDown()
    if (fault === 'lostBefore') return void socket.destroy()
    if (fault === 'slow') await pause(slowMs)
    const reply =
      fault === 'notPrimary' || fault === 'writeConflict'
        ? errorReply(await refuse(fault, command))
        : await server.run(name, command, () => assertPrimary(member, name), forgetsWrites)
    await script?.meanwhile?.()
    if (fault === 'lostAfter') return void socket.destroy()
    if (!socket.destroyed) writeReply(socket, request, labelled(reply, command))
  }

  async function refuse(fault: 'notPrimary' | 'writeConflict', command: Document): Promise<ServerError> {
    // A member that is not the primary any more, or a statement that met a conflict, has taken the transaction back.
    if (command['autocommit'] === false) await server.run('abortTransaction', command, () => {}, false)
    return fault === 'notPrimary'
      ? notPrimary()
      : new ServerError(112, 'WriteConflict', 'Caused by a conflict with another write.')
  }

  function assertPrimary(member: number, name: string): void {
    if (!NEVER_FAULTY.has(name) && (isElecting || member !== primary)) throw notPrimary()
  }

  function hello(member: number): Document {
    const isPrimary = !isElecting && member === primary
    const set = {
      setName: SET_NAME,
      setVersion: 1,
      hosts,
      me: hosts[member],
      secondary: !isPrimary,
      ...(isElecting ? {} : { primary: hosts[primary] }),
      // A later term has a greater id, so that drivers believe the newer primary.
      ...(isPrimary ? { electionId: ObjectId.createFromHexString(term.toString(16).padStart(24, '0')) } : {}),
    }
    return {
      ok: 1,
      helloOk: true,
      isWritablePrimary: isPrimary,
      ismaster: isPrimary,
      ...(options.isStandalone ? { isWritablePrimary: true, ismaster: true } : set),
      maxBsonObjectSize: 16_777_216,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      localTime: new Date(),
      logicalSessionTimeoutMinutes: 30,
      minWireVersion: 0,
      maxWireVersion: 25,
      readOnly: false,
    }
  }

  function stepDown(): void {
    if (isElecting) return
    isElecting = true
    server.stepDown()
    election = setTimeout(() => {
      primary = (primary + 1) % hosts.length
      term++
      isElecting = false
    }, ELECTION_MS)
  }

  return {
    uri: (database) => {
      const set = options.isStandalone ? 'directConnection=true' : `replicaSet=${SET_NAME}`
      // A test waits for an election, not for the driver's usual half second between two looks.
      return `mongodb://${hosts.join(',')}/${database}?${set}&minHeartbeatFrequencyMS=10`
    },
    setFaults(plan) {
      faults = faultSource(plan)
    },
    get faults() {
      return faults.counts
    },
    failNextWrite(fault, meanwhile) {
      scripted.push({ fault, meanwhile })
    },
    stepDown,
    async close() {
      clearTimeout(election)
      for (const socket of sockets) socket.destroy()
      await Promise.all(members.map((each) => new Promise((resolve) => each.close(resolve))))
    },
  }
}

function listen(onConnection: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(onConnection)
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

const notPrimary = () => new ServerError(10_107, 'NotWritablePrimary', 'not primary')

const RETRYABLE = new Set([10_107, 11_602, 91, 189])
/** Labels tell a driver what it may do next. Driver specifications: "Retryable Writes", "Transactions". */
function labelled(reply: Document, command: Document): Document {
  if (reply['ok'] === 1) return reply
  const labels = new Set<string>(reply['errorLabels'] ?? [])
  const isTransaction = command['autocommit'] === false
  const isCommit = 'commitTransaction' in command
  if (RETRYABLE.has(reply['code']) && command['txnNumber'] !== undefined && (!isTransaction || isCommit))
    labels.add('RetryableWriteError')
  if (isTransaction && !isCommit && (RETRYABLE.has(reply['code']) || reply['code'] === 112))
    labels.add('TransientTransactionError')
  return labels.size > 0 ? { ...reply, errorLabels: [...labels] } : reply
}
