import type { Temporal } from 'temporal-polyfill'
import type { ProgrammeFiguresView } from '../../shared/api/programmes.ts'
import { figuresOf, type PairInFigures } from '../../shared/domain/programme-figures.ts'
import type { Pair } from '../use-cases/programme/list-pairs.ts'
import type { FiguresSource } from '../use-cases/programme/load-figures.ts'
import { viewPair, viewProgramme } from './views.ts'

/** What is counted of a pair: no more than the coordinator's row of it says, and whether the agreement is signed. */
export function countedOf(pair: Pair, now: Temporal.Instant): PairInFigures {
  const { state, nextMeetingAt, planned, booked, held } = viewPair(pair, now)
  const isAgreementSigned = pair.relationship.course.agreement?.signedAt !== undefined
  return { state, hasNextMeeting: nextMeetingAt !== undefined, isAgreementSigned, planned, booked, held }
}

/** Counts alone. */
export function viewFigures(
  { programme, pairs, capacities }: FiguresSource<PairInFigures>,
  now: Temporal.Instant,
): ProgrammeFiguresView {
  return {
    programme: viewProgramme(programme),
    asOf: now.toString(),
    ...figuresOf(pairs, capacities),
  }
}
