import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../shared/domain/errors.ts'
import { checkSlot } from '../../shared/scheduling/check-slot.ts'
import { proposePair } from '../../shared/scheduling/propose-pair.ts'
import type { PairProposal, Program, SchedulingPerson } from '../../shared/scheduling/types.ts'
import { aProgram, SEED } from './builders.ts'
import { hardSpansOf, leastTotal, possibleStarts } from './minute-oracle.ts'
import { pairProgram } from './random-programs.ts'
import { spanTexts } from './span-texts.ts'

const MINUTE = 60_000

/** Counts a proposal's objective from its dates alone. */
function countObjective(windows: ReturnType<typeof possibleStarts>, { meetings }: PairProposal) {
  const placed = meetings.map(({ window, start }) => windows[window]!.find((possible) => possible.start === start)!)
  const counts = new Map<string, number>()
  for (const { pattern } of placed) counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
  const unplaced = windows.length - placed.length
  const exceptions = placed.length - Math.max(0, ...counts.values())
  const soft = placed.reduce((sum, start) => sum + start.soft, 0)
  return { total: 1000 * unplaced + 20 * exceptions + soft, unplaced, exceptions, soft }
}

describe('over 1,200 random rosters', () => {
  test('no meeting of any proposal touches a hard block, and every slot passes the check before booking', () => {
    let meetings = 0
    fc.assert(
      fc.property(pairProgram, (program) => {
        const spans = program.people.flatMap((person) => hardSpansOf(program, person))
        for (const proposal of proposePair({ program, pairId: 'pair' }).proposals) {
          for (const { start, minutes, window } of proposal.meetings) {
            const from = Temporal.Instant.from(start).epochMilliseconds
            const to = from + minutes * MINUTE
            expect(spans.filter((span) => span.start < to && span.end > from)).toEqual([])
            expect(checkSlot(program, 'pair', window, start)).toEqual([])
            meetings++
          }
        }
      }),
      { seed: SEED, numRuns: 1200 },
    )
    expect(meetings).toBeGreaterThan(2500)
  }, 60_000)

  test('the first proposal is the cheapest that exists, and every objective is what its dates cost', () => {
    fc.assert(
      fc.property(pairProgram, (program) => {
        const { proposals, windowFacts } = proposePair({ program, pairId: 'pair', limit: 8 })
        const windows = possibleStarts(program, program.pairs[0]!)
        expect(windowFacts.map(({ possibleStarts: count }) => count)).toEqual(windows.map(({ length }) => length))
        expect(proposals.length > 0).toBe(windows.some(({ length }) => length > 0))
        for (const proposal of proposals) {
          expect(proposal.objective).toEqual(countObjective(windows, proposal))
          expect(proposal.meetings.filter(({ onPattern }) => !onPattern)).toHaveLength(proposal.objective.exceptions)
          expect(proposal.meetings.flatMap(({ reasons }) => reasons).reduce((sum, { cost = 0 }) => sum + cost, 0)).toBe(
            proposal.objective.total - 1000 * proposal.objective.unplaced,
          )
          expect([...proposal.meetings, ...proposal.unplaced].map(({ window }) => window).sort()).toEqual(
            windows.map((_, window) => window),
          )
        }
        const totals = proposals.map(({ objective }) => objective.total)
        expect(totals).toEqual(totals.toSorted((a, b) => a - b))
        expect(new Set(proposals.map(({ id }) => id)).size).toBe(proposals.length)
        if (proposals.length > 0) expect(totals[0]).toBe(leastTotal(windows))
      }),
      { seed: SEED, numRuns: 200 },
    )
  }, 60_000)

  test('the same question has the same answer', () => {
    fc.assert(
      fc.property(pairProgram, (program) => {
        expect(proposePair({ program, pairId: 'pair' })).toEqual(
          proposePair({ program: structuredClone(program), pairId: 'pair' }),
        )
      }),
      { seed: SEED, numRuns: 50 },
    )
  })
})

/** Overlapping windows, few hours and tight limits: meetings of the pair get into each other's way. */
const crowded = fc
  .record({
    quarters: fc.array(
      fc.record({
        weekday: fc.constantFrom(1 as const, 2 as const, 5 as const),
        start: fc.integer({ min: 32, max: 64 }),
        length: fc.integer({ min: 2, max: 4 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    windows: fc.array(fc.record({ from: fc.integer({ min: 0, max: 14 }), days: fc.integer({ min: 1, max: 14 }) }), {
      minLength: 2,
      maxLength: 4,
    }),
    meetingsPerDay: fc.constantFrom(1, 2),
    meetingsPerWeek: fc.constantFrom(1, 2, 3),
    holds: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 2 }),
  })
  .map(({ quarters, windows, meetingsPerDay, meetingsPerWeek, holds }) => {
    const date = (day: number) => Temporal.PlainDate.from('2027-09-06').add({ days: day }).toString()
    const time = (quarter: number) =>
      `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`
    return aProgram({
      people: [
        {
          id: 'mentee',
          timeZone: 'UTC',
          workingHours: quarters.map(({ weekday, start, length }) => ({
            weekday,
            start: time(start),
            end: time(start + length),
          })),
        },
        {
          id: 'mentor',
          timeZone: 'UTC',
          limits: { meetingsPerDay, meetingsPerWeek },
          holds: holds.map((day) => [`${date(day)}T22:00:00Z`, `${date(day)}T22:30:00Z`] as const),
        },
      ],
      windows: windows.map(({ from, days }) => ({ from: date(from), to: date(from + days) })),
      horizon: { start: '2027-09-06', end: '2027-10-06' },
    })
  })

/** The least that any choice of starts costs, by trying all of them. */
function cheapestOfAll(program: Program): number {
  const { limits, holds } = program.people[1]!
  const windows = possibleStarts(program, program.pairs[0]!)
  const dayOf = (start: string) => Math.floor((Date.parse(start) - Date.parse('2027-09-06')) / (1440 * MINUTE))
  const held = spanTexts(holds).map(([start]) => dayOf(start))
  let best = Number.POSITIVE_INFINITY
  const visit = (
    window: number,
    placed: readonly { readonly start: string; readonly soft: number; readonly pattern: string }[],
  ): void => {
    const starts = windows[window]
    if (!starts) {
      const counts = new Map<string, number>()
      for (const { pattern } of placed) counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
      const exceptions = placed.length - Math.max(0, ...counts.values())
      const soft = placed.reduce((sum, start) => sum + start.soft, 0)
      best = Math.min(best, 1000 * (windows.length - placed.length) + 20 * exceptions + soft)
      return
    }
    for (const start of starts) {
      const days = [...held, ...placed.map((other) => dayOf(other.start))]
      const day = dayOf(start.start)
      const isFull =
        days.filter((other) => other === day).length >= limits!.meetingsPerDay! ||
        days.filter((other) => Math.floor(other / 7) === Math.floor(day / 7)).length >= limits!.meetingsPerWeek!
      const overlaps = placed.some((other) => Math.abs(Date.parse(other.start) - Date.parse(start.start)) < 30 * MINUTE)
      if (!isFull && !overlaps) visit(window + 1, [...placed, start])
    }
    visit(window + 1, placed)
  }
  visit(0, [])
  return best
}

test('where windows overlap and limits are tight, the first proposal is still the cheapest of all', () => {
  let tight = 0
  fc.assert(
    fc.property(crowded, (program) => {
      const { proposals } = proposePair({ program, pairId: 'pair' })
      const least = cheapestOfAll(program)
      expect(proposals[0]?.objective.total ?? 1000 * program.pairs[0]!.windows.length).toBe(least)
      if (least !== leastTotal(possibleStarts(program, program.pairs[0]!))) tight++
    }),
    { seed: SEED, numRuns: 150 },
  )
  expect(tight).toBeGreaterThan(40)
}, 60_000)

const mornings = (id: string): SchedulingPerson => ({
  id,
  timeZone: 'America/New_York',
  workingHours: [{ weekday: 2, start: '09:00', end: '11:00' }],
})

test('protected time wins between equally good starts and is named as a reason', () => {
  const program = aProgram({
    people: [
      { ...mornings('mentee'), protectedTime: [{ weekday: 2, start: '10:00', end: '11:00' }] },
      mornings('mentor'),
    ],
    windows: [{ from: '2027-09-06', to: '2027-09-13' }],
    minutes: 30,
  })
  const [best] = proposePair({ program, pairId: 'pair' }).proposals
  expect(best?.meetings).toMatchObject([
    {
      start: '2027-09-07T14:00:00Z',
      reasons: expect.arrayContaining([{ code: 'protected-time', personId: 'mentee', cost: 0 }]),
    },
  ])
})

test('standby loses against any other start of the same cost, and says so where nothing else is left', () => {
  const jeopardy = (end: string): SchedulingPerson => ({
    ...mornings('mentor'),
    clinic: { dated: [{ start: '2027-09-07T09:00', end, kind: 'jeopardy', label: 'Backup' }] },
  })
  const windows = [{ from: '2027-09-06', to: '2027-09-13' }]
  const half = aProgram({ people: [mornings('mentee'), jeopardy('2027-09-07T10:00')], windows, minutes: 30 })
  expect(proposePair({ program: half, pairId: 'pair' }).proposals[0]?.meetings[0]?.start).toBe('2027-09-07T14:00:00Z')
  const whole = aProgram({ people: [mornings('mentee'), jeopardy('2027-09-07T11:00')], windows, minutes: 30 })
  expect(proposePair({ program: whole, pairId: 'pair' }).proposals[0]?.meetings[0]?.reasons).toContainEqual({
    code: 'jeopardy',
    personId: 'mentor',
    cost: 0,
  })
})

test('the date a plan names wins between equally good dates', () => {
  const always = (id: string): SchedulingPerson => ({ id, timeZone: 'UTC' })
  const program = aProgram({
    people: [always('mentee'), always('mentor')],
    windows: [
      { from: '2027-09-11', to: '2027-09-18', day: '2027-09-14' },
      { from: '2027-10-09', to: '2027-10-16', day: '2027-10-12' },
    ],
    minutes: 60,
  })
  const [best] = proposePair({ program, pairId: 'pair' }).proposals
  expect(best?.pattern).toEqual({ weekday: 2, startTime: '08:30', timeZone: 'UTC' })
  expect(best?.meetings.map(({ start }) => start)).toEqual(['2027-09-14T08:30:00Z', '2027-10-12T08:30:00Z'])
})

test('proposals differ by more than a quarter of an hour', () => {
  const always = (id: string): SchedulingPerson => ({ id, timeZone: 'UTC' })
  const program = aProgram({
    people: [always('mentee'), always('mentor')],
    windows: [
      { from: '2027-09-01', to: '2027-10-01' },
      { from: '2027-10-01', to: '2027-11-01' },
      { from: '2027-11-01', to: '2027-12-01' },
    ],
    minutes: 60,
  })
  const patterns = proposePair({ program, pairId: 'pair' }).proposals.map(({ pattern }) => pattern!)
  expect(patterns).toHaveLength(5)
  for (const [index, a] of patterns.entries()) {
    for (const b of patterns.slice(0, index)) {
      const apart = Math.abs(Temporal.PlainTime.from(a.startTime).until(b.startTime).total('minutes'))
      expect(a.weekday !== b.weekday || apart >= 60).toBe(true)
    }
  }
})

test('a committee meets only when all of it and its room are free', () => {
  const member = (id: string, busyFrom: string, busyTo: string): SchedulingPerson => ({
    ...mornings(id),
    busy: [[`2027-09-07T${busyFrom}:00Z`, `2027-09-07T${busyTo}:00Z`]],
  })
  const room: SchedulingPerson = {
    id: 'room',
    timeZone: 'UTC',
    workingHours: ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({ weekday, start: '00:00', end: '24:00' })),
    busy: [['2027-09-07T14:30:00Z', '2027-09-07T23:00:00Z']],
  }
  // 13:00 to 15:00 UTC is what the mornings leave; the members take its first hour, the room its last half.
  const people = [
    mornings('mentee'),
    member('a', '13:00', '13:30'),
    member('b', '13:30', '13:45'),
    member('c', '13:45', '14:00'),
    room,
  ]
  const program = aProgram({ people, windows: [{ from: '2027-09-06', to: '2027-09-13' }], minutes: 30 })
  const { proposals, windowFacts } = proposePair({ program, pairId: 'pair' })
  expect(proposals.map(({ meetings }) => meetings.map(({ start }) => start))).toEqual([['2027-09-07T14:00:00Z']])
  expect(windowFacts[0]?.reasons.filter(({ code }) => code === 'busy').map(({ personId }) => personId)).toEqual(
    expect.arrayContaining(['a', 'b', 'c', 'room']),
  )
})

test('a start on the quarter hour is found where the half hours are taken', () => {
  const gap: SchedulingPerson = {
    ...mornings('mentor'),
    busy: [
      ['2027-09-07T12:00:00Z', '2027-09-07T13:15:00Z'],
      ['2027-09-07T13:45:00Z', '2027-09-07T16:00:00Z'],
    ],
  }
  const program = aProgram({
    people: [mornings('mentee'), gap],
    windows: [{ from: '2027-09-06', to: '2027-09-13' }],
    minutes: 30,
  })
  expect(proposePair({ program, pairId: 'pair' }).proposals[0]?.meetings[0]?.start).toBe('2027-09-07T13:15:00Z')
})

test('a pattern keeps its clock time over the change to winter time', () => {
  const program = aProgram({
    people: [mornings('mentee'), mornings('mentor')],
    windows: [
      { from: '2027-10-25', to: '2027-11-01' },
      { from: '2027-11-01', to: '2027-11-08' },
      { from: '2027-11-08', to: '2027-11-15' },
    ],
    minutes: 120,
  })
  const [best] = proposePair({ program, pairId: 'pair' }).proposals
  expect(best?.pattern).toEqual({ weekday: 2, startTime: '09:00', timeZone: 'America/New_York' })
  expect(best?.meetings.map(({ start }) => start)).toEqual([
    '2027-10-26T13:00:00Z',
    '2027-11-02T13:00:00Z',
    '2027-11-09T14:00:00Z',
  ])
})

test('one date that meets clinic is an exception, and the others stay on the pattern', () => {
  const clinicOnce: SchedulingPerson = {
    id: 'mentor',
    timeZone: 'America/New_York',
    workingHours: [
      { weekday: 2, start: '09:00', end: '10:00' },
      { weekday: 4, start: '09:00', end: '10:00' },
    ],
    clinic: { dated: [{ start: '2027-09-14', end: '2027-09-15', kind: 'service', label: 'Ward' }] },
  }
  const mentee: SchedulingPerson = { id: 'mentee', timeZone: 'America/New_York' }
  const weeks = ['2027-09-06', '2027-09-13', '2027-09-20'].map((from) => ({
    from,
    to: Temporal.PlainDate.from(from).add({ days: 4 }).toString(),
  }))
  const [best] = proposePair({
    program: aProgram({ people: [mentee, clinicOnce], windows: weeks, minutes: 60 }),
    pairId: 'pair',
  }).proposals
  expect(best?.pattern).toMatchObject({ weekday: 4 })
  const tuesdays = aProgram({
    people: [mentee, { ...clinicOnce, daysOff: ['2027-09-09', '2027-09-23'] }],
    windows: weeks,
    minutes: 60,
  })
  const [moved] = proposePair({ program: tuesdays, pairId: 'pair' }).proposals
  expect(moved?.meetings.map(({ onPattern }) => onPattern)).toEqual([true, false, true])
  expect(moved?.meetings[1]?.reasons).toContainEqual({ code: 'off-pattern', cost: 20 })
  expect(moved?.objective).toEqual({ total: 20, unplaced: 0, exceptions: 1, soft: 0 })
})

describe('limits of a person', () => {
  const always = (id: string, rest: Partial<SchedulingPerson> = {}): SchedulingPerson => ({
    id,
    timeZone: 'UTC',
    ...rest,
  })
  const weekly = [0, 1, 2, 3].map((week) => ({
    from: Temporal.PlainDate.from('2027-09-02').add({ weeks: week }).toString(),
    to: Temporal.PlainDate.from('2027-09-02')
      .add({ weeks: week + 1 })
      .toString(),
  }))

  test('two windows that touch the same Monday-week still make one meeting a week', () => {
    const program = aProgram({
      people: [always('mentee'), always('mentor', { limits: { meetingsPerWeek: 1 } })],
      windows: weekly,
      minutes: 30,
    })
    for (const { meetings, unplaced } of proposePair({ program, pairId: 'pair' }).proposals) {
      const weeks = meetings.map(({ start }) => Temporal.Instant.from(start).toZonedDateTimeISO('UTC').weekOfYear)
      expect(new Set(weeks).size).toBe(weeks.length)
      expect(unplaced).toEqual([])
    }
  })

  test('our own holds count, and the refusal names the limit', () => {
    const mentor = always('mentor', {
      limits: { meetingsPerWeek: 1 },
      holds: [['2027-09-07T09:00:00Z', '2027-09-07T09:30:00Z']],
    })
    const program = aProgram({
      people: [always('mentee'), mentor],
      windows: [{ from: '2027-09-06', to: '2027-09-13' }],
      minutes: 30,
    })
    const { proposals, windowFacts } = proposePair({ program, pairId: 'pair' })
    expect(proposals).toEqual([])
    expect(windowFacts[0]?.reasons).toContainEqual({
      code: 'week-limit',
      personId: 'mentor',
      slots: expect.any(Number),
    })
    expect(checkSlot(program, 'pair', 0, '2027-09-08T09:00:00Z')).toEqual([{ code: 'week-limit', personId: 'mentor' }])
  })

  test('overlapping windows never get overlapping meetings', () => {
    const short = (id: string): SchedulingPerson => ({
      id,
      timeZone: 'UTC',
      workingHours: [{ weekday: 2, start: '09:00', end: '10:00' }],
    })
    const program = aProgram({
      people: [short('mentee'), short('mentor')],
      windows: [
        { from: '2027-09-06', to: '2027-09-13' },
        { from: '2027-09-06', to: '2027-09-13' },
        { from: '2027-09-06', to: '2027-09-13' },
      ],
      minutes: 30,
    })
    const [best] = proposePair({ program, pairId: 'pair' }).proposals
    expect(best?.meetings.map(({ start }) => start).toSorted()).toEqual([
      '2027-09-07T09:00:00Z',
      '2027-09-07T09:30:00Z',
    ])
    expect(best?.unplaced).toHaveLength(1)
  })
})

describe('what cannot be placed is said clearly', () => {
  const always = (id: string): SchedulingPerson => ({ id, timeZone: 'UTC' })

  test('no windows', () => {
    const program = aProgram({ people: [always('mentee'), always('mentor')], windows: [] })
    expect(proposePair({ program, pairId: 'pair' })).toEqual({ windows: [], proposals: [], windowFacts: [] })
  })

  test('one person alone', () => {
    const program = { ...aProgram({ people: [always('mentee')] }) }
    expect(proposePair({ program, pairId: 'pair' }).proposals[0]?.meetings).toHaveLength(1)
  })

  test('everything busy: every window has its reasons and no proposal', () => {
    const busy = { ...always('mentor'), busy: [['2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z']] as const }
    const { proposals, windowFacts } = proposePair({
      program: aProgram({ people: [always('mentee'), busy] }),
      pairId: 'pair',
    })
    expect(proposals).toEqual([])
    expect(windowFacts).toEqual([
      {
        window: 0,
        possibleStarts: 0,
        // 22 weekdays, 08:00 to 16:30 each; nights and weekends are outside of working hours for both.
        reasons: [
          { code: 'busy', personId: 'mentor', slots: 22 * 35 },
          { code: 'outside-working-hours', personId: 'mentee', slots: 30 * 96 - 22 * 35 },
          { code: 'outside-working-hours', personId: 'mentor', slots: 30 * 96 - 22 * 35 },
        ],
      },
    ])
  })

  test('a hundred people in one meeting', () => {
    const people = Array.from({ length: 100 }, (_, index) => always(`person-${index}`))
    const [best] = proposePair({ program: aProgram({ people }), pairId: 'pair' }).proposals
    expect(best?.meetings).toHaveLength(1)
    expect(best?.objective.soft).toBe(0)
  })

  test.each([
    [{ windows: [{ from: '2027-09-10', to: '2027-09-01' }] }, 'invalid-plan', 'pairs[0].windows[0].to'],
    [{ windows: [{ from: '2027-02-30', to: '2027-09-01' }] }, 'invalid-plan', 'pairs[0].windows[0].from'],
    [{ people: [{ id: 'mentee', timeZone: 'Mars/Olympus' }] }, 'unknown-time-zone', 'people[0].timeZone'],
    [{ minutes: 0 }, 'invalid-plan', 'pairs[0].minutes'],
    [{ horizon: { start: '2027-09-01', end: '2027-09-01' } }, 'invalid-plan', 'horizon.end'],
    [{ horizon: { start: '1027-09-01', end: '2027-09-01' } }, 'too-large', 'horizon.end'],
    [
      { people: [{ id: 'mentee', timeZone: 'UTC', workingHours: [{ weekday: 1, start: '17:00', end: '08:00' }] }] },
      'invalid-plan',
      'people[0].workingHours[0].end',
    ],
    [
      { people: [{ id: 'mentee', timeZone: 'UTC', busy: [['2027-09-01T10:00:00Z', 'tomorrow']] }] },
      'invalid-plan',
      'people[0].busy[0][1]',
    ],
  ] as const)('%j is refused as %s at %s', (wrong, code, path) => {
    const attempt = () => proposePair({ program: aProgram(wrong), pairId: 'pair' })
    expect(attempt).toThrow(DomainError)
    try {
      attempt()
    } catch (error) {
      expect(error).toMatchObject({ code, faults: [{ path }] })
    }
  })

  test('a pair or a person that the program does not hold', () => {
    expect(() => proposePair({ program: aProgram({}), pairId: 'other' })).toThrow(
      expect.objectContaining({ code: 'invalid-plan' }),
    )
    const program = aProgram({})
    const stranger = { ...program, pairs: [{ ...program.pairs[0]!, attendees: ['stranger'] }] }
    expect(() => proposePair({ program: stranger, pairId: 'pair' })).toThrow(
      expect.objectContaining({ code: 'person-not-found' }),
    )
  })
})
