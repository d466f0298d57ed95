import { findBrokenOnRows, stateOf } from './find-broken.ts'
import { getPair } from './propose-pair.ts'
import { type Option, type Piece, ReplanBoard } from './replan-board.ts'
import { type BookedMeeting, NOTICE_MINUTES, type ReplanRequest } from './replan-types.ts'
import type { Rows } from './rows.ts'
import { rowsWithoutBooked } from './rows-without-booked.ts'
import { DEFAULT_WEIGHTS } from './soft-cost.ts'
import { instantMinute, instantText, readInstant } from './time-text.ts'
import type { Program, Weights } from './types.ts'

const MOVE_COST = 40

/** Everything one question needs: the board with the broken meetings taken off it. */
export type Desk = {
  readonly rows: Rows
  readonly program: Program
  readonly board: ReplanBoard
  /** Broken pieces that may be placed anew. */
  readonly loose: readonly Piece[]
  readonly meetingOf: (piece: Piece) => BookedMeeting
  readonly weights: Weights
  readonly moveCost: number
}

/** @throws DomainError as `proposePair` */
export function openDesk({
  program,
  booked,
  now,
  weights = DEFAULT_WEIGHTS,
  moveCost = MOVE_COST,
}: ReplanRequest): Desk {
  const nowMinute = readInstant(now, 'now')
  const notice = nowMinute + NOTICE_MINUTES
  const given = program.earliestStart === undefined ? notice : readInstant(program.earliestStart, 'earliestStart')
  // Rounded up: nothing starts inside the notice.
  const earliestStart = instantText(Math.ceil(Math.max(notice, given)))
  const cautious: Program = { ...program, earliestStart }
  const rows = rowsWithoutBooked(cautious, booked)
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

/** Possible starts of a piece, less those that were proposed before. */
export const notProposed = (desk: Desk, piece: Piece): readonly Option[] => {
  const known = (desk.meetingOf(piece).proposed ?? []).map(instantMinute)
  return known.length === 0 ? piece.options() : piece.options().filter(({ start }) => !known.includes(start))
}
