import { DomainError } from '../domain/errors.ts'
import { hasAnyBit, hasBit } from './bit-row.ts'
import { type Candidates, listCandidatesOfWindows, type PreparedPair, preparePair } from './candidates.ts'
import {
  type Choice,
  type ChoiceScore,
  chooseCheapest,
  chooseOnPattern,
  chooseWithoutCollisions,
  type PatternGains,
  patternGains,
  scoreChoice,
} from './choose-starts.ts'
import { explainWindows } from './explain-refusals.ts'
import { type Grid, minuteOfGrain, wallDayOf, weekGrainOf } from './grid.ts'
import { buildRowsOf, type Rows } from './rows.ts'
import { clockCost, clockCostsAt, DEFAULT_WEIGHTS, middleCost } from './soft-cost.ts'
import { instantText, timeText } from './time-text.ts'
import type {
  PairProposal,
  PairProposals,
  PairRequest,
  Program,
  Reason,
  SchedulingPair,
  UnplacedWindow,
  Weekday,
  Weights,
} from './types.ts'

const PROPOSALS = 5
const PROPOSALS_MAX = 20
/** Steps that untangling meetings of one pair from each other may take in all; tens of milliseconds. */
const COLLISION_STEPS = 100_000

/**
 * Ranked ways to place the windows of one pair, best objective first, each on another weekday-and-time (with exceptions
 * where a window has none there), and one of single dates where these are kinder to everybody's clock. Every meeting and
 * every window says why. Pure and deterministic.
 * @throws DomainError `invalid-plan` with the path of the fault, `person-not-found`, `unknown-time-zone`, `too-large`
 */
export function proposePair({
  program,
  pairId,
  limit = PROPOSALS,
  weights = DEFAULT_WEIGHTS,
}: PairRequest): PairProposals {
  const pair = getPair(program, pairId)
  const rows = buildRowsOf(program, new Set([pair.organizer, ...pair.attendees]))
  return proposeOnRows(rows, program, pair, limit, weights)
}

/** @throws DomainError `invalid-plan` */
export function getPair(program: Pick<Program, 'pairs'>, pairId: string): SchedulingPair {
  const pair = program.pairs.find(({ id }) => id === pairId)
  if (pair) return pair
  throw new DomainError('invalid-plan', 'No pair of the program has this id.', [
    { path: 'pairId', message: 'is no pair of the program' },
  ])
}

function proposeOnRows(
  rows: Rows,
  program: Pick<Program, 'pairs' | 'earliestStart'>,
  pair: SchedulingPair,
  limit: number,
  weights: Weights,
): PairProposals {
  if (!Number.isInteger(limit) || limit < 1 || limit > PROPOSALS_MAX) {
    const message = `must be a whole number from 1 to ${PROPOSALS_MAX}`
    throw new DomainError('invalid-plan', `limit: ${message}`, [{ path: 'limit', message }])
  }
  const prepared = preparePair(rows, program, pair)
  const candidates = listCandidatesOfWindows(rows, prepared)
  const reasons = explainWindows(rows, prepared)
  const choices = candidates.some(({ starts }) => starts.length > 0)
    ? rankChoices(rows, prepared, candidates, limit, weights)
    : []
  return {
    windows: pair.windows,
    proposals: choices.map(({ choice, score }) => {
      return describeProposal(rows, prepared, candidates, choice, score, weights, reasons)
    }),
    windowFacts: candidates.map(({ starts }, window) => ({
      window,
      possibleStarts: starts.length,
      reasons: reasons[window] ?? [],
    })),
  }
}

type Ranked = { readonly choice: Choice; readonly score: ChoiceScore }

const byScore = (a: Ranked, b: Ranked): number => a.score.total - b.score.total || a.score.tie - b.score.tie

function rankChoices(
  rows: Rows,
  prepared: PreparedPair,
  candidates: readonly Candidates[],
  count: number,
  weights: Weights,
): readonly Ranked[] {
  const budget = { steps: COLLISION_STEPS }
  const settle = (choice: Choice, pattern: number): Ranked => {
    const settled = isColliding(rows, prepared, candidates, choice)
      ? chooseWithoutCollisions(rows.grid, prepared, candidates, pattern, weights, budget)
      : choice
    return { choice: settled, score: scoreChoice(candidates, settled, weights) }
  }
  const cheapest = chooseCheapest(candidates)
  if (candidates.filter(({ starts }) => starts.length > 0).length === 1) {
    return chooseApart(prepared, candidates, count)
      .map((choice) => settle(choice, -1))
      .sort(byScore)
  }
  const gains = patternGains(rows.grid, candidates, cheapest, weights)
  const settleOn = (pattern: number) => settle(chooseOnPattern(cheapest, gains, pattern), pattern)
  const ranked: Ranked[] = []
  const isNew = ({ choice }: Ranked) => !ranked.some((other) => isSameChoice(other.choice, choice))
  for (const pattern of pickPatterns(gains, prepared.length, rows.grid.grainsPerDay, count)) {
    const settled = settleOn(pattern)
    if (isNew(settled)) ranked.push(settled)
  }
  ranked.sort(byScore)
  const better = findBetter(ranked[0], gains, settleOn)
  if (better) ranked.unshift(better)
  ranked.splice(count)
  const single = settle(cheapest, -1)
  // Kinder dates without a rhythm are worth showing even where the objective would drop them.
  if (isNew(single) && single.score.soft < (ranked[0]?.score.soft ?? 0)) {
    if (ranked.length === count && count > 1) ranked.pop()
    if (ranked.length < count) ranked.push(single)
  }
  return ranked.sort(byScore)
}

const isSameChoice = (one: Choice, other: Choice): boolean => one.every((start, window) => start === other[window])

/**
 * Where meetings get into each other's way, a gain is only a bound and the best pattern need not be among the first.
 * Goes on through the patterns while their bound promises more than the best found; most pairs have none to try.
 */
function findBetter(
  first: Ranked | undefined,
  { gains, base }: PatternGains,
  settleOn: (pattern: number) => Ranked,
): Ranked | undefined {
  let best = first
  const isPromising = (pattern: number) => base - (gains[pattern] ?? 0) < (best?.score.total ?? 0)
  const order: number[] = []
  for (let pattern = 0; pattern < gains.length; pattern++) {
    if ((gains[pattern] ?? 0) > 0 && isPromising(pattern)) order.push(pattern)
  }
  order.sort((a, b) => (gains[b] ?? 0) - (gains[a] ?? 0))
  for (const pattern of order) {
    if (!isPromising(pattern)) break
    const ranked = settleOn(pattern)
    if (best && byScore(ranked, best) < 0) best = ranked
  }
  return best === first ? undefined : best
}

/**
 * Patterns by gain. No two of them start within one meeting's length of each other on the same weekday, so that people
 * choose between times and not between quarters of an hour; those follow only when nothing else is left.
 */
function pickPatterns(
  { gains, ties }: PatternGains,
  length: number,
  grainsPerDay: number,
  count: number,
): readonly number[] {
  const promising: number[] = []
  for (let pattern = 0; pattern < gains.length; pattern++) if ((gains[pattern] ?? 0) > 0) promising.push(pattern)
  const picked: number[] = []
  const isNearPicked = (pattern: number) =>
    picked.some(
      (other) =>
        Math.abs(other - pattern) < length && Math.floor(other / grainsPerDay) === Math.floor(pattern / grainsPerDay),
    )
  for (const mayBeNear of [false, true]) {
    while (picked.length < count) {
      let best = -1
      for (const pattern of promising) {
        const gain = gains[pattern] ?? 0
        const isBetter =
          best < 0 || gain > (gains[best] ?? 0) || (gain === gains[best] && (ties[pattern] ?? 0) < (ties[best] ?? 0))
        if (isBetter && (mayBeNear ? !picked.includes(pattern) : !isNearPicked(pattern))) best = pattern
      }
      if (best < 0) break
      picked.push(best)
    }
  }
  return picked
}

/** Of the only window that has starts, the best ones that do not overlap each other. */
function chooseApart({ length }: PreparedPair, candidates: readonly Candidates[], count: number): readonly Choice[] {
  const window = candidates.findIndex(({ starts }) => starts.length > 0)
  const list = candidates[window]
  if (!list) return []
  const order = Array.from(list.starts.keys()).sort(
    (a, b) => (list.soft[a] ?? 0) - (list.soft[b] ?? 0) || (list.ties[a] ?? 0) - (list.ties[b] ?? 0) || a - b,
  )
  const picked: number[] = []
  for (const index of order) {
    const start = list.starts[index] ?? 0
    if (picked.length < count && picked.every((other) => Math.abs((list.starts[other] ?? 0) - start) >= length)) {
      picked.push(index)
    }
  }
  for (const index of order) if (picked.length < count && !picked.includes(index)) picked.push(index)
  return picked.map((index) => new Int32Array(candidates.length).fill(-1).fill(index, window, window + 1))
}

function isColliding(rows: Rows, prepared: PreparedPair, candidates: readonly Candidates[], choice: Choice): boolean {
  const starts: number[] = []
  for (let window = 0; window < choice.length; window++) {
    const start = candidates[window]?.starts[choice[window] ?? -1]
    if (start === undefined) continue
    for (const other of starts) if (Math.abs(other - start) < prepared.length) return true
    starts.push(start)
  }
  return prepared.participants.some(({ zone }, position) => {
    const load = prepared.baseLoads[position]
    if (!load) return false
    const perDay = new Map(load.perDay)
    const perWeek = new Map(load.perWeek)
    return starts.some((start) => {
      const day = wallDayOf(rows.grid, zone, start)
      const week = Math.floor(day / 7)
      perDay.set(day, (perDay.get(day) ?? 0) + 1)
      perWeek.set(week, (perWeek.get(week) ?? 0) + 1)
      return (perDay.get(day) ?? 0) > load.dayMax || (perWeek.get(week) ?? 0) > load.weekMax
    })
  })
}

function describeProposal(
  { grid }: Rows,
  prepared: PreparedPair,
  candidates: readonly Candidates[],
  choice: Choice,
  score: ChoiceScore,
  weights: Weights,
  refusals: readonly (readonly Reason[])[],
): PairProposal {
  const { pair, organizer } = prepared
  const meetings: PairProposal['meetings'][number][] = []
  const missing: UnplacedWindow[] = []
  const minutes: number[] = []
  for (let window = 0; window < choice.length; window++) {
    const list = candidates[window]
    const start = list?.starts[choice[window] ?? -1]
    const minute = start === undefined ? -1 : minuteOfGrain(grid, start)
    minutes.push(minute)
    if (!list || start === undefined) {
      missing.push({ pair: pair.id, window, reasons: refusals[window] ?? [] })
      continue
    }
    // With all dates different the first counts as the pattern, so that exceptions are what is not on it.
    const onPattern = list.patterns[choice[window] ?? -1] === score.pattern
    meetings.push({
      pair: pair.id,
      window,
      start: instantText(minute),
      minutes: pair.minutes,
      onPattern,
      reasons: meetingReasons(grid, prepared, window, start, onPattern, weights),
    })
  }
  const { total, unplaced, exceptions, soft, onPattern } = score
  return {
    id: proposalId(pair.id, minutes),
    objective: { total, unplaced, exceptions, soft },
    ...(onPattern > 1
      ? {
          pattern: {
            // 0 to 6 from Monday, so 1 to 7.
            weekday: (Math.floor(score.pattern / grid.grainsPerDay) + 1) as Weekday,
            startTime: timeText((score.pattern % grid.grainsPerDay) * grid.grainMinutes),
            timeZone: organizer.person.timeZone,
          },
        }
      : {}),
    meetings,
    unplaced: missing,
  }
}

/** What one placed meeting costs and earns. */
export function meetingReasons(
  grid: Grid,
  { pair, organizer, participants, windows, length, clockCosts, hasPreferences }: PreparedPair,
  window: number,
  start: number,
  onPattern: boolean,
  weights: Weights,
): readonly Reason[] {
  const reasons: Reason[] = []
  // Most proposed starts cost nobody anything, so nobody has to be asked.
  const isKind = clockCostsAt(clockCosts, start)[weekGrainOf(grid, organizer.zone, start)] === 0
  const asked = isKind && !hasPreferences ? [] : participants
  for (const { person, zone, layers } of asked) {
    const cost = clockCost(weekGrainOf(grid, zone, start) * grid.grainMinutes, pair.minutes)
    if (cost.early) reasons.push({ code: 'early', personId: person.id, cost: cost.early })
    if (cost.late) reasons.push({ code: 'late', personId: person.id, cost: cost.late })
    if (cost.lunch) reasons.push({ code: 'lunch', personId: person.id, cost: cost.lunch })
    if (cost.fridayAfternoon)
      reasons.push({ code: 'friday-afternoon', personId: person.id, cost: cost.fridayAfternoon })
    if (hasAnyBit(layers.soft, start, start + length)) reasons.push({ code: 'jeopardy', personId: person.id, cost: 0 })
    if (hasBit(layers.protected, start)) reasons.push({ code: 'protected-time', personId: person.id, cost: 0 })
  }
  const { from = 0, to = 0 } = windows[window] ?? {}
  const far = middleCost(wallDayOf(grid, organizer.zone, start), from, to)
  if (far) reasons.push({ code: 'far-from-middle', cost: far })
  reasons.push(onPattern ? { code: 'on-pattern', cost: 0 } : { code: 'off-pattern', cost: weights.exception })
  return reasons
}

/** FNV-1a over the pair's id and the epoch minute of each window's meeting, with two seeds: 64 bits. */
function proposalId(pairId: string, minutes: readonly number[]): string {
  let first = 0x811c_9dc5
  let second = 0x9747_b28c
  const add = (value: number) => {
    first = Math.imul(first ^ value, 16_777_619)
    second = Math.imul(second ^ value, 16_777_619)
  }
  for (let index = 0; index < pairId.length; index++) add(pairId.charCodeAt(index))
  for (const minute of minutes) add(minute)
  return `${first >>> 0}-${second >>> 0}`
}
