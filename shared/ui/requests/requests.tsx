import { Spinner } from '@fluentui/react-components'
import type { OpportunityRequestView } from '../../api/requests.ts'
import { useGoals } from '../../client/meeting-queries.ts'
import { useRequests } from '../../client/request-queries.ts'
import { fitOf } from '../../domain/opportunity-request.ts'
import { ErrorState } from '../error-state.tsx'
import type { PairAreaProps } from '../pair/area-props.ts'
import { todayIn } from '../times.ts'
import { MenteeRequests } from './mentee-requests.tsx'
import { MentorRequests } from './mentor-requests.tsx'
import type { RequestsOfPair } from './requests-of-pair.ts'

/** What others ask of the mentee, and whether to take it on. */
export default function Requests({ relationship, timeZone }: PairAreaProps) {
  const requests = useRequests(relationship.relationshipId)
  const goals = useGoals(relationship.relationshipId)
  if (!requests.data || !goals.data) {
    const error = requests.error ?? goals.error
    if (!error) return <Spinner label="Loading requests" />
    const retry = () => void Promise.all([requests.refetch(), goals.refetch()])
    return <ErrorState title="Requests could not be loaded" error={error} onRetry={retry} />
  }
  const today = todayIn(timeZone)
  const open = goals.data.goals.filter(({ state }) => state === 'open')
  const { budget } = requests.data
  const all = requests.data.requests
  const facts: RequestsOfPair = {
    relationship,
    requests: [...all.filter(isUndecided), ...all.filter((request) => !isUndecided(request)).toReversed()],
    budget,
    goals: open,
    fitOf: (request) =>
      fitOf(asFact(request), {
        others: all.map(asFact),
        goals: open.map(({ goalId: id, state }) => ({ id, state })),
        hoursPerMonth: budget?.hoursPerMonth,
        today,
      }),
  }
  return relationship.myRole === 'mentee' ? <MenteeRequests {...facts} /> : <MentorRequests {...facts} />
}

const isUndecided = ({ decision }: OpportunityRequestView) => decision === 'open'

const asFact = ({ requestId: id, hours, rhythm, deadline, goalIds, decision }: OpportunityRequestView) => ({
  id,
  hours,
  rhythm,
  ...(deadline === undefined ? {} : { deadline }),
  goalIds,
  decision,
})
