import { randomUUID } from 'node:crypto'
import type { PracticeUser } from '../../people.ts'
import type { PracticeDocument } from '../../state.ts'
import { itemNotFound } from '../calendar/calendar-store.ts'
import type { OpenExtension } from '../calendar/event-store.ts'
import { nowText } from '../calendar/meeting-mail.ts'
import type { PracticeGraph } from '../dispatch.ts'
import { announceMailboxChange } from '../mailbox-changes.ts'
import type { Entity } from '../odata-filter.ts'
import type { UtcMoment } from '../resources/utc-moment.ts'

export type ChecklistItem = {
  readonly id: string
  readonly displayName: string
  readonly isChecked: boolean
  readonly createdDateTime: string
  readonly checkedDateTime?: string
}
export type LinkedResource = {
  readonly id: string
  readonly webUrl: string | null
  readonly applicationName: string | null
  readonly displayName: string | null
  readonly externalId: string | null
}
/** A To Do list. Collection `todo-lists`. */
export type TodoList = PracticeDocument & {
  readonly userId: string
  readonly displayName: string
  readonly wellknownListName: 'none' | 'defaultList' | 'flaggedEmails'
  readonly extensions: readonly OpenExtension[]
  /** Place in the mailbox's order of changes. */
  readonly version: number
}
/** A task with all its parts. Collection `todo-tasks`. */
export type TodoTask = PracticeDocument & {
  readonly userId: string
  readonly listId: string
  readonly title: string
  readonly body: { readonly content: string; readonly contentType: string }
  readonly importance: string
  readonly status: string
  readonly isReminderOn: boolean
  readonly categories: readonly string[]
  readonly startDateTime: UtcMoment | null
  readonly dueDateTime: UtcMoment | null
  readonly reminderDateTime: UtcMoment | null
  readonly completedDateTime: UtcMoment | null
  readonly recurrence: Entity | null
  readonly checklistItems: readonly ChecklistItem[]
  readonly linkedResources: readonly LinkedResource[]
  readonly extensions: readonly OpenExtension[]
  readonly createdDateTime: string
  readonly lastModifiedDateTime: string
  readonly bodyLastModifiedDateTime: string
  readonly version: number
}
/** What delta queries say of something that is gone. Collection `todo-removed`. */
export type Removed = PracticeDocument & {
  readonly userId: string
  readonly kind: 'list' | 'task'
  readonly listId: string
  readonly version: number
}

export const listsOf = (graph: PracticeGraph) => graph.state.collection<TodoList>('todo-lists')
export const tasksOf = (graph: PracticeGraph) => graph.state.collection<TodoTask>('todo-tasks')
export const removedOf = (graph: PracticeGraph) => graph.state.collection<Removed>('todo-removed')

/** An opaque id in the manner of To Do's. */
export function newTodoId(): string {
  return `AAMkAHRk${Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url')}AAA=`
}

/** The last version given out in a mailbox. */
export function latestVersion(graph: PracticeGraph, userId: string): number {
  return sequences(graph).get(userId)?.value ?? 0
}

export function nextVersion(graph: PracticeGraph, userId: string): number {
  const value = latestVersion(graph, userId) + 1
  sequences(graph).put({ id: userId, value })
  return value
}

function sequences(graph: PracticeGraph) {
  return graph.state.collection<PracticeDocument & { readonly value: number }>('todo-sequences')
}

/** A mailbox's lists; the two that every mailbox has are made on first sight. */
export function listLists(graph: PracticeGraph, user: PracticeUser): TodoList[] {
  const own = () =>
    listsOf(graph)
      .list()
      .filter(({ userId }) => userId === user.id)
  if (!own().some(({ wellknownListName }) => wellknownListName === 'defaultList')) {
    for (const [displayName, wellknownListName] of [
      ['Tasks', 'defaultList'],
      ['Flagged Emails', 'flaggedEmails'],
    ] as const) {
      const version = nextVersion(graph, user.id)
      listsOf(graph).put({ id: newTodoId(), userId: user.id, displayName, wellknownListName, extensions: [], version })
    }
  }
  return own()
}

/** @throws GraphError 404 */
export function getList(graph: PracticeGraph, user: PracticeUser, listId: string | undefined): TodoList {
  const found = listLists(graph, user).find(({ id }) => id === listId)
  if (!found) throw itemNotFound()
  return found
}

/** @throws GraphError 404 */
export function getTask(
  graph: PracticeGraph,
  user: PracticeUser,
  { listId, taskId }: Readonly<Record<string, string>>,
): TodoTask {
  const task = tasksOf(graph).get(taskId ?? '')
  if (!task || task.userId !== user.id || task.listId !== getList(graph, user, listId).id) throw itemNotFound()
  return task
}

export function saveTask(graph: PracticeGraph, task: Omit<TodoTask, 'version' | 'lastModifiedDateTime'>): TodoTask {
  const isNew = tasksOf(graph).get(task.id) === undefined
  const version = nextVersion(graph, task.userId)
  const saved: TodoTask = { ...task, lastModifiedDateTime: nowText(graph), version }
  tasksOf(graph).put(saved)
  announce(graph, saved, isNew ? 'created' : 'updated')
  return saved
}

export function removeTask(graph: PracticeGraph, task: TodoTask): void {
  const { id, userId, listId } = task
  tasksOf(graph).remove(id)
  removedOf(graph).put({ id, userId, kind: 'task', listId, version: nextVersion(graph, userId) })
  announce(graph, task, 'deleted')
}

function announce(
  graph: PracticeGraph,
  { id, userId, listId }: TodoTask,
  changeType: 'created' | 'updated' | 'deleted',
): void {
  const watch = { kind: 'todoTasks', userId, listId } as const
  announceMailboxChange(graph.state, { watch, changeType, itemId: id, immutableItemId: id })
}
