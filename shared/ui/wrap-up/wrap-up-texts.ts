import type { NonePlannedReason, WrapUpView } from '../../api/wrap-up.ts'
import { plainDateText } from '../times.ts'

export const NONE_PLANNED_TEXTS: Readonly<Record<NonePlannedReason, string>> = {
  later: 'We choose a date later',
  away: 'One of us is away or on a busy block',
  'goals-reached': 'Nothing to add for now',
  'term-over': 'The term is over',
  other: 'Another reason',
}
export const NONE_PLANNED_REASONS = Object.keys(NONE_PLANNED_TEXTS) as readonly NonePlannedReason[]

/** What the two say of a meeting, to one of them. */
export function heldText(
  { held, statements }: Pick<WrapUpView, 'held' | 'statements'>,
  { myRole, otherName }: { readonly myRole: 'mentee' | 'mentor'; readonly otherName: string },
): string {
  const mine = statements[myRole]
  const other = statements[myRole === 'mentee' ? 'mentor' : 'mentee']
  const minutes = held.minutes === undefined ? '' : `, ${held.minutes} minutes`
  switch (held.state) {
    case 'open':
      return 'Neither of you has noted yet whether you met.'
    case 'held':
      return mine && other ? `You both noted that you met${minutes}.` : `Counts as held${minutes}.`
    case 'not-held':
      return 'Noted: this meeting did not take place.'
    case 'differing':
      return mine?.met
        ? `You noted that you met; ${otherName} noted that you did not. Whoever is mistaken can change it here.`
        : `${otherName} noted that you met; you noted that you did not. Whoever is mistaken can change it here.`
    case 'awaiting':
      return mine
        ? `You noted that you met${minutes}. Waiting for ${otherName}.`
        : `${otherName} noted that you met${other?.date ? ` on ${plainDateText(other.date)}` : ''}${minutes}.`
  }
}
