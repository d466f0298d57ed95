import type { MentorAnswerBody, OpportunityRequestView } from '../../api/requests.ts'
import type { RequestFit } from '../../domain/opportunity-request.ts'
import { plainDateText } from '../times.ts'

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
export const hoursText = (hours: number): string => (hours === 1 ? '1 hour' : `${number.format(hours)} hours`)

/** "Asked by Dr. Ito · 12 hours in all · until 6 Apr 2027". */
export function askText({ askedBy, hours, rhythm, deadline }: OpportunityRequestView): string {
  return [
    askedBy === undefined ? undefined : `Asked by ${askedBy}`,
    `${hoursText(hours)} ${rhythm === 'monthly' ? 'each month' : 'in all'}`,
    deadline === undefined ? undefined : `until ${plainDateText(deadline)}`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}

/** How it goes with the mentee's goals and hours, in one or two sentences. `isMentee`: who reads it. */
export function fitText(fit: RequestFit, isMentee: boolean): string {
  const whose = isMentee ? 'your' : 'the mentee’s'
  const goals =
    fit.goalsServed === 0
      ? `It serves none of ${whose} open goals.`
      : `It serves ${fit.goalsServed === 1 ? 'one' : fit.goalsServed} of ${whose} open goals.`
  const time = `It takes about ${hoursText(fit.hoursPerMonth)} a month`
  if (fit.hoursLeft === undefined) return `${goals} ${time}; no hours are set to hold that against.`
  const left =
    fit.hoursLeft > 0
      ? `of ${hoursText(fit.hoursLeft)} still free`
      : `and no hours are free beside what is accepted already`
  return `${goals} ${time} ${left}.`
}

export const VERDICTS: Readonly<
  Record<
    RequestFit['verdict'],
    { readonly label: string; readonly color: 'success' | 'warning' | 'danger' | 'informative' }
  >
> = {
  fits: { label: 'Fits', color: 'success' },
  'serves-no-goal': { label: 'Serves no goal', color: 'warning' },
  'over-budget': { label: 'Too many hours', color: 'warning' },
  neither: { label: 'Too many hours, no goal', color: 'danger' },
  'no-budget': { label: 'No hours set', color: 'informative' },
}

export const DECISIONS: Readonly<Record<OpportunityRequestView['decision'], string>> = {
  open: 'Not decided',
  accepted: 'Accepted',
  declined: 'Declined',
  done: 'Done',
}

export const CHOICES: Readonly<Record<MentorAnswerBody['choice'], string>> = {
  accept: 'Take it on',
  decline: 'Say no',
  discuss: 'Let us talk first',
}
