import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyCodeMap, type CodedEntry, lookUpCodes } from '../../server/feeds/apply-code-map.ts'
import { DAY_SECONDS, dayOfText } from '../../server/feeds/wall-seconds.ts'
import type { CodeMap } from '../../shared/api/clinic.ts'

const period = { from: dayOfText('2027-03-01'), to: dayOfText('2027-04-01') }
const at = (date: string, time = '00:00') => {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return dayOfText(date) * DAY_SECONDS + hour * 3600 + minute * 60
}
const allDay = (code: string, from: string, days = 1): CodedEntry => ({
  texts: [code],
  start: at(from),
  end: at(from) + days * DAY_SECONDS,
  isAllDay: true,
})
const timed = (code: string, start: number, end: number): CodedEntry => ({ texts: [code], start, end, isAllDay: false })
const apply = (rules: CodeMap['rules'], ...entries: CodedEntry[]) =>
  applyCodeMap(entries, lookUpCodes({ rules }), period)
const times = (result: ReturnType<typeof apply>) =>
  result.blocks.map(({ start, end, label }) => `${start}/${end} ${label}`)
const kindOf = (rules: CodeMap['rules'], code: string) => apply(rules, allDay(code, '2027-03-02')).blocks[0]?.kind

test('the first rule that fits wins; * stands for anything, letter case and spacing do not matter', () => {
  const rules: CodeMap['rules'] = [
    { pattern: 'OB Night', meaning: { kind: 'night' } },
    { pattern: 'ob*', meaning: { kind: 'service' } },
    { pattern: '*call*weekend', meaning: { kind: 'call' } },
    { pattern: '*clinic', meaning: { kind: 'clinic' } },
    { pattern: 'a*a', meaning: { kind: 'leave' } },
  ]
  expect(kindOf(rules, 'ob  NIGHT ')).toBe('night')
  expect(kindOf(rules, 'OB Day')).toBe('service')
  expect(kindOf(rules, 'Home call, long weekend')).toBe('call')
  expect(kindOf(rules, 'weekend call')).toBe('unknown')
  expect(kindOf(rules, 'GI Clinic')).toBe('clinic')
  expect(kindOf(rules, 'GI Clinic AM')).toBe('unknown')
  expect(kindOf(rules, 'a')).toBe('unknown')
  expect(kindOf(rules, 'aa')).toBe('leave')
})

test('a pattern of many stars is answered, where trying every split would never end', () => {
  const rules: CodeMap['rules'] = [{ pattern: `${'a*'.repeat(59)}b`, meaning: { ignore: true } }]
  expect(kindOf(rules, 'a'.repeat(200))).toBe('unknown')
})

test('the highest code of a day supersedes the others, equal ones add up, ignored ones never count', () => {
  const rules: CodeMap['rules'] = [
    { pattern: 'Ward', meaning: { kind: 'service' } },
    { pattern: 'Clinic', meaning: { kind: 'clinic', start: '13:00', end: '17:00' } },
    { pattern: 'Vacation', meaning: { kind: 'leave', precedence: 10 } },
    { pattern: 'Note', meaning: { ignore: true } },
  ]
  expect(
    times(
      apply(
        rules,
        allDay('Ward', '2027-03-01', 5),
        allDay('Clinic', '2027-03-02'),
        allDay('Vacation', '2027-03-03'),
        allDay('Note', '2027-03-04'),
      ),
    ),
  ).toEqual([
    '2027-03-01/2027-03-03 Ward',
    '2027-03-02T13:00/2027-03-02T17:00 Clinic',
    '2027-03-03/2027-03-04 Vacation',
    '2027-03-04/2027-03-06 Ward',
  ])
})

test('a superseded night takes its rest with it; a code without a rule is never superseded', () => {
  const rules: CodeMap['rules'] = [
    { pattern: 'Night', meaning: { kind: 'night', start: '19:00', end: '07:00', restUntil: '12:00' } },
    { pattern: 'Off', meaning: { kind: 'leave', precedence: 1 } },
  ]
  const result = apply(rules, allDay('Night', '2027-03-01'), allDay('Off', '2027-03-01'), allDay('XCOV', '2027-03-01'))
  expect(times(result)).toEqual(['2027-03-01/2027-03-02 Off', '2027-03-01/2027-03-02 XCOV'])
  expect(result.unknownCodes).toEqual([{ code: 'XCOV', count: 1, firstDate: '2027-03-01' }])
})

test('rest follows the last night of a duty, and the day after a duty by day', () => {
  const rules: CodeMap['rules'] = [{ pattern: '*', meaning: { kind: 'call', restUntil: '12:00' } }]
  const rest = (entry: CodedEntry) => times(apply(rules, entry)).filter((text) => text.includes('After'))
  const noon = (from: string, to: string) => [`2027-03-${from}/2027-03-${to}T12:00 After C`]
  expect(rest(timed('C', at('2027-03-05', '07:00'), at('2027-03-06', '07:00')))).toEqual(noon('06T07:00', '06'))
  expect(rest(timed('C', at('2027-03-05', '08:00'), at('2027-03-06', '11:00')))).toEqual(noon('06T11:00', '06'))
  expect(rest(timed('C', at('2027-03-05', '08:00'), at('2027-03-06', '12:30')))).toEqual([])
  expect(rest(timed('C', at('2027-03-05', '17:00'), at('2027-03-08', '07:00')))).toEqual(noon('08T07:00', '08'))
  expect(rest(timed('C', at('2027-03-05', '07:00'), at('2027-03-05', '17:00')))).toEqual(noon('06', '06'))
  expect(rest(allDay('C', '2027-03-05'))).toEqual(noon('06', '06'))
  expect(rest(timed('C', at('2027-02-28', '19:00'), at('2027-03-01', '07:00')))).toEqual(noon('01T07:00', '01'))
})

test('hours that end at or before they start reach into the next morning, 24:00 closes the day', () => {
  const rules: CodeMap['rules'] = [
    { pattern: 'Night', meaning: { kind: 'night', start: '19:00', end: '07:00' } },
    { pattern: 'Day', meaning: { kind: 'call', start: '07:00', end: '07:00' } },
    { pattern: 'Eve', meaning: { kind: 'call', start: '16:00', end: '24:00' } },
  ]
  const codes = ['Night', 'Day', 'Eve'].map((code) => times(apply(rules, allDay(code, '2027-03-31')))[0])
  expect(codes).toEqual([
    '2027-03-31T19:00/2027-04-01T07:00 Night',
    '2027-03-31T07:00/2027-04-01T07:00 Day',
    '2027-03-31T16:00/2027-04-01 Eve',
  ])
})

test('a block never shrinks to whole minutes', () => {
  const result = apply([], timed('x', at('2027-03-02', '08:00') + 59, at('2027-03-02', '09:00') + 1))
  expect(times(result)).toEqual(['2027-03-02T08:00/2027-03-02T09:01 x'])
})

test('jeopardy is soft and everything else hard, unless the rule says otherwise', () => {
  const rules: CodeMap['rules'] = [
    { pattern: 'J', meaning: { kind: 'jeopardy' } },
    { pattern: 'J hard', meaning: { kind: 'jeopardy', hardness: 'hard' } },
    { pattern: 'Soft clinic', meaning: { kind: 'clinic', hardness: 'soft' } },
    { pattern: 'T', meaning: { kind: 'teaching' } },
  ]
  const hardness = (code: string) => apply(rules, allDay(code, '2027-03-02')).blocks[0]?.hardness
  expect(['J', 'J hard', 'Soft clinic', 'T', 'nobody knows'].map(hardness)).toEqual([
    'soft',
    'hard',
    'soft',
    'hard',
    'hard',
  ])
})

test('on every day exactly the highest codes and all unknown ones are blocked', () => {
  const rules: CodeMap['rules'] = ['a', 'b', 'c', 'd'].map((pattern, index) => ({
    pattern,
    meaning: { kind: 'service', precedence: [0, 0, 1, 2][index]! },
  }))
  const entry = fc.record({
    code: fc.constantFrom('a', 'b', 'c', 'd', 'x', 'y'),
    first: fc.nat(40),
    days: fc.integer({ min: 1, max: 6 }),
  })
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 12 }), (entries) => {
      const start = dayOfText('2027-02-24')
      const coded = entries.map(({ code, first, days }) => ({
        texts: [code],
        start: (start + first) * DAY_SECONDS,
        end: (start + first + days) * DAY_SECONDS,
        isAllDay: true,
      }))
      const { blocks } = applyCodeMap(coded, lookUpCodes({ rules }), period)
      for (let day = period.from; day < period.to; day++) {
        const codes = new Set(
          entries
            .filter(({ first, days }) => start + first <= day && day < start + first + days)
            .map(({ code }) => code),
        )
        const highest = (['d', 'c'] as const).find((code) => codes.has(code))
        const expected = [...codes].filter(
          (code) => code === 'x' || code === 'y' || (highest ? code === highest : true),
        )
        const text = (number: number) => new Date(number * DAY_SECONDS * 1000).toISOString().slice(0, 10)
        const blocked = blocks
          .filter((block) => block.start <= text(day) && block.end >= text(day + 1))
          .map(({ label }) => label)
        expect(blocked.sort()).toEqual(expected.sort())
      }
    }),
  )
})
