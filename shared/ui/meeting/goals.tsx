import { Spinner } from '@fluentui/react-components'
import { useChangeGoals, useGoals } from '../../client/meeting-queries.ts'
import { ErrorState } from '../error-state.tsx'
import { bodyOf, GoalList } from '../goal-list.tsx'

/** The pair's goals, read and changed in place. */
export function Goals({ relationshipId }: { readonly relationshipId: string }) {
  const goals = useGoals(relationshipId)
  const change = useChangeGoals(relationshipId)
  if (!goals.data) {
    if (goals.isPending) return <Spinner size="small" label="Loading goals" />
    return <ErrorState title="Goals could not be loaded" error={goals.error} onRetry={() => void goals.refetch()} />
  }
  return (
    <>
      {change.error && <ErrorState title="Your last change was not saved" error={change.error} />}
      <GoalList
        goals={goals.data.goals}
        onAdd={(body) => change.mutate({ kind: 'put', goalId: crypto.randomUUID(), body })}
        onEdit={({ goalId }, body) => change.mutate({ kind: 'put', goalId, body })}
        onDelete={({ goalId }) => change.mutate({ kind: 'delete', goalId })}
        onRestore={(goal) => {
          const { revision: _revision, ...body } = bodyOf(goal)
          change.mutate({ kind: 'put', goalId: crypto.randomUUID(), body })
        }}
      />
    </>
  )
}
