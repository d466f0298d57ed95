import { preparePair } from './candidates.ts'
import { explainMeeting, explainWindows } from './explain-refusals.ts'
import { grainAfter, grainBefore, wallDayOf } from './grid.ts'
import { buildReplacement } from './programme/build-replacement.ts'
import { type PartAnswer, type PartTools, solvePart, unchangedPart } from './programme/solve-part.ts'
import { CLOSED } from './programme/solve-placement.ts'
import { getPair, meetingReasons } from './propose-pair.ts'
import { readSpans } from './read-spans.ts'
import { type Option, type Piece, ReplanBoard } from './replan-board.ts'
import { buildRowsOf, type Rows } from './rows.ts'
import { DEFAULT_WEIGHTS } from './soft-cost.ts'
import { instantMinute, instantText, readInstant } from './time-text.ts'
import type { InstantText, Program, Reason, SchedulingPerson, Weights } from './types.ts'

/** A meeting that stands in people's calendars. */
export type BookedMeeting = {
  readonly pair: string
  /** Index into the pair's windows. */
  readonly window: number
  readonly start: InstantText
  /** New dates that were proposed for it already and not taken. */
  readonly proposed?: readonly InstantText[]
}

/**
 * `program` tells what is known of people now. Their busy time and holds may still contain the booked meetings: an
 * entry with exactly a meeting's times is that meeting.
 */
export type ReplanRequest = {
  readonly program: Program
  readonly booked: readonly BookedMeeting[]
  readonly now: InstantText
  readonly weights?: Weights
  /** Points that moving a meeting nobody has to move costs; 40 unless told: two exceptions. */
  readonly moveCost?: number
}

/** `inside-24-hours` and `asked-twice`: people have to agree themselves, nothing is proposed. */
export type BrokenMeeting = {
  readonly meeting: BookedMeeting
  readonly reasons: readonly Reason[]
  readonly state: 'movable' | 'inside-24-hours' | 'asked-twice'
}

/** One proposed change; it happens only when everybody of `consentOf` (or their assistants) agrees. */
type ProposedMove = {
  readonly meeting: BookedMeeting
  /** Left out: no date is possible, `reasons` say why. */
  readonly start?: InstantText
  readonly reasons: readonly Reason[]
  readonly consentOf: readonly string[]
  /** A meeting that is fine where it is and makes room for another. */
  readonly makesRoom: boolean
}
export type ReplanProposal = {
  readonly moves: readonly ProposedMove[]
  /** Objective of all pairs with booked meetings after the moves, plus the cost of moves that make room. */
  readonly total: number
  /** No cheaper answer exists in which only meetings of people who take part in a broken one move. */
  readonly isProved: boolean
}
/** At most two new dates for one broken meeting, counting those proposed before; best first. */
export type MeetingOptions = {
  readonly meeting: BookedMeeting
  readonly options: readonly { readonly start: InstantText; readonly reasons: readonly Reason[] }[]
}

/** What the thread that asks brings along: without a solver only what prices prove is proved. */
export type BestFixTools = PartTools & {
  /** Time budget; 2 unless told. */
  readonly seconds?: number
}

const BEST_SECONDS = 2
const NOTICE_MINUTES = 24 * 60
const PROPOSALS_MAX = 2
const MOVE_COST = 40

/**
 * The booked meetings that people's time as now known refuses, in order of their start; past ones and those outside the
 * program's horizon are left alone. Of two booked meetings of one person that overlap, the later one is broken.
 * @throws DomainError as `proposePair`
 */
export function findBroken({
  program,
  booked,
  now,
}: Pick<ReplanRequest, 'program' | 'booked' | 'now'>): readonly BrokenMeeting[] {
  return findBrokenOnRows(rowsOf(program, booked), program, booked, readInstant(now, 'now'))
}

function findBrokenOnRows(
  rows: Rows,
  program: Program,
  booked: readonly BookedMeeting[],
  now: number,
): readonly BrokenMeeting[] {
  const taken: { readonly people: ReadonlySet<string>; readonly start: number; readonly end: number }[] = []
  const inOrder = booked
    .map((meeting, index) => ({ meeting, start: readInstant(meeting.start, `booked[${index}].start`) }))
    .sort((a, b) => a.start - b.start)
  return inOrder.flatMap(({ meeting, start }): readonly BrokenMeeting[] => {
    const pair = getPair(program, meeting.pair)
    const end = start + pair.minutes
    const people = new Set([pair.organizer, ...pair.attendees])
    const overlaps = taken.filter((other) => other.start < end && start < other.end)
    const shared = [...people].filter((id) => overlaps.some((other) => other.people.has(id)))
    taken.push({ people, start, end })
    // Limits are no reason: they tell how many to book, not which to cancel.
    const prepared = { ...preparePair(rows, program, pair), baseLoads: [] }
    const day = wallDayOf(rows.grid, prepared.organizer.zone, grainBefore(rows.grid, start))
    if (start < now || day < rows.grid.horizonFrom || day >= rows.grid.horizonTo) return []
    const reasons: readonly Reason[] = [
      ...explainMeeting(rows, prepared, grainBefore(rows.grid, start), grainAfter(rows.grid, end)),
      ...shared.map((personId): Reason => ({ code: 'overlaps-another-meeting', personId })),
    ]
    return reasons.length === 0 ? [] : [{ meeting, reasons, state: stateOf(meeting, start, now) }]
  })
}

function stateOf({ proposed = [] }: BookedMeeting, start: number, now: number): BrokenMeeting['state'] {
  if (start < now + NOTICE_MINUTES) return 'inside-24-hours'
  return proposed.length >= PROPOSALS_MAX ? 'asked-twice' : 'movable'
}

/** Rows of everybody who has a booked meeting, without the booked meetings themselves. */
function rowsOf(program: Program, booked: readonly BookedMeeting[]): Rows {
  const own = new Map<string, Map<string, number>>()
  for (const { pair: pairId, start } of booked) {
    const pair = getPair(program, pairId)
    const from = instantMinute(start)
    const key = `${Math.floor(from)}/${Math.ceil(from + pair.minutes)}`
    for (const id of new Set([pair.organizer, ...pair.attendees])) {
      const keys = own.get(id) ?? new Map<string, number>()
      keys.set(key, (keys.get(key) ?? 0) + 1)
      own.set(id, keys)
    }
  }
  const people = program.people.map((person, index): SchedulingPerson => {
    const keys = own.get(person.id)
    if (!keys) return person
    return {
      ...person,
      ...(person.busy ? { busy: withoutOwn(readSpans(person.busy, `people[${index}].busy`), keys) } : {}),
      ...(person.holds ? { holds: withoutOwn(readSpans(person.holds, `people[${index}].holds`), keys) } : {}),
    }
  })
  return buildRowsOf({ ...program, people }, new Set(own.keys()))
}

function withoutOwn(spans: Int32Array, own: ReadonlyMap<string, number>): Int32Array {
  const left = new Map(own)
  const kept: number[] = []
  for (let at = 0; at < spans.length; at += 2) {
    const [start = 0, end = 0] = spans.subarray(at, at + 2)
    const key = `${start}/${end}`
    const count = left.get(key) ?? 0
    if (count > 0) left.set(key, count - 1)
    else kept.push(start, end)
  }
  return Int32Array.from(kept)
}

/**
 * The instant answer: every broken meeting goes to its cheapest free start with everything else where it is, the one
 * with the fewest possible starts first.
 * @throws DomainError as `proposePair`
 */
export function proposeInstantFix(request: ReplanRequest): ReplanProposal {
  const desk = openDesk(request)
  placeGreedily(desk)
  return describe(desk, false)
}

/**
 * The least disturbing answer: places the broken meetings and moves those of everybody who takes part in one where that
 * pays for itself; all other meetings stay. Never dearer than the instant answer. Blocks the thread for up to
 * `tools.seconds`, mostly far less.
 * @throws DomainError as `proposePair`
 */
export function proposeBestFix(request: ReplanRequest, tools: BestFixTools = {}): ReplanProposal {
  const desk = openDesk(request)
  const isProved = settleBest(desk, tools)
  return describe(desk, isProved)
}

/**
 * For each broken meeting that may be moved, the new dates to show: that of the best answer first, then the next
 * cheapest with everything else where it is. At most two per meeting, counting what was proposed before.
 * @throws DomainError as `proposePair`
 */
export function proposeOptions(request: ReplanRequest, tools: BestFixTools = {}): readonly MeetingOptions[] {
  const desk = openDesk(request)
  settleBest(desk, tools)
  // Only the broken ones are asked about: a date that needs a sound meeting out of its way is none.
  for (const piece of desk.board.pieces) if (!desk.loose.includes(piece)) desk.board.putBack(piece)
  return desk.loose.map((piece) => {
    const best = desk.board.take(piece)
    const chosen = best && desk.board.isFree(piece, best.start) ? best : undefined
    const known = (desk.meetingOf(piece).proposed ?? []).map(instantMinute)
    const starts = chosen ? [chosen.start] : []
    const ranked = notProposed(desk, piece)
      .filter(({ start }) => desk.board.isFree(piece, start))
      .sort((a, b) => desk.board.costOf(piece, a) - desk.board.costOf(piece, b))
    for (const { start } of ranked) {
      if (starts.length + known.length >= PROPOSALS_MAX) break
      if (starts.every((other) => Math.abs(other - start) >= piece.prepared.pair.minutes)) starts.push(start)
    }
    if (chosen) desk.board.place(piece, chosen)
    return {
      meeting: desk.meetingOf(piece),
      options: starts.map((start) => ({ start: instantText(start), reasons: reasonsAt(desk, piece, start) })),
    }
  })
}

/** Everything one question needs: the board with the broken meetings taken off it. */
type Desk = {
  readonly rows: Rows
  readonly program: Program
  readonly board: ReplanBoard
  /** Broken pieces that may be placed anew. */
  readonly loose: readonly Piece[]
  readonly meetingOf: (piece: Piece) => BookedMeeting
  readonly weights: Weights
  readonly moveCost: number
}

function openDesk({ program, booked, now, weights = DEFAULT_WEIGHTS, moveCost = MOVE_COST }: ReplanRequest): Desk {
  const nowMinute = readInstant(now, 'now')
  const notice = nowMinute + NOTICE_MINUTES
  const given = program.earliestStart === undefined ? notice : readInstant(program.earliestStart, 'earliestStart')
  // Rounded up: nothing starts inside the notice.
  const earliestStart = instantText(Math.ceil(Math.max(notice, given)))
  const cautious: Program = { ...program, earliestStart }
  const rows = rowsOf(cautious, booked)
  const broken = findBrokenOnRows(rows, cautious, booked, nowMinute)
  const loose = new Set(broken.filter(({ state }) => state === 'movable').map(({ meeting }) => meeting))
  const board = new ReplanBoard(
    rows,
    cautious,
    booked.map((meeting) => {
      const bookedAt = instantMinute(meeting.start)
      return {
        pair: getPair(cautious, meeting.pair),
        window: meeting.window,
        bookedAt,
        isMovable: stateOf(meeting, bookedAt, nowMinute) === 'movable',
      }
    }),
    weights,
  )
  const meetings = new Map(board.pieces.map((piece) => [piece, booked[piece.index]]))
  const desk = {
    rows,
    program: cautious,
    board,
    loose: board.pieces.filter((piece) => loose.has(booked[piece.index] as BookedMeeting)), // one piece per booked meeting
    meetingOf: (piece: Piece) => meetings.get(piece) as BookedMeeting,
    weights,
    moveCost,
  }
  for (const piece of desk.loose) board.take(piece)
  return desk
}

const notProposed = (desk: Desk, piece: Piece): readonly Option[] => {
  const known = (desk.meetingOf(piece).proposed ?? []).map(instantMinute)
  return known.length === 0 ? piece.options() : piece.options().filter(({ start }) => !known.includes(start))
}

function placeGreedily(desk: Desk): void {
  const { board } = desk
  const scarcest = desk.loose.toSorted((a, b) => a.options().length - b.options().length || a.index - b.index)
  for (const piece of scarcest) {
    let best: Option | undefined
    let bestCost = Number.POSITIVE_INFINITY
    for (const option of notProposed(desk, piece)) {
      const cost = board.costOf(piece, option)
      if (cost < bestCost && board.isFree(piece, option.start)) {
        best = option
        bestCost = cost
      }
    }
    if (best) board.place(piece, best)
  }
}

/** Puts the best placement found on the board. Answers whether none of its kind is cheaper. */
function settleBest(desk: Desk, { seconds = BEST_SECONDS, ...tools }: BestFixTools): boolean {
  const { rows, board, loose, weights, moveCost } = desk
  placeGreedily(desk)
  if (loose.length === 0) return true
  const { model, start, pieces, options } = buildReplacement({
    people: rows.people,
    board,
    loose,
    weights,
    moveCost,
    optionsOf: (piece) => notProposed(desk, piece),
  })
  const endsAt = performance.now() + seconds * 1000
  let answer: PartAnswer = unchangedPart({
    model,
    start,
    startPrice: new Float64Array(model.rowCapacity.length),
    bound: Number.NEGATIVE_INFINITY,
  })
  for (const depth of ['quick', 'exact'] as const) {
    if (answer.total - answer.bound <= CLOSED) break
    const request = { model, start: answer.placement, startPrice: answer.rowPrice, bound: answer.bound, depth }
    const left = (endsAt - performance.now()) / 1000
    answer = solvePart(
      { ...request, seed: 1, effort: Number.POSITIVE_INFINITY, seconds: left, steps: Number.POSITIVE_INFINITY },
      tools,
    )
  }
  for (const piece of pieces) board.take(piece)
  for (const [meeting, piece] of pieces.entries()) {
    const option = options[answer.placement[meeting] ?? -1]
    if (option) board.place(piece, option)
  }
  return answer.total - answer.bound <= CLOSED
}

function reasonsAt({ rows, board, weights }: Desk, piece: Piece, start: number): readonly Reason[] {
  const before = board.startOf(piece)
  const option = piece.options().find((candidate) => candidate.start === start)
  const taken = before === undefined ? undefined : board.take(piece)
  if (option) board.place(piece, option)
  const onPattern = board.isOnPattern(piece)
  if (option) board.take(piece)
  if (taken) board.place(piece, taken)
  return meetingReasons(rows.grid, piece.prepared, piece.window, grainBefore(rows.grid, start), onPattern, weights)
}

function describe(desk: Desk, isProved: boolean): ReplanProposal {
  const { board, rows, moveCost } = desk
  const moves = board.pieces.flatMap((piece): readonly ProposedMove[] => {
    const makesRoom = !desk.loose.includes(piece)
    const start = board.startOf(piece)
    if (makesRoom && start === piece.bookedAt) return []
    const meeting = desk.meetingOf(piece)
    const consentOf = piece.prepared.participants.map(({ person }) => person.id)
    if (start === undefined) {
      const reasons = explainWindows(rows, piece.prepared)[piece.window] ?? []
      return [{ meeting, reasons, consentOf, makesRoom }]
    }
    return [{ meeting, start: instantText(start), reasons: reasonsAt(desk, piece, start), consentOf, makesRoom }]
  })
  const total = board.cost + moves.filter(({ makesRoom }) => makesRoom).length * moveCost
  return { moves, total, isProved }
}
