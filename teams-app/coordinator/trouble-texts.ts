import type { TroubleView } from '../../shared/api/troubles.ts'

const WORK_TEXTS: Readonly<Record<string, string>> = {
  'book-series': 'Their dates could not be brought into the calendar or called off.',
  'settle-meeting': 'A meeting that nobody objected to could not be counted as held.',
  'sweep-series': 'Leftovers of a booking could not be cleared from a calendar. Nobody was invited to them.',
  'sync-mailbox': 'What people changed in a calendar could not be followed.',
  'watch-mailbox': 'A calendar tells us no more of its changes. It is read every few hours instead.',
}
const REASON_TEXTS: Readonly<Record<string, string>> = {
  throttled: 'The calendar kept asking us to wait.',
  outage: 'The calendar could not be reached.',
  'outcome-unknown': 'The calendar did not answer.',
  'access-denied': 'Protected Time is not allowed into the calendar. Your IT department can change that.',
  'consent-required': 'Protected Time has no permission for the calendar. Your IT department can give it.',
  'mailbox-not-found': 'One of them has no calendar in this organization.',
  'mailbox-not-reachable': 'A calendar could not be read.',
}

/** What stopped, in a coordinator's words. */
export const workText = ({ kind }: TroubleView): string => WORK_TEXTS[kind] ?? 'Work in the background stopped.'

/** Why it stopped: about a day of tries failed. */
export const reasonText = ({ problem }: TroubleView): string =>
  REASON_TEXTS[problem] ?? 'Something went wrong on our side.'
