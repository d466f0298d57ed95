import type { Temporal } from 'temporal-polyfill'
import type { ProgrammeFiguresView } from '../../shared/api/programmes.ts'
import { figuresOf } from '../../shared/domain/programme-figures.ts'
import type { FiguresSource } from '../use-cases/programme/load-figures.ts'
import { viewPair, viewProgramme } from './views.ts'

/** Counts alone: of each pair no more goes in than the coordinator's row of it and whether the agreement is signed. */
export function viewFigures(
  { programme, pairs, capacities }: FiguresSource,
  now: Temporal.Instant,
): ProgrammeFiguresView {
  const counted = pairs.map((pair) => {
    const { state, nextMeetingAt, planned, booked, held } = viewPair(pair, now)
    const isAgreementSigned = pair.relationship.course.agreement?.signedAt !== undefined
    return { state, hasNextMeeting: nextMeetingAt !== undefined, isAgreementSigned, planned, booked, held }
  })
  return {
    programme: viewProgramme(programme),
    asOf: now.toString(),
    ...figuresOf(counted, capacities),
  }
}
