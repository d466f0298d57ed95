/**
 * One piece of a JSON object's text: a whole member, or one element of a member that is a list. `line` counts from 1
 * and is where the piece begins.
 */
export type JsonPiece = {
  /** The member's name as it is written, quotes and all; of an element, the name of its list. */
  readonly name: string
  /** Place in the list; left out for a whole member and for a list that is empty. */
  readonly element?: number
  /** The value's text; not checked to be JSON. */
  readonly text: string
  readonly line: number
}

/** The text is no object, or its outermost braces, commas and colons are not where they belong. */
export class JsonFault extends Error {}

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const NEW_LINE = 0x0a
const SPACE = 0x20
const DIGIT_NINE = 0x39

/**
 * Cuts the UTF-8 text of a JSON object into its members, and members that are lists into their elements, as it arrives:
 * a department's year of busy time is hundreds of megabytes as text and again as objects, and nobody needs it at once.
 * Pieces come in the order of the text; what is inside them is for `JSON.parse` to judge.
 * @throws JsonFault, with the line
 */
export async function* splitJson(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<JsonPiece> {
  const kept: Buffer[] = []
  let depth = 0
  let line = 1
  /** Where what is kept begins; 0 while it is only space. */
  let pieceLine = 0
  let isText = false
  let isEscaped = false
  let isDone = false
  let name: string | undefined
  /** The next element of the list that the member is; undefined outside of one. */
  let element: number | undefined
  /** Whether a list just ended, so that only a comma or the end may follow. */
  let isAfterList = false
  /** Whether a comma came last, so that something has to follow. */
  let isWanting = false
  const fail = (message: string): never => {
    throw new JsonFault(`line ${line}: ${message}`)
  }
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let from = 0
    const take = (to: number): string => {
      kept.push(bytes.subarray(from, to))
      from = to + 1
      return Buffer.concat(kept.splice(0)).toString('utf8').trim()
    }
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]
      if (isText) {
        if (isEscaped) isEscaped = false
        else if (byte === BACKSLASH) isEscaped = true
        else if (byte === QUOTE) isText = false
        continue
      }
      // Most of a file is deep inside a person, where only brackets and quotes matter.
      if (depth > 2 && byte !== undefined && byte > SPACE && byte <= DIGIT_NINE && byte !== QUOTE) {
        continue
      }
      if (byte === NEW_LINE) line++
      else if (pieceLine === 0 && byte !== undefined && byte > SPACE) pieceLine = line
      if (byte === QUOTE) {
        isText = true
        if (depth === 1 && isAfterList) fail('a comma is missing')
        continue
      }
      const isOpening = byte === OPEN_OBJECT || byte === OPEN_LIST
      const isClosing = byte === CLOSE_OBJECT || byte === CLOSE_LIST
      if (depth === 0 && (isOpening || isClosing)) {
        const before = take(at).replace(/^\uFEFF/, '')
        if (isDone || byte !== OPEN_OBJECT || before !== '')
          fail(isDone ? 'something follows the end' : 'must be an object')
        depth = 1
        pieceLine = 0
        continue
      }
      if (depth === 1 && element === undefined) {
        if (byte === COLON && name === undefined) {
          name = take(at)
          pieceLine = 0
          continue
        }
        if (byte === CLOSE_LIST) fail('a list ends that did not begin')
        if (byte === OPEN_LIST && name !== undefined) {
          if (isAfterList || take(at) !== '') fail('a comma is missing')
          element = 0
          depth = 2
          pieceLine = 0
          continue
        }
        if (byte === COMMA || byte === CLOSE_OBJECT) {
          const text = take(at)
          if (isAfterList && text === '') name = undefined
          else if (name !== undefined && !isAfterList) yield { name, text, line: pieceLine }
          else if (text !== '' || name !== undefined || byte === COMMA || isWanting) fail('not a member of an object')
          name = undefined
          isAfterList = false
          isWanting = byte === COMMA
          pieceLine = 0
          if (byte === CLOSE_OBJECT) {
            depth = 0
            isDone = true
          }
          continue
        }
      }
      if (depth === 2 && element !== undefined && name !== undefined && (byte === COMMA || isClosing)) {
        const text = take(at)
        if (byte === CLOSE_OBJECT) fail('a list must end with ]')
        if (text !== '') yield { name, element, text, line: pieceLine }
        else if (byte === COMMA || element > 0) fail('an element is missing')
        else yield { name, text: '[]', line: pieceLine }
        element = byte === COMMA ? element + 1 : undefined
        pieceLine = 0
        if (isClosing) {
          depth = 1
          isAfterList = true
        }
        continue
      }
      if (isOpening) depth++
      else if (isClosing) depth--
    }
    if (from < bytes.length) kept.push(Buffer.from(bytes.subarray(from)))
  }
  const rest = Buffer.concat(kept).toString('utf8').trim()
  if (!isDone)
    fail(rest === '' && depth === 0 ? 'the file is empty' : depth === 0 ? 'must be an object' : 'ends too early')
  if (rest !== '') fail('something follows the end')
}
