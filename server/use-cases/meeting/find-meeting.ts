import { DomainError } from '../../../shared/domain/errors.ts'
import type { Meeting, MentoringSeries } from '../../../shared/domain/series.ts'
import type { Actor } from '../../ports/actor.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'

export type MeetingPlace = {
  readonly actor: Actor
  readonly relationshipId: string
  readonly seriesId: string
  readonly meetingId: string
}

/** One meeting of a series, with the revision it was read at. @throws DomainError `series-not-found`, `meeting-not-found` */
export async function findMeetingOfSeries(
  { series: repository }: { readonly series: SeriesRepository },
  { actor, relationshipId, seriesId, meetingId }: MeetingPlace,
): Promise<{ readonly series: MentoringSeries; readonly rev: number; readonly meeting: Meeting }> {
  const read = await repository.find(actor.tenantId, relationshipId, seriesId)
  if (!read) throw new DomainError('series-not-found', 'There is no such series.')
  const meeting = read.series.meetings.find(({ id }) => id === meetingId)
  if (!meeting) throw new DomainError('meeting-not-found', 'There is no such meeting in this series.')
  return { ...read, meeting }
}

/** Tries before giving up when others write the same series at the same moment. */
const TRIES = 10

/**
 * Decides on a meeting as it is stored now, and again when somebody else wrote meanwhile.
 * @param decide the answer, or undefined to read and decide anew
 * @throws DomainError `edited-meanwhile`, and whatever `decide` throws
 */
export async function decideOnMeeting<Answer>(
  deps: { readonly series: SeriesRepository },
  place: MeetingPlace,
  decide: (read: Awaited<ReturnType<typeof findMeetingOfSeries>>) => Promise<Answer | undefined>,
): Promise<Answer> {
  for (let tries = 0; tries < TRIES; tries++) {
    const answer = await decide(await findMeetingOfSeries(deps, place))
    if (answer !== undefined) return answer
  }
  throw new DomainError('edited-meanwhile', 'The series keeps changing; try again in a moment.')
}
