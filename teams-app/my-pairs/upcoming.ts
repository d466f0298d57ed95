import type { RelationshipView } from '../../shared/api/relationships.ts'
import type { SeriesMeeting, SeriesView } from '../../shared/api/series.ts'
import { pairCaptionFor } from '../../shared/ui/pair/pair-texts.ts'

export type PairMeetings = {
  /** All dates that still stand, by start. */
  readonly meetings: readonly (SeriesMeeting & { readonly timeZone: string })[]
  readonly next: (SeriesMeeting & { readonly timeZone: string }) | undefined
}

/** Every date of a pair that was not called off, over all its series, and the first that has one and is not over yet. */
export function meetingsOf(series: readonly SeriesView[], now: number): PairMeetings {
  const meetings = series
    .flatMap(({ meetings, timeZone }) => meetings.map((meeting) => ({ ...meeting, timeZone })))
    .filter(({ state }) => state !== 'cancelled')
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
  return { meetings, next: meetings.find(({ endsAt, state }) => state !== 'needs-date' && Date.parse(endsAt) > now) }
}

/** The pairs whose meetings are this person's own business, or their principal's: a coordinator's are in the list. */
export function ownPairs(relationships: readonly RelationshipView[]): readonly RelationshipView[] {
  return relationships.filter(({ myRole, state }) => myRole !== 'coordinator' && state !== 'ended')
}

export const pairSubtitle = (pair: RelationshipView): string =>
  pairCaptionFor(pair) ?? `You book for ${pair.mentor.displayName}`

/** The meetings of a series that need a date, or whose time is asked about. */
export function openDatesOf({ meetings, state }: SeriesView): readonly SeriesMeeting[] {
  if (state === 'cancelling' || state === 'cancelled') return []
  return meetings.filter(
    (meeting) =>
      meeting.state === 'needs-date' || meeting.fix?.state === 'asking' || meeting.fix?.state === 'ask-people',
  )
}
