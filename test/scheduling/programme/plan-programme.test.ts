import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadExactSolver } from '../../../server/plan/plan-solver.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { type PlanProgress, planProgramme } from '../../../shared/scheduling/programme/plan-programme.ts'
import type { ExactSolver } from '../../../shared/scheduling/programme/prove-part.ts'
import { solvePart } from '../../../shared/scheduling/programme/solve-part.ts'
import type { Program, SchedulingPair, SchedulingPerson, Weekday } from '../../../shared/scheduling/types.ts'
import { generateDepartment } from '../../bench/generate-department.ts'
import { breaksRules, choicesOfPlan, leastOfAllPlans, objectiveOf } from './programme-oracle.ts'

let solver: ExactSolver
beforeAll(async () => {
  solver = await loadExactSolver(() => false)
})
const plan = (program: Program, seed = 1) =>
  planProgramme(program, { seed, seconds: 20, solvePart: async (part) => solvePart(part, { solver }) })

/** Around the autumn change of clocks in North America; the other zones keep theirs or have odd offsets. */
const HORIZON = { start: '2027-11-03', end: '2027-11-12' }
const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5]

const mentor = (id: string): fc.Arbitrary<SchedulingPerson> =>
  fc
    .record({
      timeZone: fc.constantFrom('America/New_York', 'America/St_Johns'),
      start: fc.constantFrom('08:00', '11:30', '15:30'),
      end: fc.constantFrom('16:30', '17:00'),
      limits: fc.option(fc.constantFrom({ meetingsPerDay: 1 }, { meetingsPerWeek: 1 }, { meetingsPerWeek: 2 })),
    })
    .map(({ timeZone, start, end, limits }) => ({
      id,
      timeZone,
      workingHours: WEEKDAYS.map((weekday) => ({ weekday, start, end })),
      ...(limits ? { limits } : {}),
    }))

/** Free for an hour or so on two days. */
const mentee = (id: string): fc.Arbitrary<SchedulingPerson> =>
  fc
    .record({
      timeZone: fc.constantFrom('America/New_York', 'America/St_Johns'),
      weekdays: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1, maxLength: 2 }),
      start: fc.constantFrom('11:45', '12:00', '15:45'),
    })
    .map(({ timeZone, weekdays, start }) => ({
      id,
      timeZone,
      workingHours: weekdays.map((weekday) => ({ weekday, start, end: start < '15' ? '12:45' : '16:45' })),
    }))

const pairOf = (index: number): fc.Arbitrary<SchedulingPair> =>
  fc
    .record({
      mentor: fc.constantFrom('mentor-0', 'mentor-1'),
      mentees: fc.uniqueArray(fc.constantFrom('mentee-0', 'mentee-1', 'mentee-2'), { minLength: 1, maxLength: 2 }),
      menteeOrganizes: fc.boolean(),
      minutes: fc.constantFrom(30, 40, 45),
      windows: fc.constantFrom(
        [{ from: '2027-11-01', to: '2027-11-15' }],
        [
          { from: '2027-11-03', to: '2027-11-08' },
          { from: '2027-11-08', to: '2027-11-12' },
        ],
      ),
    })
    .map(({ mentor, mentees, menteeOrganizes, minutes, windows }) => {
      const [first = '', ...others] = mentees
      const [organizer, attendee] = menteeOrganizes ? [first, mentor] : [mentor, first]
      return { id: `pair-${index}`, organizer, attendees: [attendee, ...others], minutes, windows }
    })

const programs: fc.Arbitrary<Program> = fc
  .record({
    people: fc.tuple(
      mentor('mentor-0'),
      mentor('mentor-1'),
      mentee('mentee-0'),
      mentee('mentee-1'),
      mentee('mentee-2'),
    ),
    pairs: fc
      .integer({ min: 1, max: 3 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => pairOf(index))))
      .filter((pairs) => pairs.reduce((sum, pair) => sum + pair.windows.length, 0) <= 5),
  })
  .map(({ people, pairs }) => ({ format: 'protected-time/program@1', horizon: HORIZON, people, pairs }))

describe('against an oracle that tries every plan', { timeout: 60_000 }, () => {
  test('the plan is possible, costs what it says, and none costs less', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const found = await plan(program)
        const choices = choicesOfPlan(program, found)
        expect(breaksRules(program, choices)).toBe(false)
        expect(objectiveOf(program, choices)).toEqual(found.objective)
        expect(found.unplaced).toHaveLength(found.objective.unplaced)
        expect(found.objective.total).toBe(leastOfAllPlans(program))
        expect(found.bound).toEqual({ value: found.objective.total, proved: true })
      }),
      { numRuns: 60 },
    )
  })

  test('the same program and seed give the same plan', async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.nat(1000), async (program, seed) => {
        expect(await plan(program, seed)).toEqual(await plan(program, seed))
      }),
      { numRuns: 20 },
    )
  })
})

test.each([2_000, 100_000, 1_000_000])(
  'a run that ends after %i steps ends at the same plan every time',
  async (steps) => {
    const program = generateDepartment(14, 2, 5)
    const planned = async () => {
      const used: number[] = []
      const options = { steps, seconds: 60, report: (progress: PlanProgress) => used.push(progress.steps) }
      const result = await planProgramme(program, {
        ...options,
        solvePart: async (part) => solvePart(part, { solver }),
      })
      return { result, used }
    }
    const first = await planned()
    expect(await planned()).toEqual(first)
    // Rounds and the least effort of an exact model end as a whole, so a run may take a little more than it was given.
    expect(first.used.at(-1)).toBeLessThan(steps + 4_000_000)
    expect(first.result.bound.value).toBeLessThanOrEqual(first.result.objective.total)
    expect(first.result.meetings.length).toBeGreaterThan(0)
  },
)

const monday = (start: string, end: string) => [{ weekday: 1 as const, start, end }]
const mentorAndMentees = (count: number, workingHours = monday('09:00', '10:00')): Program => ({
  format: 'protected-time/program@1',
  horizon: { start: '2027-09-06', end: '2027-09-13' },
  people: [
    { id: 'mentor', timeZone: 'America/New_York', workingHours },
    ...Array.from({ length: count }, (_, index) => ({ id: `mentee-${index}`, timeZone: 'America/New_York' })),
  ],
  pairs: Array.from({ length: count }, (_, index) => ({
    id: `pair-${index}`,
    organizer: `mentee-${index}`,
    attendees: ['mentor'],
    minutes: 30,
    windows: [{ from: '2027-09-06', to: '2027-09-13' }],
  })),
})

describe('what it answers at the edges', () => {
  test('nobody to plan for: an empty plan, proved', async () => {
    const empty = { ...mentorAndMentees(0), people: [] }
    expect(await planProgramme(empty)).toEqual({
      format: 'protected-time/plan@1',
      objective: { total: 0, unplaced: 0, exceptions: 0, soft: 0 },
      bound: { value: 0, proved: true },
      meetings: [],
      unplaced: [],
    })
  })

  test('nobody free: every window unplaced, proved, and whose calendar is the reason', async () => {
    const program = mentorAndMentees(1)
    const busy = [['2027-09-01T00:00:00Z', '2027-10-01T00:00:00Z']] as const
    const found = await planProgramme({ ...program, people: program.people.map((person) => ({ ...person, busy })) })
    expect(found.objective).toEqual({ total: 1000, unplaced: 1, exceptions: 0, soft: 0 })
    expect(found.bound).toEqual({ value: 1000, proved: true })
    expect(found.unplaced[0]?.reasons).toContainEqual({ code: 'busy', personId: 'mentor', slots: 3 })
  })

  test('three mentees for two half hours: one stays out, because the mentor is taken', async () => {
    const found = await plan(mentorAndMentees(3))
    expect(found.meetings.map(({ start }) => start).sort()).toEqual(['2027-09-06T13:00:00Z', '2027-09-06T13:30:00Z'])
    expect(found.unplaced).toHaveLength(1)
    expect(found.unplaced[0]?.reasons[0]).toEqual({ code: 'overlaps-another-meeting', personId: 'mentor', slots: 3 })
    expect(found.bound.proved).toBe(true)
  })

  test('a limit per day keeps the second out, and is named', async () => {
    const program = mentorAndMentees(2)
    const people = program.people.map((person) =>
      person.id === 'mentor' ? { ...person, limits: { meetingsPerDay: 1 } } : person,
    )
    const found = await plan({ ...program, people })
    expect(found.meetings).toHaveLength(1)
    expect(found.unplaced[0]?.reasons).toContainEqual({ code: 'day-limit', personId: 'mentor', slots: 3 })
  })

  test('a hold that day counts against the limit', async () => {
    const program = mentorAndMentees(1)
    const holds = [['2027-09-06T19:00:00Z', '2027-09-06T19:30:00Z']] as const
    const people = program.people.map((person) =>
      person.id === 'mentor' ? { ...person, holds, limits: { meetingsPerDay: 1 } } : person,
    )
    expect((await plan({ ...program, people })).meetings).toHaveLength(0)
  })

  test('equal in cost, protected time comes first', async () => {
    const program = mentorAndMentees(1, monday('09:00', '11:00'))
    const people = program.people.map((person) =>
      person.id === 'mentor' ? { ...person, protectedTime: monday('10:00', '10:30') } : person,
    )
    expect((await plan({ ...program, people })).meetings[0]?.start).toBe('2027-09-06T14:00:00Z')
  })

  test('a window outside the horizon: unplaced, and said so', async () => {
    const program = mentorAndMentees(1)
    const pairs = program.pairs.map((pair) => ({ ...pair, windows: [{ from: '2029-01-01', to: '2029-02-01' }] }))
    const found = await planProgramme({ ...program, pairs })
    expect(found.unplaced[0]?.reasons.map(({ code }) => code)).toEqual(['outside-horizon'])
  })

  test('a hundred people in one meeting', async () => {
    const program = mentorAndMentees(99)
    const [first] = program.pairs
    const attendees = program.people.map(({ id }) => id).filter((id) => id !== first!.organizer)
    const found = await plan({ ...program, pairs: [{ ...first!, attendees }] })
    expect(found.meetings).toHaveLength(1)
    expect(found.bound.proved).toBe(true)
  })

  test.each([
    ['pairs[0].windows[0].to', { windows: [{ from: '2027-09-08', to: '2027-09-06' }] }],
    ['pairs[0].attendees[0]', { attendees: ['mentee-0'] }],
    ['pairs[0].attendees[1]', { attendees: ['mentor', 'mentor'] }],
    ['pairs[0].attendees[0]', { attendees: ['stranger'] }],
    ['pairs[0].organizer', { organizer: 'stranger' }],
    ['pairs[0].minutes', { minutes: 0 }],
  ])('refuses a fault at %s', async (path, change) => {
    const program = mentorAndMentees(1)
    const pairs = program.pairs.map((pair) => ({ ...pair, ...change }))
    const refusal = planProgramme({ ...program, pairs })
    await expect(refusal).rejects.toThrow(DomainError)
    await expect(refusal).rejects.toMatchObject({ code: 'invalid-plan', faults: [{ path }] })
  })
})

describe('while it runs', () => {
  test('it reports phases, an objective that only falls and a bound that only rises', async () => {
    const seen: PlanProgress[] = []
    await planProgramme(mentorAndMentees(4), {
      solvePart: async (part) => solvePart(part, { solver }),
      report: (progress) => seen.push(progress),
    })
    expect(seen[0]?.phase).toBe('first-plan')
    expect(seen.length).toBeGreaterThan(1)
    seen.slice(1).forEach((progress, index) => {
      expect(progress.objective).toBeLessThanOrEqual(seen[index]!.objective)
      expect(progress.bound).toBeGreaterThanOrEqual(seen[index]!.bound)
      expect(progress.bound).toBeLessThanOrEqual(progress.objective)
      expect(progress.elapsedSeconds).toBeGreaterThanOrEqual(seen[index]!.elapsedSeconds)
    })
  })

  test('stopped before it begins it still gives the first plan', async () => {
    const found = await planProgramme(mentorAndMentees(3), { isStopped: () => true })
    expect(found.meetings).toHaveLength(2)
    expect(found.bound.value).toBeLessThanOrEqual(found.objective.total)
  })

  test('without any time it still gives the first plan', async () => {
    const found = await planProgramme(mentorAndMentees(3), { seconds: 0 })
    expect(found.meetings).toHaveLength(2)
  })
})
