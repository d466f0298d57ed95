import type { Socket } from 'node:net'
import { BSON, type Document } from 'mongodb'

/** One request as it came over the wire. MongoDB docs: "Wire Protocol", "OP_MSG". */
export type WireRequest = { readonly requestId: number; readonly isLegacy: boolean; readonly command: Document }

const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const HEADER_BYTES = 16
const CHECKSUM_PRESENT = 1
const MESSAGE_BYTES_MAX = 48_000_000

/** Calls back for every whole request; a malformed one ends the connection, as a server does. */
export function readRequests(socket: Socket, onRequest: (request: WireRequest) => void): void {
  let pending = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    while (pending.length >= HEADER_BYTES) {
      const length = pending.readInt32LE(0)
      if (length < HEADER_BYTES || length > MESSAGE_BYTES_MAX) return void socket.destroy()
      if (pending.length < length) return
      const message = pending.subarray(0, length)
      pending = pending.subarray(length)
      const request = parse(message)
      if (!request) return void socket.destroy()
      onRequest(request)
    }
  })
}

function parse(message: Buffer): WireRequest | undefined {
  const requestId = message.readInt32LE(4)
  const opCode = message.readInt32LE(12)
  if (opCode === OP_MSG) return { requestId, isLegacy: false, command: parseMessage(message) }
  if (opCode === OP_QUERY) return { requestId, isLegacy: true, command: parseQuery(message) }
  return undefined
}

/** Sections: kind 0 is the command, kind 1 a named list of documents that belongs into it. */
function parseMessage(message: Buffer): Document {
  const flags = message.readUInt32LE(HEADER_BYTES)
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0)
  let command: Document = {}
  const lists: Record<string, Document[]> = {}
  let at = HEADER_BYTES + 4
  while (at < end) {
    const kind = message.readUInt8(at)
    at += 1
    const size = message.readInt32LE(at)
    if (kind === 0) {
      command = BSON.deserialize(message.subarray(at, at + size))
    } else {
      const nameEnd = message.indexOf(0, at + 4)
      const documents: Document[] = []
      for (let from = nameEnd + 1; from < at + size; from += message.readInt32LE(from)) {
        documents.push(BSON.deserialize(message.subarray(from, from + message.readInt32LE(from))))
      }
      lists[message.toString('utf8', at + 4, nameEnd)] = documents
    }
    at += size
  }
  return { ...command, ...lists }
}

/** Drivers still say their first hello this way. */
function parseQuery(message: Buffer): Document {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4)
  return BSON.deserialize(message.subarray(nameEnd + 1 + 8))
}

export function writeReply(socket: Socket, { requestId, isLegacy }: WireRequest, reply: Document): void {
  const body = BSON.serialize(reply)
  const before = isLegacy ? legacyPreamble() : Buffer.alloc(5)
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeInt32LE(HEADER_BYTES + before.length + body.length, 0)
  header.writeInt32LE(requestId, 4)
  header.writeInt32LE(requestId, 8)
  header.writeInt32LE(isLegacy ? OP_REPLY : OP_MSG, 12)
  socket.write(Buffer.concat([header, before, body]))
}

/** Response flags, cursor id, starting from, number returned. */
function legacyPreamble(): Buffer {
  const preamble = Buffer.alloc(20)
  preamble.writeInt32LE(1, 16)
  return preamble
}
