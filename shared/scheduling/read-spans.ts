import { DomainError } from '../domain/errors.ts'
import { instantMinute, MINUTES_PER_DAY, monthSpan, readInstant } from './time-text.ts'
import type { TimeSpans } from './types.ts'

/** Spans that are read at a time: their bytes stay in the cache. */
const CHUNK = 256
/** Bytes of `YYYY-MM-DDTHH:MM:SSZ`. */
const TEXT = 20
/** A character takes at most three bytes for each of its code units. */
const bytes = new Uint8Array(CHUNK * 2 * TEXT * 3)
/** The same bytes, four at a time: `YYYY`, `-MM-`, `DDTH`, `H:MM`, `:SSZ`. */
const words = new Int32Array(bytes.buffer)
const encoder = new TextEncoder()

const ZERO = 48
const DASH = 45
const LETTER_T = 84
const COLON = 58
/** `:00Z` read as a little-endian word; elsewhere no text matches, and each is read by itself. */
const WHOLE_MINUTE = 0x5a30_303a
/** Marks what is still to be read; no minute within 4,000 years of today. */
const UNREAD = -0x8000_0000

/**
 * Spans packed: epoch minutes rounded outward, two numbers a span; an empty span stays empty. A year of two calendars
 * is thousands of texts, and reading them most of the work of a question about it: texts of the plain form with whole
 * minutes are read as bytes, many at a time; all others one by one.
 * @throws DomainError `invalid-plan` with the path of a malformed text, or of an end before its start
 */
export function readSpans(spans: TimeSpans, path: string): Int32Array {
  if (spans instanceof Int32Array) return spans
  const minutes = new Int32Array(spans.length * 2)
  for (let from = 0; from < spans.length; from += CHUNK) {
    readChunk(spans, from, Math.min(spans.length, from + CHUNK), minutes)
  }
  for (let index = 0; index < spans.length; index++) {
    const start = minutes[index * 2] ?? 0
    const end = minutes[index * 2 + 1] ?? 0
    if (start === UNREAD || end === UNREAD || end < start) readAlone(spans[index], index, minutes, path)
  }
  return minutes
}

type SpanTexts = Exclude<TimeSpans, Int32Array>

/** Reads what is plain of the spans [from, to) and leaves `UNREAD` for the rest. */
function readChunk(spans: SpanTexts, from: number, to: number, minutes: Int32Array): void {
  let text = ''
  let isPlain = true
  for (let index = from; index < to; index++) {
    const span = spans[index]
    const start = span?.[0] ?? ''
    const end = span?.[1] ?? ''
    isPlain &&= start.length === TEXT && end.length === TEXT
    text += start
    text += end
  }
  const count = (to - from) * 2
  // One text that is longer, shorter or not ASCII shifts the others.
  if (!isPlain || encoder.encodeInto(text, bytes).written !== count * TEXT) {
    minutes.fill(UNREAD, from * 2, to * 2)
    return
  }
  let year = 0
  let month = 0
  let days = monthSpan(0)
  for (let index = 0; index < count; index++) {
    const word = index * 5
    if (words[word] !== year || words[word + 1] !== month) {
      year = words[word] ?? 0
      month = words[word + 1] ?? 0
      days = monthSpan(monthAt(index * TEXT))
    }
    minutes[from * 2 + index] = (words[word + 4] ?? 0) === WHOLE_MINUTE ? minuteAt(word, days) : UNREAD
  }
}

/** Months since the year 0 of the date at a byte, NaN where no `YYYY-MM-` is there. */
function monthAt(byte: number): number {
  const year = twoDigitsAt(byte) * 100 + twoDigitsAt(byte + 2)
  const month = twoDigitsAt(byte + 5)
  const isMonth = bytes[byte + 4] === DASH && bytes[byte + 7] === DASH && month >= 1 && month <= 12
  return isMonth ? year * 12 + month - 1 : Number.NaN
}

/** NaN where no two digits are. */
function twoDigitsAt(byte: number): number {
  const tens = (bytes[byte] ?? 0) - ZERO
  const ones = (bytes[byte + 1] ?? 0) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

type MonthSpan = ReturnType<typeof monthSpan>

/** Epoch minute of the words `DDTH` and `H:MM` in a month, `UNREAD` where they are no time of it. */
function minuteAt(word: number, { start, length }: MonthSpan): number {
  const dayWord = words[word + 2] ?? 0
  const timeWord = words[word + 3] ?? 0
  const d1 = (dayWord & 255) - ZERO
  const d2 = ((dayWord >>> 8) & 255) - ZERO
  const h1 = (dayWord >>> 24) - ZERO
  const h2 = (timeWord & 255) - ZERO
  const m1 = ((timeWord >>> 16) & 255) - ZERO
  const m2 = (timeWord >>> 24) - ZERO
  const day = d1 * 10 + d2
  const hour = h1 * 10 + h2
  const isTime =
    (d1 | d2 | h1 | h2 | m1 | m2) >= 0 &&
    d2 <= 9 &&
    h2 <= 9 &&
    m1 <= 5 &&
    m2 <= 9 &&
    hour < 24 &&
    day >= 1 &&
    day <= length &&
    ((dayWord >>> 16) & 255) === LETTER_T &&
    ((timeWord >>> 8) & 255) === COLON
  return isTime ? (start + day - 1) * MINUTES_PER_DAY + hour * 60 + m1 * 10 + m2 : UNREAD
}

/** Paths are only spelt out when they are needed. */
function readAlone(span: SpanTexts[number] | undefined, index: number, minutes: Int32Array, path: string): void {
  const [start, end] = span ?? ['', '']
  const from = instantMinute(start)
  const to = instantMinute(end)
  if (to >= from) {
    minutes[index * 2] = Math.floor(from)
    minutes[index * 2 + 1] = to > from ? Math.ceil(to) : Math.floor(from)
    return
  }
  readInstant(start, `${path}[${index}][0]`)
  readInstant(end, `${path}[${index}][1]`)
  const endPath = `${path}[${index}][1]`
  const message = 'must not be earlier than its start'
  throw new DomainError('invalid-plan', `${endPath}: ${message}`, [{ path: endPath, message }])
}
