import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { loadExactSolver } from '../../server/plan/plan-solver.ts'
import { findBroken } from '../../shared/scheduling/find-broken.ts'
import { type Draw, drawsFrom } from '../../shared/scheduling/programme/draw-random.ts'
import { planProgramme } from '../../shared/scheduling/programme/plan-programme.ts'
import type { ExactSolver } from '../../shared/scheduling/programme/prove-part.ts'
import { proposeBestFix, proposeInstantFix, proposeOptions } from '../../shared/scheduling/replan.ts'
import type { BookedMeeting, ReplanProposal, ReplanRequest } from '../../shared/scheduling/replan-types.ts'
import type { SchedulingPair } from '../../shared/scheduling/types.ts'
import { generateDepartment } from '../bench/generate-department.ts'

let solver: ExactSolver
beforeAll(async () => {
  solver = await loadExactSolver(() => false)
})

const department = generateDepartment(14, 3, 100)
const mentors = department.people.slice(0, 3)
const pairOf = (id: string): SchedulingPair => department.pairs.find((pair) => pair.id === id)!
const peopleOf = ({ organizer, attendees }: SchedulingPair) => [organizer, ...attendees]
const epoch = (text: string) => Temporal.Instant.from(text).epochMilliseconds

type Standing = { readonly meeting: BookedMeeting; readonly pair: SchedulingPair; readonly start: string }

/** Where everything stands after a proposal; what has no date is left out. */
const standings = (request: ReplanRequest, { moves }: ReplanProposal): readonly Standing[] =>
  request.booked.flatMap((meeting) => {
    const move = moves.find((candidate) => candidate.meeting === meeting)
    const start = move ? move.start : meeting.start
    return start === undefined ? [] : [{ meeting, pair: pairOf(meeting.pair), start }]
  })

function expectSound(request: ReplanRequest, proposal: ReplanProposal): void {
  const all = standings(request, proposal)
  const states = new Map(findBroken(request).map(({ meeting, state }) => [meeting, state]))
  for (const { meeting, start } of proposal.moves) {
    expect(states.get(meeting) ?? 'movable').toBe('movable')
    if (start === undefined) continue
    const { minutes, organizer, windows } = pairOf(meeting.pair)
    expect(epoch(start) - epoch(request.now)).toBeGreaterThanOrEqual(24 * 3_600_000)
    // Nobody's own time refuses it.
    expect(findBroken({ ...request, booked: [{ ...meeting, start }] })).toEqual([])
    const others = all.filter((other) => other.meeting !== meeting)
    const shared = others.filter(({ pair }) => peopleOf(pair).some((id) => peopleOf(pairOf(meeting.pair)).includes(id)))
    for (const other of shared) {
      const isApart =
        epoch(other.start) + other.pair.minutes * 60_000 <= epoch(start) ||
        epoch(start) + minutes * 60_000 <= epoch(other.start)
      expect(isApart).toBe(true)
    }
    const mentor = mentors.find(({ id }) => id === organizer)!
    const dayOf = (text: string) => Temporal.Instant.from(text).toZonedDateTimeISO(mentor.timeZone).toPlainDate()
    const day = dayOf(start)
    const monday = (date: Temporal.PlainDate) => date.subtract({ days: date.dayOfWeek - 1 }).toString()
    const days = all.filter(({ pair }) => peopleOf(pair).includes(organizer)).map((standing) => dayOf(standing.start))
    expect(days.filter((other) => other.equals(day)).length).toBeLessThanOrEqual(mentor.limits!.meetingsPerDay!)
    expect(days.filter((other) => monday(other) === monday(day)).length).toBeLessThanOrEqual(
      mentor.limits!.meetingsPerWeek!,
    )
    const { from, to } = windows[meeting.window]!
    expect(day.toString() >= from && day.toString() < to).toBe(true)
  }
}

/** A mentor gets a whole day of clinic, and meetings here and there were moved by hand. */
function disturb(meetings: readonly BookedMeeting[], change: number, draw: Draw): ReplanRequest {
  const mentor = mentors[change % mentors.length]!
  const weekday = ((change % 5) + 1) as 1
  const clinic = { weekly: [...(mentor.clinic?.weekly ?? []), { weekday, start: '08:00', end: '17:00' }] }
  return {
    program: {
      ...department,
      people: department.people.map((person) =>
        person === mentor ? { ...person, clinic: { ...person.clinic, ...clinic } } : person,
      ),
    },
    booked: meetings.map((meeting) =>
      draw() < 0.05
        ? { ...meeting, start: Temporal.Instant.from(meeting.start).add({ minutes: 7 }).toString() }
        : meeting,
    ),
    now: Temporal.PlainDate.from(department.horizon.start)
      .add({ days: Math.floor(draw() * 200) })
      .toZonedDateTime('UTC')
      .toInstant()
      .toString(),
  }
}

test('in a department, with meetings moved by hand, every fix keeps all rules and the best one is proved', async () => {
  const plan = await planProgramme(department, { seconds: 20, steps: 200_000 })
  const draw = drawsFrom(7)
  let moves = 0
  for (let change = 0; change < 4; change++) {
    const request = disturb(plan.meetings, change, draw)
    const instant = proposeInstantFix(request)
    const best = proposeBestFix(request, { solver, seconds: 10 })
    expectSound(request, instant)
    expectSound(request, best)
    expect(best.total).toBeLessThanOrEqual(instant.total)
    expect(best.isProved).toBe(true)
    moves += best.moves.length
  }
  expect(moves).toBeGreaterThan(5)
}, 60_000)

test('a search ends after its steps wherever the clock is, and one that the clock ends says so', async () => {
  const { meetings } = await planProgramme(department, { seconds: 20, steps: 200_000 })
  const draw = drawsFrom(7)
  let ended = 0
  let cut = 0
  for (let change = 0; change < 8; change++) {
    const request = disturb(meetings, change, draw)
    const few = proposeBestFix(request, { steps: 1, seconds: 1000 })
    expect(few.isCutShort).toBe(false)
    expect(proposeBestFix(request, { steps: 1, seconds: 10_000 })).toEqual(few)
    if (!few.isProved) ended++
    const late = proposeBestFix(request, { seconds: 0 })
    expect(late.isCutShort).toBe(!late.isProved)
    expect(proposeOptions(request, { seconds: 0 }).isCutShort).toBe(late.isCutShort)
    expect(proposeOptions(request, { steps: 1, seconds: 1000 }).isCutShort).toBe(false)
    if (late.isCutShort) cut++
  }
  expect(ended).toBeGreaterThan(0)
  expect(cut).toBeGreaterThan(0)
}, 60_000)
