import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadExactSolver } from '../../server/plan/plan-solver.ts'
import { findBroken } from '../../shared/scheduling/find-broken.ts'
import type { ExactSolver } from '../../shared/scheduling/programme/prove-part.ts'
import { proposeBestFix, proposeInstantFix, proposeOptions } from '../../shared/scheduling/replan.ts'
import type { BookedMeeting, ReplanProposal, ReplanRequest } from '../../shared/scheduling/replan-types.ts'
import type { Program, SchedulingPerson } from '../../shared/scheduling/types.ts'
import { SEED } from './builders.ts'
import { hardSpansOf, possibleStarts } from './minute-oracle.ts'

const NOW = '2027-09-01T08:00:00Z'
const person = (id: string, rest: Partial<SchedulingPerson> = {}): SchedulingPerson => ({
  id,
  timeZone: 'UTC',
  ...rest,
})
const hours = (...spans: readonly (readonly [1 | 2 | 3 | 4 | 5, string, string])[]) =>
  spans.map(([weekday, start, end]) => ({ weekday, start, end }))
/** The hours in which anybody of the random departments meets. */
const ALL_WEEK = ([1, 2, 3, 4, 5] as const).map((weekday) => ({ weekday, start: '10:00', end: '12:00' }))
const september = [{ from: '2027-09-01', to: '2027-10-01' }]

function program(
  people: readonly SchedulingPerson[],
  pairs: readonly (readonly [string, string])[],
  windows = september,
): Program {
  return {
    format: 'protected-time/program@1',
    horizon: { start: '2027-08-30', end: windows.at(-1)!.to },
    people,
    pairs: pairs.map(([organizer, attendee]) => ({
      id: `${organizer}+${attendee}`,
      organizer,
      attendees: [attendee],
      minutes: 30,
      windows,
    })),
  }
}
const booked = (pair: string, start: string, rest: Partial<BookedMeeting> = {}): BookedMeeting => ({
  pair,
  window: 0,
  start,
  ...rest,
})

describe('what a change breaks', () => {
  const mentor = person('mentor', {
    clinic: { weekly: [{ weekday: 2, start: '13:00', end: '17:00', label: 'New clinic' }] },
  })
  const pairs = [['mentee', 'mentor']] as const

  test('a meeting inside a new clinic is broken and the reason names it', () => {
    const broken = findBroken({
      program: program([person('mentee'), mentor], pairs),
      booked: [booked('mentee+mentor', '2027-09-14T14:00:00Z')],
      now: NOW,
    })
    expect(broken).toEqual([
      {
        meeting: booked('mentee+mentor', '2027-09-14T14:00:00Z'),
        reasons: [{ code: 'clinic', personId: 'mentor', label: 'New clinic' }],
        state: 'movable',
      },
    ])
  })

  test('its own entry in the calendars does not break a meeting, another at the same time does', () => {
    const own = ['2027-09-15T14:00:00Z', '2027-09-15T14:30:00Z'] as const
    const ask = (busy: readonly (readonly [string, string])[]) =>
      findBroken({
        program: program([person('mentee', { busy: [own], holds: [own] }), person('mentor', { busy })], pairs),
        booked: [booked('mentee+mentor', own[0])],
        now: NOW,
      })
    expect(ask([own])).toEqual([])
    expect(ask([own, own])).toMatchObject([{ reasons: [{ code: 'busy', personId: 'mentor' }] }])
    expect(ask([own, ['2027-09-15T14:15:00Z', '2027-09-15T15:00:00Z']])).toMatchObject([
      { reasons: [{ code: 'busy', personId: 'mentor' }] },
    ])
  })

  test('of two booked meetings that overlap, the later one is broken', () => {
    const people = [person('mentee'), person('other'), person('mentor')]
    const broken = findBroken({
      program: program(people, [
        ['mentee', 'mentor'],
        ['other', 'mentor'],
      ]),
      booked: [booked('other+mentor', '2027-09-14T10:15:00Z'), booked('mentee+mentor', '2027-09-14T10:00:00Z')],
      now: NOW,
    })
    expect(broken).toMatchObject([
      { meeting: { pair: 'other+mentor' }, reasons: [{ code: 'overlaps-another-meeting', personId: 'mentor' }] },
    ])
  })

  test('past meetings are left alone; near ones and those asked about twice are for people', () => {
    const everyday = person('mentor', { busy: [['2027-08-01T00:00:00Z', '2027-12-01T00:00:00Z']] })
    const request: ReplanRequest = {
      program: program([person('mentee'), everyday], pairs, [
        { from: '2027-08-30', to: '2027-09-01' },
        { from: '2027-09-01', to: '2027-09-03' },
        { from: '2027-09-03', to: '2027-10-01' },
      ]),
      booked: [
        booked('mentee+mentor', '2027-08-31T10:00:00Z'),
        booked('mentee+mentor', '2027-09-02T07:45:00Z', { window: 1 }),
        booked('mentee+mentor', '2027-09-14T10:00:00Z', {
          window: 2,
          proposed: ['2027-09-15T10:00:00Z', '2027-09-16T10:00:00Z'],
        }),
      ],
      now: NOW,
    }
    expect(findBroken(request).map(({ state }) => state)).toEqual(['inside-24-hours', 'asked-twice'])
    expect(proposeInstantFix(request).moves).toEqual([])
    expect(proposeBestFix(request).moves).toEqual([])
    expect(proposeOptions(request).meetings).toEqual([])
  })
})

describe('fixes', () => {
  /** The mentor has one hour left; the first mentee can only make its first half, which the second mentee has. */
  const tight: ReplanRequest = {
    program: program(
      [
        person('narrow', { workingHours: hours([2, '10:00', '10:30']) }),
        person('wide', { workingHours: hours([2, '10:00', '11:00']) }),
        person('mentor', { daysOff: ['2027-09-07', '2027-09-14', '2027-09-28'] }),
      ],
      [
        ['narrow', 'mentor'],
        ['wide', 'mentor'],
      ],
    ),
    booked: [booked('narrow+mentor', '2027-09-14T10:00:00Z'), booked('wide+mentor', '2027-09-21T10:00:00Z')],
    now: NOW,
  }

  test('the instant answer leaves everything else where it is', () => {
    const { moves } = proposeInstantFix(tight)
    expect(moves).toMatchObject([{ meeting: { pair: 'narrow+mentor' }, makesRoom: false }])
    expect(moves[0]?.start).toBeUndefined()
    expect(moves[0]?.reasons).toContainEqual(expect.objectContaining({ code: 'day-off', personId: 'mentor' }))
  })

  test('the best answer makes room, says whom to ask, and is proved', () => {
    const best = proposeBestFix(tight)
    expect(best.isProved).toBe(true)
    expect(best.moves).toMatchObject([
      {
        meeting: { pair: 'narrow+mentor' },
        start: '2027-09-21T10:00:00Z',
        consentOf: ['narrow', 'mentor'],
        makesRoom: false,
      },
      {
        meeting: { pair: 'wide+mentor' },
        start: '2027-09-21T10:30:00Z',
        consentOf: ['wide', 'mentor'],
        makesRoom: true,
      },
    ])
  })

  test('no date is offered that somebody else would have to make room for', () => {
    expect(proposeOptions(tight).meetings).toEqual([{ meeting: tight.booked[0], options: [] }])
  })

  test('a meeting inside 24 hours never makes room', () => {
    const later = {
      ...tight,
      now: '2027-09-20T10:15:00Z',
      booked: [booked('narrow+mentor', '2027-09-28T10:00:00Z'), tight.booked[1]!],
    }
    expect(proposeBestFix(later).moves).toMatchObject([{ meeting: { pair: 'narrow+mentor' }, makesRoom: false }])
    expect(proposeBestFix(later).moves[0]?.start).toBeUndefined()
  })

  test('two new dates are offered, or the one that is left of two, and never one that was proposed before', () => {
    const free: ReplanRequest = {
      program: program([person('mentee'), person('mentor', { daysOff: ['2027-09-14'] })], [['mentee', 'mentor']]),
      booked: [booked('mentee+mentor', '2027-09-14T10:00:00Z')],
      now: NOW,
    }
    const [first] = proposeOptions(free).meetings
    expect(first?.options).toHaveLength(2)
    const [a, b] = first!.options.map(({ start }) => start)
    expect(Math.abs(Temporal.Instant.from(a!).until(b!).total('minutes'))).toBeGreaterThanOrEqual(30)
    const again = { ...free, booked: [{ ...free.booked[0]!, proposed: [a!] }] }
    const [second] = proposeOptions(again).meetings
    expect(second?.options).toHaveLength(1)
    expect(second?.options[0]?.start).not.toBe(a)
  })

  test('limits hold after the moves', () => {
    const request: ReplanRequest = {
      program: program(
        [
          person('a'),
          person('b'),
          person('mentor', { limits: { meetingsPerDay: 1, meetingsPerWeek: 1 }, daysOff: ['2027-09-14'] }),
        ],
        [
          ['a', 'mentor'],
          ['b', 'mentor'],
        ],
      ),
      booked: [booked('a+mentor', '2027-09-14T10:00:00Z'), booked('b+mentor', '2027-09-22T10:00:00Z')],
      now: NOW,
    }
    const { moves } = proposeBestFix(request)
    const week = (text: string) => Temporal.Instant.from(text).toZonedDateTimeISO('UTC').weekOfYear
    expect(moves).toHaveLength(1)
    expect(week(moves[0]!.start!)).not.toBe(week('2027-09-22T10:00:00Z'))
  })
})

let solver: ExactSolver
beforeAll(async () => {
  solver = await loadExactSolver(() => false)
})

/** Small departments after a change: one mentor, up to four mentees, few hours in common. */
const disturbed = fc
  .record({
    mentees: fc.array(
      fc.record({
        start: fc.integer({ min: 40, max: 42 }),
        length: fc.integer({ min: 2, max: 5 }),
        days: fc.uniqueArray(fc.constantFrom(1, 2, 4), { minLength: 1, maxLength: 2 }),
        bookedAt: fc.integer({ min: 0, max: 20 }),
      }),
      { minLength: 2, maxLength: 4 },
    ),
    daysOff: fc.uniqueArray(fc.integer({ min: 6, max: 15 }), { minLength: 3, maxLength: 7 }),
    meetingsPerDay: fc.constantFrom(1, 2, 9),
  })
  .map(({ mentees, daysOff, meetingsPerDay }): ReplanRequest | undefined => {
    const time = (quarter: number) =>
      `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`
    const people = mentees.map(({ start, length, days }, index) =>
      person(`mentee-${index}`, {
        workingHours: days.map((weekday) => ({ weekday: weekday as 1, start: time(start), end: time(start + length) })),
      }),
    )
    const mentor = person('mentor', { limits: { meetingsPerDay } })
    const pairs = people.map(({ id }) => [id, 'mentor'] as const)
    const windows = [{ from: '2027-09-01', to: '2027-09-16' }]
    const before = program([...people, mentor], pairs, windows)
    const taken: string[] = []
    const meetings = before.pairs.flatMap((pair, index) => {
      const starts = possibleStarts(before, pair)[0]!.filter(({ start }) => isApart(start, taken, meetingsPerDay))
      const chosen = starts[mentees[index]!.bookedAt % Math.max(1, starts.length)]
      if (!chosen) return []
      taken.push(chosen.start)
      return [booked(pair.id, chosen.start)]
    })
    const off = daysOff.map((day) =>
      Temporal.PlainDate.from('2027-09-01')
        .add({ days: day - 1 })
        .toString(),
    )
    return meetings.length === 0
      ? undefined
      : {
          program: program([...people, { ...mentor, daysOff: off }], pairs, windows),
          booked: meetings,
          now: NOW,
          moveCost: 300,
        }
  })
  .filter((request) => request !== undefined)

const isApart = (start: string, taken: readonly string[], perDay: number) =>
  taken.every((other) => Math.abs(Date.parse(start) - Date.parse(other)) >= 30 * 60_000) &&
  taken.filter((other) => other.slice(0, 10) === start.slice(0, 10)).length < perDay

/** Where everything stands after a proposal. */
function after({ booked: meetings }: ReplanRequest, { moves }: ReplanProposal): readonly (string | undefined)[] {
  return meetings.map((meeting) => {
    const move = moves.find((candidate) => candidate.meeting === meeting)
    return move ? move.start : meeting.start
  })
}

/** The cheapest outcome of all, by trying everything. */
function cheapest(request: ReplanRequest): number {
  const broken = new Set(findBroken(request).map(({ meeting }) => meeting))
  const perDay = request.program.people.at(-1)!.limits!.meetingsPerDay!
  const earliest = Date.parse(NOW) + 24 * 3_600_000
  const alwaysFree = request.program.people.map(({ id, timeZone }) => person(id, { timeZone, workingHours: ALL_WEEK }))
  const choices = request.booked.map((meeting) => {
    const pair = request.program.pairs.find(({ id }) => id === meeting.pair)!
    const starts = possibleStarts(request.program, pair)[0]!.filter(({ start }) => Date.parse(start) >= earliest)
    const costs = possibleStarts({ ...request.program, people: alwaysFree }, pair)[0]!
    const isFixed = Date.parse(meeting.start) < earliest
    const stays = { start: meeting.start, cost: costs.find(({ start }) => start === meeting.start)!.soft }
    const goes = starts
      .filter(({ start }) => start !== meeting.start)
      .map(({ start, soft }) => ({
        start,
        cost: soft + (broken.has(meeting) ? 0 : 300),
      }))
    const dropped = {
      start: undefined,
      cost: 1000 + (broken.has(meeting) ? 0 : 300),
    }
    if (isFixed) return [stays]
    return (broken.has(meeting) ? [...goes, dropped] : [stays, ...goes, dropped]).sort((a, b) => a.cost - b.cost)
  })
  let best = Number.POSITIVE_INFINITY
  const visit = (index: number, taken: readonly string[], cost: number): void => {
    if (cost >= best) return
    const options = choices[index]
    if (!options) {
      best = cost
      return
    }
    for (const option of options) {
      if (cost + option.cost >= best) break
      if (option.start === undefined) visit(index + 1, taken, cost + option.cost)
      else if (isApart(option.start, taken, perDay)) visit(index + 1, [...taken, option.start], cost + option.cost)
    }
  }
  visit(0, [], 0)
  return best
}

test('over random disturbances: nobody is double booked, nothing is inside 24 hours, and the best answer is the cheapest there is', () => {
  let displacing = 0
  fc.assert(
    fc.property(disturbed, (request) => {
      const instant = proposeInstantFix(request)
      const best = proposeBestFix(request, { solver })
      expect(best.total).toBeLessThanOrEqual(instant.total)
      for (const answer of [instant, best]) {
        const starts = after(request, answer).filter((start) => start !== undefined)
        expect(starts.every((start, index) => isApart(start, starts.toSpliced(index, 1), 9))).toBe(true)
        for (const { start, meeting } of answer.moves) {
          if (start === undefined) continue
          expect(Temporal.Instant.from(NOW).until(start).total('hours')).toBeGreaterThanOrEqual(24)
          const { organizer, attendees } = request.program.pairs.find(({ id }) => id === meeting.pair)!
          const from = Temporal.Instant.from(start).epochMilliseconds
          for (const id of [organizer, ...attendees]) {
            const spans = hardSpansOf(request.program, request.program.people.find((candidate) => candidate.id === id)!)
            expect(spans.filter((span) => span.start < from + 30 * 60_000 && span.end > from)).toEqual([])
          }
        }
      }
      if (best.moves.some(({ makesRoom }) => makesRoom)) displacing++
      expect(best.isProved).toBe(true)
      expect(best.total).toBe(cheapest(request))
    }),
    { seed: SEED, numRuns: 80 },
  )
  expect(displacing).toBeGreaterThan(0)
}, 60_000)
