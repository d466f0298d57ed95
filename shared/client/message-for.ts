import { ApiProblem, type KnownProblemCode } from './problem.ts'

const TEXTS: Readonly<Record<KnownProblemCode, string>> = {
  'not-signed-in': 'You are signed out. Close this pane and open it again to sign in.',
  'not-allowed': 'You are not allowed to see or change this. The people of the pair, or your coordinator, can help.',
  'not-a-participant': 'Only the mentee and the mentor of this pair can see this.',
  'relationship-not-found': 'This pair does not exist any more.',
  'series-not-found': 'This series does not exist any more. It may have been removed by the other person.',
  'meeting-not-found': 'This is not a mentoring meeting that we know of.',
  'todo-not-linked': 'Your homework is not kept in To Do. Switch it on first.',
  'question-not-found': 'This question is not asked any more.',
  'agenda-item-not-found': 'This agenda item was deleted meanwhile.',
  'request-not-found': 'This request was deleted meanwhile.',
  'round-not-found': 'There is nothing to answer here now. Reload to see how it stands.',
  'already-revealed': 'Both of you have read both answers meanwhile, so they stay as they are.',
  'not-agreed': 'You have not both chosen this yet. Talk about it, and let each of you choose it here.',
  'content-deleted': 'What the two of you wrote here was deleted for good. Dates of meetings are still there.',
  'person-not-found': 'We could not find this person in your organization’s directory.',
  'programme-not-found': 'This programme does not exist, or you are not part of it.',
  'trouble-not-found': 'There is nothing to try again any more. Refresh the list to see how it stands.',
  'mailbox-not-found': 'This person has no calendar in your organization, so meetings cannot be booked with them here.',
  'mailbox-not-reachable': 'A calendar could not be read just now. Nothing was booked. Try again in a minute.',
  'consent-required':
    'Protected Time needs your permission to work with your calendar. Try again and accept the request, or ask your IT department to allow it.',
  'id-already-used': 'This was already saved with other content. Reload to see how it stands.',
  'edited-meanwhile': 'Someone changed this meanwhile. You now see the latest version; please make your change again.',
  'same-person': 'Mentee and mentor must be two different people.',
  'committee-not-possible': 'A committee is a chair and two to four other people, each named once.',
  'slot-not-free': 'One of these times was taken meanwhile. Nothing was booked. Look for dates again.',
  'slot-in-the-past': 'One of these times is already over. Look for dates again.',
  'slot-outside-window': 'One of these times lies outside its window. Look for dates again.',
  'notice-too-short': 'One of these times is too soon: people need at least a day’s notice. Choose a later date.',
  'availability-unknown':
    'For part of this time we do not know when someone is in clinic, so it cannot be booked. Ask for the missing schedule, or choose other dates.',
  'unknown-time-zone': 'A time zone in this request is not known. Check the time zone in your Outlook settings.',
  'invalid-plan': 'These dates cannot be planned as they stand. Check the plan, the number of meetings and the start.',
  'invalid-feed': 'This clinic schedule cannot be read.',
  'invalid-code-map': 'A line of the code map cannot be read.',
  'too-large': 'This is too long to save. Shorten it and try again.',
  'patient-data-suspected':
    'This was not saved, because it may tell of a patient. Leave out who it was and save it again.',
  'series-not-cancellable': 'This series cannot be cancelled now. Wait until booking has finished, then try again.',
  'not-in-this-state': 'This is not possible as the pair stands now. Reload to see how it stands.',
  'resume-date-out-of-range': 'Choose a date to go on from: tomorrow at the earliest, within a year at the latest.',
  'agreement-incomplete': 'Some sections cannot be left empty. Choose a sentence or write your own, then sign.',
  'mentor-has-no-room': 'This mentor takes on nobody else just now. Choose somebody else, or ask your coordinator.',
  'homework-still-open': 'Some homework is still open. Settle it, hand it on or drop it, then finish.',
  'clocks-out-of-order': 'These times do not go together. Check the fields that are marked.',
  'attestation-not-open':
    'Whether you met can be said from the start of the meeting on, and for 14 days after the other person said so.',
  'meeting-not-changeable':
    'This meeting cannot be changed now: it is over, or another change of it is on its way. Look again in a moment.',
  'question-closed': 'This was answered or changed meanwhile. You now see how it stands.',
  'slot-not-offered': 'This time is not offered any more. Look at the times that are.',
  offline: 'You are offline. What you see may be old; changes can be made when you are back online.',
  'not-reachable': 'We cannot reach Protected Time. Check your connection and try again.',
  'timed-out': 'This takes longer than it should. Try again; nothing is booked twice.',
  'unreadable-answer': 'The service answered in a way we cannot read. Try again in a minute.',
  'calendar-access-denied':
    'The calendar does not let you book there. Ask its owner to share it with you, or let them book.',
  'calendar-refused': 'The calendar does not accept this. Nothing was booked. Choose another time or length.',
  'calendar-unavailable':
    'The calendar could not be reached just now. Nothing was booked twice. Try again in a minute.',
  'event-not-found': 'It is no longer in the calendar.',
  'invalid-request': 'Something in this request is not as it should be.',
  'not-found': 'This does not exist any more.',
  'too-many-requests': 'Many people are booking right now. Wait a moment and try again.',
  unavailable: 'Protected Time is busy or starting. Try again in a minute.',
  'sign-in-failed': 'Signing in did not work. Try again; if it goes on, ask your IT department.',
  'sign-in-cancelled': 'Signing in was not finished. Try again when you are ready.',
  'sign-in-not-available':
    'This version of Outlook cannot sign you in here. Update Outlook, or open your calendar in Outlook on the web.',
}

const FALLBACK = 'Something went wrong on our side. Nothing was lost. Try again in a minute.'

/** What to tell a physician about a failed call: what happened and what to do next, without blame. Chosen by code. */
export function messageFor(error: unknown): string {
  return error instanceof ApiProblem && isKnown(error.code) ? TEXTS[error.code] : FALLBACK
}

const MEETING_TEXTS: Readonly<Record<string, string>> = {
  'slot-not-free': 'This time was taken before it could be booked. Nobody was invited to it.',
  'event-not-found': 'It is no longer in the calendar.',
  'not-as-booked': 'The calendar shows it differently from what was planned. Open it there to check.',
  'access-denied': 'The organizer’s calendar does not let Protected Time book. Nobody was invited to it.',
  'consent-required': 'Protected Time has no permission for the organizer’s calendar. Nobody was invited to it.',
  'mailbox-not-found': 'One of you has no calendar in this organization. Nobody was invited to it.',
}

/** Why one meeting of a series needs attention, by the code in `SeriesMeeting.problem`. */
export function messageForMeeting(problem: string | undefined): string {
  return MEETING_TEXTS[problem ?? ''] ?? 'The calendar did not accept it.'
}

/** Whether trying the same again can help; every call may be repeated safely. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false
  if (error.code === 'mailbox-not-reachable' || error.code === 'not-reachable' || error.code === 'timed-out')
    return true
  return error.status === 429 || error.status >= 500
}

const isKnown = (code: string): code is KnownProblemCode => Object.hasOwn(TEXTS, code)
