import { describe, expect, test } from 'vitest'
import { readProgramFile } from '../../../server/plan/plan-program-file.ts'
import { DomainError } from '../../../shared/domain/errors.ts'

const program = {
  format: 'protected-time/program@1',
  horizon: { start: '2027-06-28', end: '2028-07-04' },
  people: [
    { id: 'm1', timeZone: 'America/New_York' },
    { id: 'e1', timeZone: 'America/New_York', limits: { meetingsPerWeek: 3 } },
  ],
  pairs: [
    {
      id: 'p1',
      organizer: 'm1',
      attendees: ['e1'],
      minutes: 45,
      windows: [{ from: '2027-07-01', to: '2027-08-01' }],
    },
  ],
}

/** The text's bytes in pieces that fall anywhere, also inside a character. */
function* piecesOf(text: string, length = 7): Generator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length)
}
const faultsOf = async (text: string): Promise<readonly string[]> => {
  try {
    await readProgramFile(piecesOf(text))
  } catch (error) {
    if (error instanceof DomainError) return error.faults.map(({ path, message }) => `${path}: ${message}`)
    throw error
  }
  return []
}
/** The example with one place changed. */
const changed = (change: (copy: Record<string, never> & typeof program) => void): string => {
  const copy = structuredClone(program) as Record<string, never> & typeof program
  change(copy)
  return JSON.stringify(copy)
}

test('reads the format, with and without a byte order mark, however it is cut and laid out', async () => {
  const named = structuredClone(program)
  Object.assign(named.people[0]!, {
    clinic: { weekly: [{ weekday: 1, start: '08:00', end: '12:00', label: '{ "Ä]," \\' }] },
  })
  for (const indent of [undefined, 2]) {
    const text = JSON.stringify(named, undefined, indent)
    for (const length of [1, 2, 13, text.length * 2]) {
      expect(await readProgramFile(piecesOf(text, length))).toEqual(named)
      expect(await readProgramFile(piecesOf(`\uFEFF${text}\n`, length))).toEqual(named)
    }
  }
  const empty = { ...program, people: [], pairs: [] }
  expect(await readProgramFile(piecesOf(JSON.stringify(empty)))).toEqual(empty)
})

test('packs the time of people', async () => {
  const busy = [['2027-07-01T14:00:00Z', '2027-07-01T15:00:30Z']]
  const read = await readProgramFile(piecesOf(changed((p) => Object.assign(p.people[0]!, { busy }))))
  const start = Date.parse('2027-07-01T14:00:00Z') / 60_000
  expect(read.people[0]?.busy).toEqual(Int32Array.of(start, start + 61))
})

describe('names the path of a fault', () => {
  test.each([
    [
      'a missing date',
      (p) => Reflect.deleteProperty(p.pairs[0]!.windows[0]!, 'to'),
      'pairs[0].windows[0].to: is missing',
    ],
    [
      'a misspelt field',
      (p) => Object.assign(p.people[1]!, { dayOff: [] }),
      'people[1].dayOff: is not a field of the format',
    ],
    ['another format', (p) => Object.assign(p, { format: 'x@2' }), 'format: must be one of protected-time/program@1'],
    ['a half minute', (p) => Object.assign(p.pairs[0]!, { minutes: 45.5 }), 'pairs[0].minutes: must be integer'],
    ['a grain of 10', (p) => Object.assign(p, { grainMinutes: 10 }), 'grainMinutes: must be one of 5, 15'],
    ['an id used twice', (p) => Object.assign(p.people[1]!, { id: 'm1' }), 'people[1].id: "m1" is used twice'],
    [
      'a stranger',
      (p) => Object.assign(p.pairs[0]!, { attendees: ['x'] }),
      'pairs[0].attendees[0]: nobody among the people has the id "x"',
    ],
    [
      'a pair with oneself',
      (p) => Object.assign(p.pairs[0]!, { attendees: ['m1'] }),
      'pairs[0].attendees[0]: the organizer cannot attend twice',
    ],
  ] satisfies [string, (copy: typeof program) => unknown, string][])('%s', async (_name, change, fault) => {
    expect(await faultsOf(changed(change))).toContain(fault)
  })

  test('every fault of a file, not the first only', async () => {
    const text = changed((p) => {
      Object.assign(p.people[0]!, { busy: [['2027-07-01T14:00:00Z', 'tomorrow']] })
      Object.assign(p.people[1]!, { limits: { meetingsPerWeek: -1 } })
      Object.assign(p.pairs[0]!, { minutes: '45' })
    })
    expect(await faultsOf(text)).toEqual([
      'people[0].busy[0][1]: not an instant of the form YYYY-MM-DDTHH:MM:SSZ',
      'people[1].limits.meetingsPerWeek: must be >= 0',
      'pairs[0].minutes: must be integer',
    ])
  })

  test.each([
    ['an empty file', '', ': line 1: the file is empty'],
    ['a list in the place of the whole', '[]', ': line 1: must be an object'],
    ['a number in the place of the whole', '42', ': line 1: must be an object'],
    ['a file cut short', '{"format": "protected-time/program@1",\n"people": [{"id": "a"', ': line 2: ends too early'],
    ['more than one object', '{} {}', ': line 1: something follows the end'],
    ['a comma too many', '{"people": [],}', ': line 1: not a member of an object'],
    ['a comma too few', '{"people": []\n"pairs": []}', ': line 2: a comma is missing'],
    ['a missing element', '{"people": [,]}', ': line 1: an element is missing'],
    ['a list that ends as an object', '{"people": [}', ': line 1: a list must end with ]'],
    ['an object that ends as a list', '{"format": 1]', ': line 1: a list ends that did not begin'],
  ])('%s', async (_name, text, fault) => {
    expect(await faultsOf(text)).toEqual([fault])
  })

  test.each([
    [
      'a person that is no JSON',
      '{"people": [\n{"id": "a"},\n{id: "b"}], "pairs": []}',
      /^people\[1\]: line 3 is not JSON: Expected property name/,
    ],
    ['a value that is no JSON', '{"grainMinutes": fifteen}', /^grainMinutes: line 1 is not JSON: Unexpected token/],
    ['a person cut in two', '{"people": [\n\n{\n"id":\n}]}', /^people\[0\]: line 3 is not JSON/],
    ['a list given twice', '{"people": [], "people": []}', /^people: is given twice/],
    ['people that are no list', '{"people": {}}', /^people: must be array/],
    ['a list that nobody knows', '{"persons": [1]}', /^persons: is not a field of the format/],
  ])('%s', async (_name, text, fault) => {
    expect(await faultsOf(text)).toContainEqual(expect.stringMatching(fault))
  })
})
