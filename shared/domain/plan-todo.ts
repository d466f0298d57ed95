import { Temporal } from 'temporal-polyfill'
import type { Homework } from './work.ts'

/** One piece of somebody's homework with its task in their own to-do list, as of the last round. */
export type TodoPair = {
  readonly homeworkId: string
  readonly relationshipId: string
  /** Absent while a creation's outcome is unknown. */
  readonly taskId?: string
  /** Revision of the homework that both agreed on. */
  readonly rev: number
}
export type TodoTask = {
  readonly id: string
  readonly title: string
  readonly done: boolean
  readonly dueDate?: string
  /** RFC 3339. */
  readonly changedAt: string
}
export type OwnHomework = { readonly value: Homework; readonly rev: number }

export type TodoStep =
  | { readonly kind: 'create-task'; readonly homework: OwnHomework }
  | { readonly kind: 'update-task'; readonly homework: OwnHomework; readonly taskId: string }
  | { readonly kind: 'delete-task'; readonly pair: TodoPair }
  | { readonly kind: 'update-homework'; readonly homework: OwnHomework; readonly task: TodoTask }
  | { readonly kind: 'delete-homework'; readonly homework: OwnHomework; readonly pair: TodoPair }
  /** They agree: only the revision is noted. */
  | { readonly kind: 'note'; readonly homework: OwnHomework; readonly taskId: string }
  | { readonly kind: 'forget'; readonly pair: TodoPair }

/**
 * What brings a person's homework and their to-do list into step. What changed on one side goes to the other; where both
 * changed, the later change counts; what was deleted on one side goes on the other, unless it was changed there since.
 * Done homework that never was in the list stays out of it.
 */
export function planTodo({
  homework,
  pairs,
  changed,
  removed,
}: {
  /** The person's own, in all of their pairs. */
  readonly homework: readonly OwnHomework[]
  readonly pairs: readonly TodoPair[]
  readonly changed: readonly TodoTask[]
  readonly removed: readonly string[]
}): readonly TodoStep[] {
  const steps = homework.flatMap((own): readonly TodoStep[] => {
    const pair = pairs.find(({ homeworkId }) => homeworkId === own.value.id)
    if (!pair) return own.value.done ? [] : [{ kind: 'create-task', homework: own }]
    const { taskId } = pair
    if (taskId === undefined) return [{ kind: 'create-task', homework: own }]
    const isEdited = own.rev !== pair.rev
    if (removed.includes(taskId)) {
      if (!isEdited) return [{ kind: 'delete-homework', homework: own, pair }]
      return own.value.done ? [{ kind: 'forget', pair }] : [{ kind: 'create-task', homework: own }]
    }
    const task = changed.find(({ id }) => id === taskId)
    if (!task) return isEdited ? [{ kind: 'update-task', homework: own, taskId }] : []
    if (isSame(own.value, task)) return isEdited ? [{ kind: 'note', homework: own, taskId }] : []
    return isEdited && isLater(own.value.updatedAt, task.changedAt)
      ? [{ kind: 'update-task', homework: own, taskId }]
      : [{ kind: 'update-homework', homework: own, task }]
  })
  const gone = pairs.filter((pair) => !homework.some(({ value }) => value.id === pair.homeworkId))
  return [
    ...steps,
    ...gone.map(
      (pair): TodoStep =>
        pair.taskId === undefined || removed.includes(pair.taskId)
          ? { kind: 'forget', pair }
          : { kind: 'delete-task', pair },
    ),
  ]
}

const isSame = ({ title, done, dueDate }: Homework, task: TodoTask): boolean =>
  title === task.title && done === task.done && dueDate === task.dueDate

const isLater = (one: string, other: string): boolean => Temporal.Instant.compare(one, other) > 0
