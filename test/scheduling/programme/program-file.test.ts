import { describe, expect, test } from 'vitest'
import { readProgramFile } from '../../../server/plan-program-file.ts'
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

const faultsOf = (text: string): readonly string[] => {
  try {
    readProgramFile(text)
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

test('reads the format, with and without a byte order mark', () => {
  expect(readProgramFile(JSON.stringify(program))).toEqual(program)
  expect(readProgramFile(`\uFEFF${JSON.stringify(program)}`)).toEqual(program)
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
  ] satisfies [string, (copy: typeof program) => unknown, string][])('%s', (_name, change, fault) => {
    expect(faultsOf(changed(change))).toContain(fault)
  })

  test('a list in the place of the whole', () => {
    expect(faultsOf('[]')).toEqual([': must be object'])
  })

  test('no JSON at all', () => {
    expect(faultsOf('{')[0]).toMatch(/^: not JSON/)
  })
})
