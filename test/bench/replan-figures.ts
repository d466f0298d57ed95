import { loadExactSolver } from '../../server/plan/plan-solver.ts'
import { planWithWorkers } from '../../server/plan/plan-with-workers.ts'
import { findBroken } from '../../shared/scheduling/find-broken.ts'
import { type Draw, drawsFrom } from '../../shared/scheduling/programme/draw-random.ts'
import { proposeBestFix, proposeInstantFix } from '../../shared/scheduling/replan.ts'
import type { BookedMeeting, ReplanRequest } from '../../shared/scheduling/replan-types.ts'
import { dateText, readDate } from '../../shared/scheduling/time-text.ts'
import type { ClinicLayer, Program, Weekday } from '../../shared/scheduling/types.ts'
import { atLeast, atMost, type BenchFigure } from './bench-report.ts'
import { generateDepartment } from './generate-department.ts'

const BEST_SECONDS = 2

/**
 * Changes of mentors' schedules in planned departments, from a week on service to another clinic half-day every week:
 * how soon an answer is there, how often the best one is proved, and how long that takes.
 * @param changes how many, spread over the seeds
 */
export async function replanFigures(changes: number, seeds: readonly number[]): Promise<readonly BenchFigure[]> {
  const solver = await loadExactSolver(() => false)
  const instant: number[] = []
  const best: number[] = []
  let proved = 0
  let broken = 0
  let saved = 0
  for (const seed of seeds) {
    const program = generateDepartment(200, 50, seed)
    const plan = await planWithWorkers(program, { workers: 2, seconds: 20 })
    const draw = drawsFrom(seed)
    for (let change = 0; change < changes / seeds.length; ) {
      const request = changedMentor(program, plan.meetings, draw)
      const found = findBroken(request).filter(({ state }) => state === 'movable').length
      if (found === 0) continue
      change++
      broken += found
      const quick = timed(instant, () => proposeInstantFix(request))
      const answer = timed(best, () => proposeBestFix(request, { solver, seconds: BEST_SECONDS }))
      if (answer.isProved) proved++
      saved += quick.total - answer.total
    }
  }
  const share = (100 * proved) / best.length
  const figure = (what: string, value: number, unit: string): BenchFigure => ({ what: `changes: ${what}`, value, unit })
  return [
    figure('of one mentor', best.length, 'changes'),
    figure('broken meetings, together', broken, 'meetings'),
    figure('instant answer, median', quantile(instant, 0.5), 'ms'),
    figure('instant answer, 95 of 100', quantile(instant, 0.95), 'ms'),
    figure('best answer, median', quantile(best, 0.5), 'ms'),
    atMost(figure('best answer, 95 of 100', quantile(best, 0.95), 'ms'), BEST_SECONDS * 1000),
    atLeast(figure('best answer proved', share, '%'), 95),
    figure('saved by the best answer, on average', saved / best.length, 'points'),
  ]
}

/** The plan as it is booked, and one mentor whose schedule changed; of others, who has to do with that mentor's pairs. */
function changedMentor(program: Program, meetings: readonly BookedMeeting[], draw: Draw): ReplanRequest {
  const mentors = program.people.filter(({ id }) => program.pairs.some(({ organizer }) => organizer === id))
  const mentor = mentors[Math.floor(draw() * mentors.length)]
  if (!mentor) throw new Error('the generated program has mentors')
  const mentees = new Set(
    program.pairs.filter((pair) => pair.organizer === mentor.id).flatMap((pair) => pair.attendees),
  )
  const concerned = new Set(
    program.pairs.filter(({ attendees }) => attendees.some((id) => mentees.has(id))).map(({ id }) => id),
  )
  const people = program.people.map((person) =>
    person === mentor ? { ...person, clinic: changedClinic(person.clinic ?? {}, program.horizon.start, draw) } : person,
  )
  return {
    program: { ...program, people },
    booked: meetings.filter(({ pair }) => concerned.has(pair)),
    now: `${program.horizon.start}T12:00:00Z`,
  }
}

/** One to three weeks on service, or two more half-days of clinic every week. */
function changedClinic(clinic: ClinicLayer, firstDate: string, draw: Draw): ClinicLayer {
  if (draw() < 0.5) {
    const from = readDate(firstDate, 'horizon.start') + 7 * Math.floor(2 + draw() * 45)
    const to = from + 7 * Math.floor(1 + draw() * 3)
    const service = { start: dateText(from), end: dateText(to), label: 'On service', kind: 'service' as const }
    return { ...clinic, dated: [...(clinic.dated ?? []), service] }
  }
  const halfDays = [0, 1].map(() => ({
    weekday: Math.floor(1 + draw() * 5) as Weekday, // 1 to 5
    ...(draw() < 0.5 ? { start: '08:00', end: '12:00' } : { start: '13:00', end: '17:00' }),
    label: 'New clinic',
  }))
  return { ...clinic, weekly: [...(clinic.weekly ?? []), ...halfDays] }
}

function timed<Result>(times: number[], work: () => Result): Result {
  const startedAt = performance.now()
  const result = work()
  times.push(performance.now() - startedAt)
  return result
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN
