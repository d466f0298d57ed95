import { planWithWorkers } from '../../server/plan/plan-with-workers.ts'
import { countBits } from '../../shared/scheduling/bit-row.ts'
import { commonStartsOfWindows, listCandidates, openRange, preparePair } from '../../shared/scheduling/candidates.ts'
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
import { buildRows, type Rows } from '../../shared/scheduling/rows.ts'
import { DEFAULT_WEIGHTS } from '../../shared/scheduling/soft-cost.ts'
import type { Program } from '../../shared/scheduling/types.ts'
import { type BenchFigure, type BenchReport, compareTimes, middle } from './bench-report.ts'
import { bareBitRows, luxonIntervals, numericSweep, scanRuns } from './common-starts.ts'
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

function pairFigures(): readonly BenchFigure[] {
  // As it arrives: texts that were parsed, not put together.
  const program: Program = JSON.parse(JSON.stringify(generateTwoCalendars(1)))
  const [pair] = program.pairs
  if (!pair) throw new Error('the generated program has no pair')
  const engineStarts = () => {
    const rows = buildRows(program)
    const prepared = preparePair(rows, program, pair)
    const { row } = commonStartsOfWindows(rows, prepared)
    return countBits(row, 0, row.length * 32)
  }
  const scan = ({ grid, people: [first, second] }: Rows) => {
    if (!first || !second) throw new Error('the generated program has two people')
    const { from, to } = openRange(grid, first, { from: grid.horizonFrom, to: grid.horizonTo, day: undefined })
    return scanRuns(first.free, second.free, from, to)
  }
  const bareOnSameRows = () => scan(buildRows(program))
  // All must count the same, or their times say nothing.
  const counts = [
    engineStarts(),
    bareOnSameRows(),
    bareBitRows(program),
    numericSweep(program),
    luxonIntervals(program),
  ]
  if (new Set(counts).size !== 1) throw new Error(`the ways differ: ${counts.join(', ')}`)
  const packed = {
    ...program,
    people: program.people.map((one) => ({ ...one, busy: readSpans(one.busy ?? [], 'busy') })),
  }
  const warm = buildRows(program)
  const prepared = preparePair(warm, program, pair)
  const tasks = {
    engine: engineStarts,
    engineWarm: () => commonStartsOfWindows(warm, prepared),
    bare: () => bareBitRows(program),
    bareOnSameRows,
    bareWarm: () => scan(warm),
    sweep: () => numericSweep(program),
    candidates: () => {
      const common = commonStartsOfWindows(warm, prepared)
      return prepared.windows.map((_, window) => listCandidates(warm, prepared, window, common))
    },
    proposals: () => proposePair({ program, pairId: pair.id }),
    proposalsPacked: () => proposePair({ program: packed, pairId: pair.id }),
    reading: () => program.people.map(({ busy = [] }) => readSpans(busy, 'busy')),
  }
  compareTimes(tasks, 200)
  // Luxon takes as long as hundreds of the others: it comes between them, so that a slower moment slows all alike.
  const moments = Array.from({ length: 9 }, () => ({
    ...compareTimes(tasks, 50),
    ...compareTimes({ luxon: () => luxonIntervals(program) }, 1),
  }))
  type Way = keyof (typeof moments)[number]
  const time = (way: Way) => middle(moments.map((moment) => moment[way]))
  const ratio = (way: Way, to: Way) => middle(moments.map((moment) => moment[way] / moment[to]))
  const [ratioToBare, ratioToLuxon] = [ratio('proposals', 'bareOnSameRows'), ratio('luxon', 'proposals')]
  const ms = (what: string, value: number): BenchFigure => ({ what, value, unit: 'ms' })
  return [
    { what: 'common starts of two people in a year', value: counts[0] ?? 0, unit: 'starts' },
    ms('common starts, luxon intervals', time('luxon')),
    ms('common starts, numeric sweep', time('sweep')),
    ms('common starts, bare bit rows', time('bare')),
    ms('common starts, engine', time('engine')),
    ms("common starts, the engine's rows with a bare AND and run scan", time('bareOnSameRows')),
    ms('common starts, bare AND and run scan of rows that exist', time('bareWarm')),
    ms('common starts, engine on rows that exist', time('engineWarm')),
    ms('candidates with costs of 12 windows on rows that exist', time('candidates')),
    ms('reading the texts of busy times', time('reading')),
    ms('pair proposals with reasons, busy times already read', time('proposalsPacked')),
    ms('pair proposals with reasons, from the program', time('proposals')),
    {
      what: 'pair proposals against the same rows with a bare AND and run scan',
      value: ratioToBare,
      unit: 'times',
      target: '<= 2',
      isMet: ratioToBare <= 2,
    },
    { what: 'luxon intervals against common starts of the engine', value: ratio('luxon', 'engine'), unit: 'times' },
    {
      what: 'luxon intervals against pair proposals',
      value: ratioToLuxon,
      unit: 'times',
      target: '>= 1,000',
      isMet: ratioToLuxon >= 1000,
    },
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
    {
      what: `${size}: normalised gap after ${QUICK_SECONDS} s`,
      value: gap(quick),
      unit: '%',
      target: '<= 1',
      isMet: gap(quick) <= 1,
    },
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
