import { planWithWorkers } from '../../server/plan/plan-with-workers.ts'
import { countBits } from '../../shared/scheduling/bit-row.ts'
import {
  commonStartsOfWindows,
  listCandidatesOfWindows,
  openRange,
  preparePair,
} from '../../shared/scheduling/candidates.ts'
import { buildPlacement } from '../../shared/scheduling/programme/build-placement.ts'
import {
  addUse,
  at,
  costOf,
  hasRoom,
  meetingCountOf,
  type PlacementModel,
} from '../../shared/scheduling/programme/placement-model.ts'
import type { PlanProgress } from '../../shared/scheduling/programme/plan-programme.ts'
import { placeInOrder, scarcestFirst } from '../../shared/scheduling/programme/search-neighbourhood.ts'
import { proposePair } from '../../shared/scheduling/propose-pair.ts'
import { readSpans } from '../../shared/scheduling/read-spans.ts'
import { buildRows, buildRowsOf, type Rows } from '../../shared/scheduling/rows.ts'
import { DEFAULT_WEIGHTS } from '../../shared/scheduling/soft-cost.ts'
import type { Program } from '../../shared/scheduling/types.ts'
import { atLeast, atMost, type BenchFigure, type BenchReport, compareTimes, middle } from './bench-report.ts'
import { bareBitRows, luxonIntervals, numericSweep, scanRuns, withNumbers } from './common-starts.ts'
import { generateDepartment, generateTwoCalendars } from './generate-department.ts'
import { memoryFigures } from './memory-figures.ts'
import { replanFigures } from './replan-figures.ts'

/**
 * The engine beside plainer ways, in one run: common starts of two people, proposals for a pair, fixes after a change,
 * memory, and the plan of whole departments. `mentees,mentors,seed` as arguments add departments of that size.
 */
export async function run(args: readonly string[]): Promise<BenchReport> {
  const figures = [...pairFigures(), ...(await replanFigures(100, [1, 2, 3, 4])), ...(await memoryFigures())]
  const sizes =
    args.length > 0
      ? args.map((text) => text.split(',').map(Number))
      : [
          [200, 50, 1],
          [1000, 250, 1],
        ]
  for (const [mentees = 0, mentors = 0, seed = 1] of sizes) {
    figures.push(...(await programmeFigures(mentees, mentors, seed)))
  }
  return { name: 'engine', figures }
}

/**
 * Two calendars of a year, from busy times as numbers and as the texts of a program file. Texts take as long to read as
 * the rest takes, so both are told.
 */
function pairFigures(): readonly BenchFigure[] {
  // As it arrives: texts that were parsed, not put together.
  const texts: Program = JSON.parse(JSON.stringify(generateTwoCalendars(1)))
  const numbers = withNumbers(texts)
  const [pair] = numbers.pairs
  if (!pair) throw new Error('the generated program has no pair')
  const participants = new Set([pair.organizer, ...pair.attendees])
  const engineStarts = (program: Program) => {
    const rows = buildRowsOf(program, participants)
    const { row } = commonStartsOfWindows(preparePair(rows, program, pair))
    return countBits(row, 0, row.length * 32)
  }
  const scan = ({ grid, people: [first, second] }: Rows) => {
    if (!first || !second) throw new Error('the generated program has two people')
    const { from, to } = openRange(grid, first, grid.horizonFrom, grid.horizonTo)
    return scanRuns(first.free, second.free, from, to)
  }
  const scanOfRows = (program: Program) => scan(buildRowsOf(program, participants))
  // All must count the same, or their times say nothing.
  const ways = [engineStarts, scanOfRows, luxonIntervals]
  const counts = [...ways.flatMap((way) => [way(numbers), way(texts)]), bareBitRows(numbers), numericSweep(numbers)]
  if (new Set(counts).size !== 1) throw new Error(`the ways differ: ${counts.join(', ')}`)
  const warm = buildRowsOf(numbers, participants)
  const prepared = preparePair(warm, numbers, pair)
  const tasks = {
    starts: () => engineStarts(numbers),
    startsOfTexts: () => engineStarts(texts),
    startsWarm: () => commonStartsOfWindows(prepared),
    scan: () => scanOfRows(numbers),
    scanOfTexts: () => scanOfRows(texts),
    scanWarm: () => scan(warm),
    bare: () => bareBitRows(numbers),
    sweep: () => numericSweep(numbers),
    candidates: () => listCandidatesOfWindows(warm, prepared),
    proposals: () => proposePair({ program: numbers, pairId: pair.id }),
    proposalsOfTexts: () => proposePair({ program: texts, pairId: pair.id }),
    reading: () => texts.people.map(({ busy = [] }) => readSpans(busy, 'busy')),
  }
  compareTimes(tasks, 20, 20)
  // Luxon takes as long as hundreds of the others: it comes between them, so that a slower moment slows all alike.
  const moments = Array.from({ length: 9 }, () => ({
    ...compareTimes(tasks, 5, 20),
    ...compareTimes({ luxon: () => luxonIntervals(numbers), luxonOfTexts: () => luxonIntervals(texts) }, 1, 1),
  }))
  type Way = keyof (typeof moments)[number]
  const ms = (what: string, way: Way): BenchFigure => ({
    what,
    value: middle(moments.map((moment) => moment[way])),
    unit: 'ms',
  })
  const times = (what: string, way: Way, to: Way): BenchFigure => ({
    what,
    value: middle(moments.map((moment) => moment[way] / moment[to])),
    unit: 'times',
  })
  return [
    { what: 'common starts of two people in a year', value: counts[0] ?? 0, unit: 'starts' },
    ms('common starts, luxon intervals', 'luxon'),
    ms('common starts, numeric sweep', 'sweep'),
    ms('common starts, bare bit rows', 'bare'),
    ms("common starts, the engine's rows with a bare AND and run scan", 'scan'),
    ms('common starts, engine', 'starts'),
    ms('common starts, bare AND and run scan of rows that exist', 'scanWarm'),
    ms('common starts, engine on rows that exist', 'startsWarm'),
    ms('candidates with costs of 12 windows on rows that exist', 'candidates'),
    ms('pair proposals with reasons', 'proposals'),
    ms('reading the texts of busy times', 'reading'),
    ms('pair proposals with reasons, from texts', 'proposalsOfTexts'),
    atMost(
      times('pair proposals against rows with a bare AND and run scan, from texts', 'proposalsOfTexts', 'scanOfTexts'),
      2,
    ),
    times('the same from numbers', 'proposals', 'scan'),
    atLeast(times('common starts, luxon intervals against the engine', 'luxon', 'starts'), 1_000),
    times('the same from texts', 'luxonOfTexts', 'startsOfTexts'),
    times("luxon's common starts against pair proposals with reasons", 'luxon', 'proposals'),
    times('the same from texts', 'luxonOfTexts', 'proposalsOfTexts'),
  ]
}

const QUICK_SECONDS = 5
const PROOF_SECONDS = 60

async function programmeFigures(mentees: number, mentors: number, seed: number): Promise<readonly BenchFigure[]> {
  const program = generateDepartment(mentees, mentors, seed)
  const { model } = buildPlacement(buildRows(program), program, DEFAULT_WEIGHTS)
  const earliest = costOf(model, placeEarliest(model)).total
  const seriesFirst = costOf(model, placeInOrder(model, scarcestFirst(model), model.candidateCost)).total
  const { plan, seconds, quick } = await timedPlan(program)
  const gap = (total: number) => (100 * (total - plan.bound.value)) / Math.max(1, earliest - plan.bound.value)
  const size = `${mentees}/${mentors}`
  const points = (what: string, value: number): BenchFigure => ({ what: `${size}: ${what}`, value, unit: 'points' })
  return [
    { what: `${size}: meetings to place`, value: meetingCountOf(model), unit: 'meetings' },
    points('earliest free start', earliest),
    points('series first', seriesFirst),
    points(`plan after ${QUICK_SECONDS} s`, quick),
    points('plan', plan.objective.total),
    points('bound', plan.bound.value),
    atMost({ what: `${size}: normalised gap after ${QUICK_SECONDS} s`, value: gap(quick), unit: '%' }, 1),
    {
      what: `${size}: seconds to the proof, two workers`,
      value: seconds,
      unit: 's',
      target: `<= ${PROOF_SECONDS}`,
      isMet: plan.bound.proved && seconds <= PROOF_SECONDS,
    },
  ]
}

async function timedPlan(program: Program) {
  const startedAt = performance.now()
  let quick = Number.POSITIVE_INFINITY
  const report = ({ objective, elapsedSeconds }: PlanProgress) => {
    if (elapsedSeconds <= QUICK_SECONDS) quick = objective
  }
  const plan = await planWithWorkers(program, { workers: 2, seconds: PROOF_SECONDS, report })
  return { plan, quick, seconds: (performance.now() - startedAt) / 1000 }
}

/** What tools without series do: every meeting at its earliest start that is still free. */
function placeEarliest(model: PlacementModel): Int32Array {
  const placement = new Int32Array(meetingCountOf(model)).fill(-1)
  const use = new Int32Array(model.rowCapacity.length)
  for (let meeting = 0; meeting < placement.length; meeting++) {
    for (let c = at(model.meetingCandidates, meeting); c < at(model.meetingCandidates, meeting + 1); c++) {
      if (!hasRoom(model, use, c)) continue
      placement[meeting] = c
      addUse(model, use, c, 1)
      break
    }
  }
  return placement
}
