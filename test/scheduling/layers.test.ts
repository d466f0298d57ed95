import { expect, test } from 'vitest'
import { hasBit } from '../../shared/scheduling/bit-row.ts'
import { LAYERS } from '../../shared/scheduling/fill-layer.ts'
import { grainAfter } from '../../shared/scheduling/grid.ts'
import { attachRows, buildRows, personRows, type Rows, rebuildLayer } from '../../shared/scheduling/rows.ts'
import { readInstant } from '../../shared/scheduling/time-text.ts'
import type { Program, SchedulingPerson } from '../../shared/scheduling/types.ts'
import { aProgram } from './builders.ts'

const HORIZON = { start: '2027-08-30', end: '2027-09-20' }
const isFree = (rows: Rows, id: string, instant: string) =>
  hasBit(personRows(rows, id, 'id').free, grainAfter(rows.grid, readInstant(instant, 'instant')))

const bitsOf = ({ shared }: Rows) => new Uint32Array(shared!)

test('a changed source rebuilds one layer of one person, as if all had been built anew', () => {
  const mentee: SchedulingPerson = {
    id: 'mentee',
    timeZone: 'Asia/Kathmandu',
    busy: [['2027-09-01T04:00:00Z', '2027-09-01T05:00:00Z']],
  }
  const mentor: SchedulingPerson = {
    id: 'mentor',
    timeZone: 'America/St_Johns',
    clinic: { weekly: [{ weekday: 3, start: '08:00', end: '12:00' }] },
  }
  const rows = buildRows(aProgram({ people: [mentee, mentor], horizon: HORIZON }))
  const changed: SchedulingPerson = {
    ...mentor,
    clinic: {
      bufferMinutes: 0,
      dated: [
        { start: '2027-09-02T19:00', end: '2027-09-03T12:00', kind: 'call' },
        { start: '2027-09-06', end: '2027-09-07', kind: 'jeopardy' },
      ],
    },
  }
  const untouched = personRows(rows, 'mentee', 'id').free.slice()
  rebuildLayer(rows, changed, 'clinic')
  const anew = buildRows(aProgram({ people: [mentee, changed], horizon: HORIZON }))
  expect(bitsOf(rows)).toEqual(bitsOf(anew))
  expect(personRows(rows, 'mentee', 'id').free).toEqual(untouched)
  expect(personRows(rows, 'mentor', 'id').person).toBe(changed)
})

test('another thread sees the same rows through the shared memory', () => {
  const program = aProgram({ people: [{ id: 'mentee', timeZone: 'Europe/London' }], horizon: HORIZON })
  const rows = buildRows(program)
  expect(rows.shared).toBeInstanceOf(SharedArrayBuffer)
  const seen = attachRows(program, rows.shared!)
  rebuildLayer(rows, { id: 'mentee', timeZone: 'Europe/London', daysOff: ['2027-09-06'] }, 'daysOff')
  expect(isFree(seen, 'mentee', '2027-09-06T10:00:00Z')).toBe(false)
  expect(isFree(seen, 'mentee', '2027-09-07T10:00:00Z')).toBe(true)
})

test('busy is rounded outward and working hours inward', () => {
  const rows = buildRows(
    aProgram({
      people: [
        {
          id: 'mentee',
          timeZone: 'UTC',
          workingHours: [{ weekday: 2, start: '08:05', end: '11:55' }],
          busy: [['2027-09-07T09:14:59Z', '2027-09-07T09:15:01Z']],
        },
      ],
      horizon: HORIZON,
    }),
  )
  const at = (time: string) => isFree(rows, 'mentee', `2027-09-07T${time}:00Z`)
  expect(['08:00', '08:15', '08:45', '09:00', '09:15', '09:30', '11:30', '11:45'].map(at)).toEqual([
    false,
    true,
    true,
    false,
    false,
    true,
    true,
    false,
  ])
})

test('fifteen minutes either side of clinic are kept free unless told otherwise, and of nothing else', () => {
  const on = (clinic: NonNullable<SchedulingPerson['clinic']>) => {
    const rows = buildRows(aProgram({ people: [{ id: 'mentee', timeZone: 'UTC', clinic }], horizon: HORIZON }))
    return ['09:30', '09:45', '10:00', '11:00', '11:15'].map((time) => isFree(rows, 'mentee', `2027-09-07T${time}:00Z`))
  }
  const block = { weekday: 2, start: '10:00', end: '11:00' } as const
  expect(on({ weekly: [block] })).toEqual([true, false, false, false, true])
  expect(on({ bufferMinutes: 30, weekly: [block] })).toEqual([false, false, false, false, false])
  expect(on({ weekly: [{ ...block, kind: 'teaching' }] })).toEqual([true, true, false, true, true])
  expect(on({ weekly: [{ ...block, kind: 'jeopardy' }] })).toEqual([true, true, true, true, true])
  expect(on({ weekly: [{ ...block, hardness: 'soft' }] })).toEqual([true, true, true, true, true])
})

test('time of which nothing is known is never free', () => {
  const rows = buildRows(
    aProgram({
      people: [{ id: 'mentee', timeZone: 'UTC', unknown: [['2027-09-06T00:00:00Z', '2027-09-13T00:00:00Z']] }],
      horizon: HORIZON,
    }),
  )
  expect(isFree(rows, 'mentee', '2027-09-08T10:00:00Z')).toBe(false)
  expect(isFree(rows, 'mentee', '2027-09-14T10:00:00Z')).toBe(true)
})

test('an X+Y rotation blocks the weeks it names, before its first week too', () => {
  const rotation = {
    cycleWeeks: 5,
    firstWeekStart: '2027-09-13',
    weeks: [{ week: 4, blocks: [{ weekday: 2 as const, start: '08:00', end: '12:00' }] }],
  }
  const rows = buildRows(
    aProgram({ people: [{ id: 'mentee', timeZone: 'UTC', clinic: { rotation } }], horizon: HORIZON }),
  )
  expect(isFree(rows, 'mentee', '2027-09-07T09:00:00Z')).toBe(false)
  expect(isFree(rows, 'mentee', '2027-09-14T09:00:00Z')).toBe(true)
})

test('1,250 people over 18 months at five minutes fit in 500 MB', () => {
  const program: Pick<Program, 'horizon' | 'grainMinutes' | 'people'> = {
    horizon: { start: '2027-07-01', end: '2029-01-01' },
    grainMinutes: 5,
    people: Array.from({ length: 1250 }, (_, index) => ({
      id: `person-${index}`,
      timeZone: index % 3 === 0 ? 'America/Chicago' : 'America/New_York',
      clinic: {
        weekly: ([1, 2, 3, 4, 5] as const).map((weekday) => ({
          weekday,
          start: index % 2 ? '08:00' : '13:00',
          end: index % 2 ? '12:00' : '17:00',
          label: 'Clinic',
        })),
      },
    })),
  }
  const before = process.memoryUsage()
  const rows = buildRows(program)
  const after = process.memoryUsage()
  const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers
  expect(rows.people).toHaveLength(1250)
  expect(rows.shared!.byteLength).toBe(1250 * (LAYERS.length + 1) * rows.grid.words * 4)
  // Shared memory is not in `arrayBuffers`; count it and whatever else grew.
  expect(rows.shared!.byteLength + grown).toBeLessThan(500 * 1024 * 1024)
  expect(isFree(rows, 'person-1', '2028-03-14T18:00:00Z')).toBe(true)
  expect(isFree(rows, 'person-1', '2028-03-14T14:00:00Z')).toBe(false)
}, 60_000)

test('more people than memory are refused', () => {
  const people = Array.from({ length: 20_000 }, (_, index) => ({ id: `person-${index}`, timeZone: 'UTC' }))
  expect(() => buildRows({ horizon: { start: '2027-01-01', end: '2029-01-01' }, grainMinutes: 5, people })).toThrow(
    expect.objectContaining({ code: 'too-large' }),
  )
})
