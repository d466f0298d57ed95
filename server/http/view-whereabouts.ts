import type { SeriesMeeting } from '../../shared/api/series.ts'
import type { Meeting } from '../../shared/domain/series.ts'

type Whereabouts = Pick<SeriesMeeting, 'moves' | 'movedFrom' | 'noDateSince' | 'declined' | 'proposal' | 'isNotFree'>

/** What became of a meeting's date. Whose duty it lies on, and that it is duty, the other person does not learn. */
export function viewWhereabouts({ moves, movedFrom, dateless, proposal, clash }: Meeting): Whereabouts {
  return {
    ...(moves === undefined ? {} : { moves }),
    ...(movedFrom && !dateless ? { movedFrom: { startsAt: movedFrom.startsAt, endsAt: movedFrom.endsAt } } : {}),
    ...(dateless ? { noDateSince: dateless.since } : {}),
    ...(dateless?.reason === 'declined' ? { declined: true } : {}),
    ...(proposal ? { proposal: { startsAt: proposal.startsAt, endsAt: proposal.endsAt } } : {}),
    ...(clash && !dateless ? { isNotFree: true } : {}),
  }
}
