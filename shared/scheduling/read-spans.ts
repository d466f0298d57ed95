import { DomainError } from '../domain/errors.ts'
import { instantMinute, MINUTES_PER_DAY, monthSpan, readInstant } from './time-text.ts'
import type { TimeSpans } from './types.ts'

/** Spans that are read at a time: their bytes stay in the cache. */
const CHUNK = 256
/** Bytes of `YYYY-MM-DDTHH:MM:SSZ`. */
const TEXT = 20
const TEXT_WORDS = TEXT / 4
/** A character takes at most three bytes for each of its code units. */
const bytes = new Uint8Array(CHUNK * 2 * TEXT * 3)
/** The same bytes, four at a time: `YYYY`, `-MM-`, `DDTH`, `H:MM`, `:SSZ`. */
const words = new Int32Array(bytes.buffer)
const encoder = new TextEncoder()

const ZERO = 48
const DASH = 45
/** `:00Z` read as a little-endian word; elsewhere no text matches, and each is read by itself. */
const WHOLE_MINUTE = 0x5a30_303a
/** `00T0` and `0:00`: what is left of a word without them are digits and nothing else. */
const DATE_ZERO = 0x3054_3030
const TIME_ZERO = 0x3030_3a30
/** No minute within 4,000 years of today. */
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
    const to = Math.min(spans.length, from + CHUNK)
    const isPlain = copyBytes(spans, from, to)
    let word = 0
    let month = NO_MONTH
    for (let index = from; index < to; index++, word += 2 * TEXT_WORDS) {
      if (isPlain) {
        month = monthAt(word, month)
        const start = minuteAt(word, month)
        month = monthAt(word + TEXT_WORDS, month)
        const end = minuteAt(word + TEXT_WORDS, month)
        if (start !== UNREAD && end >= start) {
          minutes[index * 2] = start
          minutes[index * 2 + 1] = end
          continue
        }
      }
      readAlone(spans[index], index, minutes, path)
    }
  }
  return minutes
}

type SpanTexts = Exclude<TimeSpans, Int32Array>

/** Copies the texts of the spans [from, to) into `bytes`. Answers whether each has its place there. */
function copyBytes(spans: SpanTexts, from: number, to: number): boolean {
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
  // One text that is longer, shorter or not ASCII shifts the others.
  return isPlain && encoder.encodeInto(text, bytes).written === (to - from) * 2 * TEXT
}

/** A month as its two words spell it, the epoch minute on which it starts, and its days. */
type MonthWords = { readonly year: number; readonly month: number; readonly start: number; readonly length: number }
const NO_MONTH: MonthWords = { year: 0, month: 0, start: 0, length: 0 }

/** The month of the text at a word; most texts share that of the one before. */
function monthAt(word: number, known: MonthWords): MonthWords {
  const year = words[word] ?? 0
  const month = words[word + 1] ?? 0
  if (year === known.year && month === known.month) return known
  const { start, length } = monthSpan(monthNumberAt(word * 4))
  return { year, month, start: start * MINUTES_PER_DAY, length }
}

/** Months since the year 0 of the date at a byte, NaN where no `YYYY-MM-` is there. */
function monthNumberAt(byte: number): number {
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

/** Epoch minute of the text at a word, `UNREAD` where it is no whole minute of the month. */
function minuteAt(word: number, { start, length }: MonthWords): number {
  const date = (words[word + 2] ?? 0) ^ DATE_ZERO
  const time = (words[word + 3] ?? 0) ^ TIME_ZERO
  // A digit plus six stays below 16; anything else is or gets past it.
  const isDigits =
    (((date + 0x0600_0606) | date) & 0xf0ff_f0f0) === 0 && (((time + 0x0606_0006) | time) & 0xf0f0_fff0) === 0
  const day = (date & 15) * 10 + ((date >>> 8) & 15)
  const hour = (date >>> 24) * 10 + (time & 15)
  const minute = ((time >>> 16) & 15) * 10 + (time >>> 24)
  const isTime = isDigits && day >= 1 && day <= length && hour < 24 && minute < 60 && words[word + 4] === WHOLE_MINUTE
  return isTime ? start + (day - 1) * MINUTES_PER_DAY + hour * 60 + minute : UNREAD
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
