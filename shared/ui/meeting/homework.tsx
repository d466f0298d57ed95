import { Spinner } from '@fluentui/react-components'
import { useChangeHomework, useHomework } from '../../client/meeting-queries.ts'
import { ErrorState } from '../error-state.tsx'
import { bodyOf, HomeworkList, type HomeworkListProps } from '../homework-list.tsx'

export type HomeworkProps = {
  readonly relationshipId: string
  /** New homework comes from this meeting, if from any. */
  readonly meetingId?: string
  readonly names: HomeworkListProps['names']
}

/** The pair's homework, read and changed in place. */
export function Homework({ relationshipId, meetingId, names }: HomeworkProps) {
  const homework = useHomework(relationshipId)
  const change = useChangeHomework(relationshipId)
  if (!homework.data) {
    if (homework.isPending) return <Spinner size="small" label="Loading homework" />
    return (
      <ErrorState title="Homework could not be loaded" error={homework.error} onRetry={() => void homework.refetch()} />
    )
  }
  return (
    <>
      {change.error && <ErrorState title="Your last change was not saved" error={change.error} />}
      <HomeworkList
        homework={homework.data.homework}
        names={names}
        onAdd={(body) =>
          change.mutate({
            kind: 'put',
            homeworkId: crypto.randomUUID(),
            body: { ...body, ...(meetingId === undefined ? {} : { meetingId }) },
          })
        }
        onEdit={({ homeworkId }, body) => change.mutate({ kind: 'put', homeworkId, body })}
        onDelete={({ homeworkId }) => change.mutate({ kind: 'delete', homeworkId })}
        onRestore={(task) => {
          const { revision: _revision, ...body } = bodyOf(task)
          change.mutate({ kind: 'put', homeworkId: crypto.randomUUID(), body })
        }}
      />
    </>
  )
}
