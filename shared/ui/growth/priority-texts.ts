import type { GoalView } from '../../api/goals.ts'
import type { PriorityBody, PriorityView } from '../../api/growth.ts'
import type { OpportunityRequestView } from '../../api/requests.ts'
import { DECISIONS } from '../requests/request-texts.ts'

export type PriorityKind = PriorityBody['kind']
export const PRIORITY_KINDS = ['stop', 'decline', 'start', 'keep'] as const
export const KIND_TEXTS: Readonly<Record<PriorityKind, { readonly title: string; readonly hint: string }>> = {
  stop: { title: 'Stop', hint: 'Doing it, and want to quit' },
  decline: { title: 'Decline', hint: 'Asked to, and should or want to refuse' },
  start: { title: 'Start', hint: 'Not doing it, and should or want to' },
  keep: { title: 'Keep', hint: 'Doing it, and want to go on' },
}
export const addText = (kind: PriorityKind): string => `Add to ${KIND_TEXTS[kind].title.toLowerCase()}`

/** What entries can be about; nothing where it is not known yet. */
export type LinkTargets = {
  readonly goals: readonly GoalView[] | undefined
  readonly requests: readonly OpportunityRequestView[] | undefined
}

/** What an entry is about and in which area of the pair that is found; what is deleted is not mentioned. */
export function linksOf(
  { text, goalId, requestId }: Pick<PriorityView, 'text' | 'goalId' | 'requestId'>,
  { goals, requests }: LinkTargets,
): readonly { readonly area: 'goals' | 'requests'; readonly text: string }[] {
  const goal = goals?.find((one) => one.goalId === goalId)
  const request = requests?.find((one) => one.requestId === requestId)
  // What is called the same is not told twice.
  const named = (title: string) => (title === text ? '' : ` “${title}”`)
  return [
    ...(goal
      ? [{ area: 'goals' as const, text: `Goal${named(goal.title)}${goal.state === 'open' ? '' : `: ${goal.state}`}` }]
      : []),
    ...(request
      ? [
          {
            area: 'requests' as const,
            text: `Request${named(request.title)}: ${DECISIONS[request.decision].toLowerCase()}`,
          },
        ]
      : []),
  ]
}

/** Where an entry about a request in this state can go. */
export const KINDS_OF_DECISION: Readonly<Record<OpportunityRequestView['decision'], readonly PriorityKind[]>> = {
  open: ['decline', 'start'],
  accepted: ['start'],
  declined: ['decline'],
  done: [],
}
