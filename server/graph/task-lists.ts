import { type Static, Type } from 'typebox'
import { CalendarError, type Mailbox } from '../ports/calendar.ts'
import type { ListedTask, TaskChanges, TaskDraft, TaskLists } from '../ports/task-list.ts'
import { DateTimeTimeZone, NothingNeeded } from './answers.ts'
import { isInsideGraph } from './base-address.ts'
import { GraphRefusal } from './errors.ts'
import { isExpiredToken } from './read-changes.ts'
import type { GraphSend } from './send.ts'
import { mailboxPath } from './translate.ts'

/** Shown beside the link on a task. */
const APPLICATION = 'Protected Time'

const orNull = <S extends Parameters<typeof Type.Optional>[0]>(schema: S) => Type.Union([schema, Type.Null()])
const ListAnswer = Type.Object({
  id: Type.String({ minLength: 1 }),
  displayName: Type.Optional(orNull(Type.String())),
  isOwner: Type.Optional(orNull(Type.Boolean())),
})
const TaskAnswer = Type.Object({
  id: Type.String({ minLength: 1 }),
  title: Type.Optional(orNull(Type.String())),
  status: Type.Optional(orNull(Type.String())),
  dueDateTime: Type.Optional(orNull(DateTimeTimeZone)),
  lastModifiedDateTime: Type.Optional(orNull(Type.String())),
  linkedResources: Type.Optional(orNull(Type.Array(Type.Object({ externalId: Type.Optional(orNull(Type.String())) })))),
  '@removed': Type.Optional(Type.Unknown()),
})
type TaskAnswer = Static<typeof TaskAnswer>

/**
 * Homework in Microsoft To Do, as the person themselves: application permission is neither needed nor used.
 * Graph docs: "todoTaskList", "todoTask", "linkedResource" resource types, "todoTask: delta". Permission: Tasks.ReadWrite.
 */
export function graphTaskLists(send: GraphSend, baseUrl: () => string): TaskLists {
  return {
    async ensureList(mailbox, name) {
      const path = listsPath(mailbox)
      const lists = await send.list({
        name: 'list to-do lists',
        method: 'GET',
        path,
        mailbox,
        answer: ListAnswer,
        effect: 'read',
      })
      const own = lists.find(({ displayName, isOwner }) => displayName === name && isOwner !== false)
      if (own) return own.id
      const made = await send.request({
        name: 'create to-do list',
        method: 'POST',
        path,
        mailbox,
        body: { displayName: name },
        answer: ListAnswer,
        // A lost answer is found by name at the next try.
        effect: 'once',
      })
      return made.id
    },

    async readChanges(mailbox, listId, token): Promise<TaskChanges> {
      // The service may have moved to another address of Graph; its links go no further.
      if (token !== undefined && !isInsideGraph(baseUrl(), token)) return { kind: 'expired' }
      try {
        const { items, link } = await send.listChanges(
          {
            name: 'read to-do changes',
            method: 'GET',
            path: `${tasksPath(mailbox, listId)}/delta`,
            mailbox,
            answer: TaskAnswer,
            effect: 'read',
          },
          token,
        )
        const isRemoved = (item: TaskAnswer) => item['@removed'] !== undefined
        return {
          kind: 'changes',
          changed: items.filter((item) => !isRemoved(item)).map(taskOf),
          removed: items.filter(isRemoved).map(({ id }) => id),
          token: link,
        }
      } catch (error) {
        if (error instanceof GraphRefusal && (isExpiredToken(error) || error.code === 'event-not-found')) {
          return { kind: 'expired' }
        }
        throw error
      }
    },

    async findTaskByKey(mailbox, listId, key) {
      const all = await send.list({
        name: 'find to-do task',
        method: 'GET',
        path: `${tasksPath(mailbox, listId)}?$expand=linkedResources`,
        mailbox,
        answer: TaskAnswer,
        effect: 'read',
      })
      return all.map(taskOf).find((task) => task.key === key)
    },

    async createTask(mailbox, listId, { key, link, ...task }) {
      const made = await send.request({
        name: 'create to-do task',
        method: 'POST',
        path: tasksPath(mailbox, listId),
        mailbox,
        body: {
          ...bodyOf(task),
          linkedResources: [{ webUrl: link, applicationName: APPLICATION, displayName: APPLICATION, externalId: key }],
        },
        answer: TaskAnswer,
        effect: 'once',
      })
      return taskOf(made)
    },

    async updateTask(mailbox, listId, taskId, task) {
      try {
        const changed = await send.request({
          name: 'update to-do task',
          method: 'PATCH',
          path: taskPath(mailbox, listId, taskId),
          mailbox,
          body: bodyOf(task),
          answer: TaskAnswer,
          effect: 'repeatable',
        })
        return taskOf(changed)
      } catch (error) {
        if (isGone(error)) return undefined
        throw error
      }
    },

    async deleteTask(mailbox, listId, taskId) {
      try {
        await send.request({
          name: 'delete to-do task',
          method: 'DELETE',
          path: taskPath(mailbox, listId, taskId),
          mailbox,
          answer: NothingNeeded,
          effect: 'repeatable',
        })
      } catch (error) {
        if (!isGone(error)) throw error
      }
    },
  }
}

const isGone = (error: unknown): boolean => error instanceof CalendarError && error.code === 'event-not-found'

const listsPath = (mailbox: Mailbox) => `${mailboxPath(mailbox)}/todo/lists`
const tasksPath = (mailbox: Mailbox, listId: string) => `${listsPath(mailbox)}/${encodeURIComponent(listId)}/tasks`
const taskPath = (mailbox: Mailbox, listId: string, taskId: string) =>
  `${tasksPath(mailbox, listId)}/${encodeURIComponent(taskId)}`

/** A due date is a date: To Do keeps midnight in the zone it is given. */
const bodyOf = ({ title, done, dueDate }: TaskDraft) => ({
  title,
  status: done ? 'completed' : 'notStarted',
  dueDateTime: dueDate === undefined ? null : { dateTime: `${dueDate}T00:00:00`, timeZone: 'UTC' },
})

function taskOf({ id, title, status, dueDateTime, lastModifiedDateTime, linkedResources }: TaskAnswer): ListedTask {
  const key = linkedResources?.find(({ externalId }) => externalId)?.externalId
  return {
    id,
    title: title ?? '',
    done: status === 'completed',
    ...(dueDateTime ? { dueDate: dueDateTime.dateTime.slice(0, 10) } : {}),
    changedAt: lastModifiedDateTime ?? '1970-01-01T00:00:00Z',
    ...(key ? { key } : {}),
  }
}
