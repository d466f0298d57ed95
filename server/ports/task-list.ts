import type { Mailbox } from './calendar.ts'

/** A task in a person's own to-do list, as far as homework goes. */
export type ListedTask = {
  readonly id: string
  readonly title: string
  readonly done: boolean
  /** Calendar date. */
  readonly dueDate?: string
  /** RFC 3339. */
  readonly changedAt: string
  /** Our key on it; known only where it was asked for. */
  readonly key?: string
}
export type TaskDraft = Pick<ListedTask, 'title' | 'done'> & { readonly dueDate?: string | undefined }

export type TaskChanges =
  | {
      readonly kind: 'changes'
      readonly changed: readonly ListedTask[]
      readonly removed: readonly string[]
      readonly token: string
    }
  /** The token is no good any more, or the list is gone: begin anew. */
  | { readonly kind: 'expired' }

/** A person's to-do lists. Every method throws `CalendarError` for refusals and outages. */
export interface TaskLists {
  /** The person's own list of that name, made where there is none. */
  ensureList(mailbox: Mailbox, name: string): Promise<string>
  /** What changed since the token; everything without one. */
  readChanges(mailbox: Mailbox, listId: string, token: string | undefined): Promise<TaskChanges>
  /** A task that carries our key, from an earlier creation whose answer was lost. */
  findTaskByKey(mailbox: Mailbox, listId: string, key: string): Promise<ListedTask | undefined>
  /** @param key our key on the task @param link where the task leads */
  createTask(
    mailbox: Mailbox,
    listId: string,
    task: TaskDraft & { readonly key: string; readonly link: string },
  ): Promise<ListedTask>
  /** Nothing where it is not there any more. */
  updateTask(mailbox: Mailbox, listId: string, taskId: string, task: TaskDraft): Promise<ListedTask | undefined>
  /** Not there any more: does nothing. */
  deleteTask(mailbox: Mailbox, listId: string, taskId: string): Promise<void>
}
