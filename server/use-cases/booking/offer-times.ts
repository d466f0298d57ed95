import { Temporal } from 'temporal-polyfill'
import { type Offers, offerStarts } from '../../../shared/scheduling/offer-starts.ts'
import type { Program, Window } from '../../../shared/scheduling/types.ts'
import { mayBook } from '../../policies.ts'
import { findMeetingOfSeries, type MeetingPlace } from '../meeting/find-meeting.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { loadMeetingProgram, type MeetingProgram, resumeDateOf } from './load-meeting-program.ts'
import { askEngine, PAIR_ID, type PairProgramDeps } from './load-pair-program.ts'

export type OfferedTimes = Offers &
  MeetingProgram & {
    readonly ownRoles: readonly ('mentee' | 'mentor')[]
    readonly minutes: number
    /** The days that were looked at. */
    readonly window: Window
    readonly isOwnWindow: boolean
  }

const OFFERS = 3

/**
 * The best times for one meeting of a series, in its window, or around it where the window has none; writes nothing.
 * While the pair is paused these are times after the pause.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `series-not-found`, `meeting-not-found`, and as
 * `loadPairProgram`
 */
export async function offerTimes(
  deps: RelationshipDeps & PairProgramDeps,
  { limit = OFFERS, ...place }: MeetingPlace & { readonly limit?: number | undefined },
): Promise<OfferedTimes> {
  const { relationship, ownRoles } = await loadRelationship(deps, place.actor, place.relationshipId, mayBook)
  const { series, meeting } = await findMeetingOfSeries(deps, place)
  const loaded = await loadMeetingProgram(deps, { actor: place.actor, relationship, series, meeting })
  const { usual, ownWindow, wideWindow, windows } = loaded
  const program = notBefore(loaded.program, resumeDateOf(relationship)?.toZonedDateTime(series.timeZone).toInstant())
  const ask = (window: number) => {
    const found = askEngine(() =>
      // One more than wanted: the time it has already is no offer.
      offerStarts({ program, pairId: PAIR_ID, window, usual, near: meeting.startsAt, limit: limit + 1 }),
    )
    const others = found.offers.filter(({ start }) => Temporal.Instant.compare(start, meeting.startsAt) !== 0)
    return { ...found, offers: others.slice(0, limit) }
  }
  const inWindow = ownWindow === undefined ? undefined : ask(ownWindow)
  const isOwnWindow = inWindow !== undefined && inWindow.offers.length > 0
  const window = windows[isOwnWindow ? (ownWindow ?? wideWindow) : wideWindow]
  if (!window) throw new Error('A meeting without any window.')
  const found = isOwnWindow ? inWindow : ask(wideWindow)
  return { ...loaded, ...found, ownRoles, minutes: series.minutes, window, isOwnWindow }
}

/** Without times before an instant, where there is one. */
function notBefore(program: Program, earliest: Temporal.Instant | undefined): Program {
  const { earliestStart } = program
  if (!earliest || (earliestStart !== undefined && Temporal.Instant.compare(earliestStart, earliest) >= 0))
    return program
  return { ...program, earliestStart: earliest.toString() }
}
