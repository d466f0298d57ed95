import type { MentoringRole } from '../../shared/api/common.ts'
import type { ProposalsBody } from '../../shared/api/proposals.ts'
import type { RelationshipView } from '../../shared/api/relationships.ts'
import type { SeriesMeeting, SeriesView } from '../../shared/api/series.ts'
import { nameFor, pairCaptionFor } from '../../shared/ui/pair/pair-texts.ts'
import type { YearStripWindow } from '../../shared/ui/year-strip.tsx'

type People = Pick<SeriesView, 'mentee' | 'mentor' | 'members'>

/** The pair as the viewer calls it: the other person, or both names for whoever is neither. */
export function pairName(people: People, myPersonId: string | undefined): string {
  if (people.mentee.personId === myPersonId) return nameFor('mentee', people)
  if (people.mentor.personId === myPersonId) return nameFor('mentor', people)
  return nameFor(sitsOn(people, myPersonId) ? 'member' : 'other', people)
}

/** Whether somebody is on a committee beside its chair: they come to its meetings, and others plan them. */
export const sitsOn = ({ members = [] }: Pick<SeriesView, 'members'>, personId: string | undefined): boolean =>
  members.some((member) => member.personId === personId)

/** What the other person is to the viewer, e.g. "your mentor". */
export function pairCaption(pair: Pick<RelationshipView, 'myRole' | 'mentor' | 'members'>): string {
  const caption = pairCaptionFor(pair)
  if (caption !== undefined) return caption
  return pair.myRole === 'assistant' ? `You book for this pair` : `Mentor: ${pair.mentor.displayName}`
}

/** The meetings of a series on the year strip. */
export function stripOf({ meetings }: SeriesView): YearStripWindow[] {
  return meetings.map(({ from, to, startsAt, endsAt, purpose, state }) => ({
    from,
    to,
    ...(state === 'needs-date' ? {} : { startsAt, endsAt }),
    label: purpose,
    state,
  }))
}

/**
 * The request for new dates for the meetings that could not be booked, in what is left of their windows; nothing when
 * no such window is still open.
 * @param today wall date, YYYY-MM-DD
 * @param mayOrganize roles whose calendars the viewer keeps: where the first series lives is asked for only if it is one
 */
export function replanBodyOf(
  { meetings, minutes, organizer }: SeriesView,
  today: string,
  mayOrganize: readonly MentoringRole[],
): ProposalsBody | undefined {
  const windows = meetings
    .filter(({ state, to }) => state === 'needs-attention' && to > today)
    .map(({ from, to }) => ({ from: from < today ? today : from, to }))
  if (windows.length === 0) return undefined
  const plan = { kind: 'windows', windows } as const
  return { plan, minutes, ...(mayOrganize.includes(organizer) ? { organizer } : {}), limit: 5 }
}

/** Meetings that still lie ahead and are (being) booked, first one first. @param now RFC 3339 in UTC */
export function aheadOf({ meetings }: SeriesView, now: string): SeriesMeeting[] {
  return meetings
    .filter(({ state }) => state === 'booked' || state === 'pending')
    .filter(({ endsAt }) => Date.parse(endsAt) > Date.parse(now))
    .toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
}
