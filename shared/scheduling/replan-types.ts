import type { InstantText, Program, Reason, Weights } from './types.ts'

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
export type ProposedMove = {
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
  /** The clock may have ended the search before its steps did: a faster machine may find a better answer. */
  readonly isCutShort: boolean
}

/** At most two new dates for one broken meeting, counting those proposed before; best first. */
export type MeetingOptions = {
  readonly meeting: BookedMeeting
  readonly options: readonly { readonly start: InstantText; readonly reasons: readonly Reason[] }[]
}
export type OptionsProposal = Pick<ReplanProposal, 'isCutShort'> & {
  /** One entry per broken meeting that may be moved. */
  readonly meetings: readonly MeetingOptions[]
}

/** At most this many new dates for one broken meeting. */
export const PROPOSALS_MAX = 2
/** Nobody is asked to move a meeting, or to take a date, that is this near. */
export const NOTICE_MINUTES = 24 * 60
