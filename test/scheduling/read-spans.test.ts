import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { readSpans } from '../../shared/scheduling/read-spans.ts'
import { buildRows } from '../../shared/scheduling/rows.ts'
import type { InstantText } from '../../shared/scheduling/types.ts'
import { aProgram } from './builders.ts'

const minuteOf = (text: InstantText): number => Number(Temporal.Instant.from(text).epochNanoseconds) / 6e10

/** Instants as people and programs write them: plain, with seconds, with a fraction, with an offset. */
const anInstant = fc
  .record({
    seconds: fc.integer({
      min: Date.parse('1969-12-01T00:00:00Z') / 1000,
      max: Date.parse('2171-02-01T00:00:00Z') / 1000,
    }),
    form: fc.constantFrom('plain', 'plain', 'plain', 'seconds', 'fraction', 'offset', 'short'),
  })
  .map(({ seconds, form }) => {
    const whole = Temporal.Instant.fromEpochMilliseconds((seconds - (seconds % 60)) * 1000)
    const plain = `${whole.toString().slice(0, 16)}:00Z`
    switch (form) {
      case 'seconds':
        return Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString()
      case 'fraction':
        return `${plain.slice(0, 19)}.250Z`
      case 'offset':
        return whole.toString({ timeZone: 'Asia/Kathmandu' })
      case 'short':
        return `${plain.slice(0, 16)}Z`
      default:
        return plain
    }
  })

test('spans are the minutes Temporal reads, rounded outward, however many and in whatever form', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anInstant, anInstant), { maxLength: 600 }), (drawn) => {
      const spans = drawn.map(([a, b]) => (minuteOf(a) <= minuteOf(b) ? ([a, b] as const) : ([b, a] as const)))
      const packed = readSpans(spans, 'busy')
      const expected = spans.flatMap(([start, end]) => {
        const from = Math.floor(minuteOf(start))
        return [from, minuteOf(end) > minuteOf(start) ? Math.ceil(minuteOf(end)) : from]
      })
      expect(packed).toEqual(Int32Array.from(expected))
      expect(readSpans(packed, 'busy')).toBe(packed)
    }),
    { numRuns: 60, examples: [[[['1969-12-31T23:59:00Z', '1969-12-31T23:59:59Z']]]] },
  )
})

test.each([
  ['2027-02-30T10:00:00Z', 'a day no month has'],
  ['2027-13-01T10:00:00Z', 'a thirteenth month'],
  ['2027-00-01T10:00:00Z', 'a month of none'],
  ['2027-02-00T10:00:00Z', 'a day of none'],
  ['2027-02-01T24:00:00Z', 'an hour past the day'],
  ['2027-02-01T10:60:00Z', 'a minute past the hour'],
  ['2027-02-01T10:0a:00Z', 'a letter for a digit'],
  ['2027-02-01T1:000:00Z', 'a colon out of place'],
  ['2027/02/01T10:00:00Z', 'other marks in the date'],
  ['2027-02-01T10:00:00é', 'a letter of two bytes'],
  ['', 'nothing'],
])('%s is refused with its path: %s', (wrong) => {
  const fine = Array.from({ length: 300 }, () => ['2027-02-01T10:00:00Z', '2027-02-01T11:00:00Z'] as const)
  const spans = [...fine, ['2027-02-01T10:00:00Z', wrong] as const, ...fine]
  expect(() => readSpans(spans, 'people[0].busy')).toThrow(
    expect.objectContaining({
      code: 'invalid-plan',
      faults: [expect.objectContaining({ path: 'people[0].busy[300][1]' })],
    }),
  )
})

test('an end before its start is refused, and packed spans block what their texts do', () => {
  const busy = [['2027-09-07T09:14:59Z', '2027-09-07T10:15:01Z'] as const]
  expect(() => readSpans([['2027-02-01T10:01:00Z', '2027-02-01T10:00:00Z']], 'busy')).toThrow('busy[0][1]')
  const horizon = { start: '2027-09-01', end: '2027-10-01' }
  const freeWith = (spans: typeof busy | Int32Array) =>
    buildRows(aProgram({ people: [{ id: 'mentee', timeZone: 'UTC', busy: spans }], horizon })).people[0]?.free
  expect(freeWith(readSpans(busy, 'busy'))).toEqual(freeWith(busy))
})
