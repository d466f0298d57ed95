import type { FixView } from '../../api/meeting-changes.ts'
import type { SeriesMeeting, SeriesView } from '../../api/series.ts'

type Role = 'mentee' | 'mentor'
type Two = Pick<SeriesView, 'mentee' | 'mentor'>

/** Why the last change did not come about, and what that means. Never who or what is to blame. */
export function problemText(code: string): string {
  switch (code) {
    case 'slot-not-free':
      return 'The new time was taken in the meantime, so the meeting stays where it was.'
    case 'moved-by-hand':
      return 'It was moved in Outlook at the same moment; that is what counts.'
    case 'event-not-found':
      return 'It is not in the calendar any more.'
    default:
      return 'The calendar did not accept the change, so the meeting stays as it was.'
  }
}

/** What is asked, in one sentence. */
export function questionTitle(fix: FixView, two: Two): string {
  if (fix.cause === 'person') {
    const [asker] = fix.options[0]?.acceptedBy ?? []
    const who = asker ? two[asker].displayName : 'One of you'
    return fix.waitsForMe ? `${who} asks for another time` : 'You asked for another time'
  }
  if (fix.state === 'ask-people') return 'This time does not work any more. Please settle it between you.'
  return fix.options.length === 1
    ? 'This time does not work any more. Here is one that works for both.'
    : 'This time does not work any more. Here are two that work for both.'
}

const WHY_TEXTS: Readonly<Record<NonNullable<FixView['why']>, string>> = {
  'no-time': 'No other time near this date is free for both.',
  'asked-twice': 'Two other dates were proposed before, so none is proposed now.',
  'inside-24-hours': 'It is less than a day away, so nothing is moved unless you both agree.',
  declined: 'None of the proposed dates suited.',
  expired: 'The proposed dates were not answered in time, so nothing was moved.',
}
/** Said with the times that were found before the search was stopped. */
export const cutShortText = ({ isCutShort, state }: FixView): string | undefined =>
  isCutShort && state === 'asking' ? 'The search ran out of time, so there may be better times than these.' : undefined
export const whyText = ({ why }: FixView): string | undefined => why && WHY_TEXTS[why]

/** Who has yet to answer, by name. */
export function missingAnswers({ answeredBy }: FixView, two: Two): string {
  const roles: readonly Role[] = ['mentee', 'mentor']
  return roles
    .filter((role) => !answeredBy.includes(role))
    .map((role) => two[role].displayName)
    .join(' and ')
}

type EndView = NonNullable<SeriesMeeting['end']>
export const REASON_TEXTS: Readonly<Record<EndView['reason'], string>> = {
  'schedule-changed': 'A schedule changed',
  away: 'Somebody is away',
  'no-common-time': 'No time works for both',
  'not-needed': 'It is not needed',
  other: 'Another reason',
  'series-called-off': 'The series was called off',
}
export const endText = ({ as, reason }: EndView): string =>
  `${as === 'excused' ? 'Excused' : 'None planned instead'}: ${REASON_TEXTS[reason].toLowerCase()}.`
