import { nowText } from '../calendar/meeting-mail.ts'
import { preferencesOf } from '../calendar/preferences.ts'
import {
  anything,
  flag,
  ignored,
  invalidProperty,
  listOf,
  nullable,
  oneOf,
  readBody,
  record,
  text,
} from '../calendar/read-body.ts'
import { completeRecurrence } from '../calendar/recurrence.ts'
import { recurrenceBody } from '../calendar/recurrence-body.ts'
import type { GraphReply, GraphRoute, RouteContext } from '../dispatch.ts'
import { requireMailbox } from '../mailbox.ts'
import { assertQueryFits, contextSuffix, type Entity, listReply, parseQuery } from '../odata.ts'
import { assertIfMatch, etagOf, isEntity, userContext } from '../resources/entity-reply.ts'
import { extensionRoutes, readExtensions } from '../resources/open-extensions.ts'
import { midnight, moment, type UtcMoment, utcMoment } from '../resources/utc-moment.ts'
import { checklistItemOf, linkedResourceOf } from './task-parts.ts'
import { getList, getTask, newTodoId, removeTask, saveTask, type TodoTask, tasksOf } from './todo-store.ts'
import { TASK_SHAPE, viewTask, viewTaskFor } from './view-todo.ts'

const STATUSES = ['notStarted', 'inProgress', 'completed', 'waitingOnOthers', 'deferred']

const BODY = record('microsoft.graph.todoTask', {
  title: nullable(text),
  body: nullable(
    record('microsoft.graph.itemBody', { content: nullable(text), contentType: nullable(oneOf(['text', 'html'])) }),
  ),
  importance: oneOf(['low', 'normal', 'high']),
  status: oneOf(STATUSES),
  isReminderOn: flag,
  categories: listOf(text),
  startDateTime: midnight,
  dueDateTime: midnight,
  completedDateTime: moment,
  reminderDateTime: moment,
  recurrence: nullable(recurrenceBody),
  linkedResources: listOf(anything),
  checklistItems: listOf(anything),
  extensions: listOf(anything),
  id: ignored,
  createdDateTime: ignored,
  lastModifiedDateTime: ignored,
  bodyLastModifiedDateTime: ignored,
  hasAttachments: ignored,
})
/** What `BODY` has read. */
type TaskInput = Partial<
  Pick<TodoTask, 'importance' | 'status' | 'isReminderOn' | 'categories' | 'startDateTime' | 'dueDateTime'> &
    Pick<TodoTask, 'completedDateTime' | 'reminderDateTime'>
> & {
  readonly title?: string | null
  readonly body?: { readonly content?: string | null; readonly contentType?: string | null } | null
  readonly recurrence?: Entity | null
  readonly linkedResources?: readonly unknown[]
  readonly checklistItems?: readonly unknown[]
  readonly extensions?: readonly unknown[]
}

function pathOf(context: RouteContext): string {
  return userContext(requireMailbox(context), `todo/lists('${context.params['listId'] ?? ''}')/tasks`)
}

function list(context: RouteContext): GraphReply {
  const { graph, request, params } = context
  const { id: listId } = getList(graph, requireMailbox(context), params['listId'])
  const options = parseQuery(request.query)
  assertQueryFits(options, TASK_SHAPE)
  const reply = listReply({
    graph,
    request,
    options,
    context: pathOf(context),
    items: tasksOf(graph)
      .list()
      .filter((task) => task.listId === listId),
    filterView: (task) => ({
      ...viewTask(request, task),
      checklistItems: task.checklistItems,
      linkedResources: task.linkedResources,
      extensions: task.extensions.map(({ extensionName }) => ({ id: extensionName })),
    }),
    view: (task) => viewTaskFor(request, task, options),
  })
  return { ...reply, headers: preferencesOf(request.headers).applied }
}

function replyWith(context: RouteContext, task: TodoTask, status = 200): GraphReply {
  const { graph, request } = context
  const options = parseQuery(request.query)
  assertQueryFits(options, TASK_SHAPE)
  const metadata = `${graph.baseUrl()}/$metadata#${pathOf(context)}${contextSuffix(options)}/$entity`
  const body = { '@odata.context': metadata, ...viewTaskFor(request, task, options) }
  return { status, headers: preferencesOf(request.headers).applied, body }
}

function taskOfPath({ graph, params, ...rest }: RouteContext): TodoTask {
  return getTask(graph, requireMailbox(rest), params)
}

function create(context: RouteContext): GraphReply {
  const { graph, request, params } = context
  const user = requireMailbox(context)
  const { id: listId } = getList(graph, user, params['listId'])
  const input = readBody(BODY, request.body) as TaskInput // the reader's own shape
  if (!input.title?.trim()) throw invalidProperty('title is required.')
  const now = nowText(graph)
  const empty: Omit<TodoTask, 'version' | 'lastModifiedDateTime'> = {
    id: newTodoId(),
    userId: user.id,
    listId,
    title: input.title,
    body: { content: '', contentType: 'text' },
    importance: 'normal',
    status: 'notStarted',
    isReminderOn: false,
    categories: [],
    startDateTime: null,
    dueDateTime: null,
    reminderDateTime: null,
    completedDateTime: null,
    recurrence: null,
    checklistItems: (input.checklistItems ?? []).map((item) => checklistItemOf(graph, item)),
    linkedResources: (input.linkedResources ?? []).map(linkedResourceOf),
    extensions: readExtensions(input.extensions),
    createdDateTime: now,
    bodyLastModifiedDateTime: now,
  }
  return replyWith(context, saveTask(graph, { ...empty, ...changesOf(context, empty, input) }), 201)
}

function update(context: RouteContext): GraphReply {
  const { graph, request } = context
  const before = taskOfPath(context)
  assertIfMatch(request, etagOf(before.id, before.version))
  const input = readBody(BODY, request.body) as TaskInput // the reader's own shape
  if (input.title !== undefined && !input.title?.trim()) throw invalidProperty('title cannot be empty.')
  return replyWith(context, saveTask(graph, { ...before, ...changesOf(context, before, input) }))
}

type Changes = Partial<Omit<TodoTask, 'id' | 'userId' | 'listId' | 'version'>>

function changesOf(
  { graph }: RouteContext,
  before: Pick<TodoTask, 'body' | 'status' | 'startDateTime' | 'dueDateTime' | 'completedDateTime'>,
  input: TaskInput,
): Changes {
  const { title, body, recurrence, linkedResources: _links, checklistItems: _items, extensions: _ext, ...plain } = input
  const now = nowText(graph)
  return {
    ...plain,
    ...(typeof title === 'string' ? { title } : {}),
    ...(body === undefined ? {} : { body: mergeBody(before.body, body), bodyLastModifiedDateTime: now }),
    ...(recurrence === undefined ? {} : { recurrence: readRule(recurrence, { ...before, ...plain }) }),
    ...completion(graph.clock.now().epochMilliseconds, before, plain),
  }
}

/** A task is completed at some time, and one that is not has none. */
function completion(
  nowMs: number,
  before: Pick<TodoTask, 'status' | 'completedDateTime'>,
  plain: TaskInput,
): { completedDateTime?: UtcMoment | null } {
  const status = plain.status ?? before.status
  if (status !== 'completed') return { completedDateTime: null }
  return { completedDateTime: plain.completedDateTime ?? before.completedDateTime ?? utcMoment(nowMs) }
}

function mergeBody(before: TodoTask['body'], given: NonNullable<TaskInput['body']> | null): TodoTask['body'] {
  if (given === null) return { content: '', contentType: 'text' }
  return { content: given.content ?? before.content, contentType: given.contentType ?? before.contentType }
}

/** A task repeats from its start or due date. @throws GraphError 400 without either, or for a rule that makes no sense */
function readRule(
  recurrence: Entity | null,
  { startDateTime, dueDateTime }: Partial<Pick<TodoTask, 'startDateTime' | 'dueDateTime'>>,
): Entity | null {
  if (recurrence === null) return null
  const from = startDateTime ?? dueDateTime
  if (!from) throw invalidProperty('A recurring task needs a dueDateTime.')
  const range = isEntity(recurrence['range']) ? recurrence['range'] : {}
  // To Do fills in where the rule starts when the client leaves it out.
  const completed = { ...recurrence, range: { startDate: from.dateTime.slice(0, 10), ...range } }
  return { ...completeRecurrence(completed, { ...from, dateTime: from.dateTime.slice(0, 19) }) }
}

function remove(context: RouteContext): GraphReply {
  const task = taskOfPath(context)
  assertIfMatch(context.request, etagOf(task.id, task.version))
  removeTask(context.graph, task)
  return { status: 204 }
}

const ONE = '{mailbox}/todo/lists/{listId}/tasks/{taskId}'

/** Docs: "Create todoTask", "Update todoTask", "List tasks" and neighbours. */
export const todoTaskRoutes: readonly GraphRoute[] = [
  { method: 'GET', template: '{mailbox}/todo/lists/{listId}/tasks', handler: list },
  { method: 'POST', template: '{mailbox}/todo/lists/{listId}/tasks', handler: create },
  { method: 'GET', template: ONE, handler: (context) => replyWith(context, taskOfPath(context)) },
  { method: 'PATCH', template: ONE, handler: update },
  { method: 'DELETE', template: ONE, handler: remove },
  ...extensionRoutes(ONE, (context) => {
    const task = taskOfPath(context)
    return {
      extensions: task.extensions,
      context: `${pathOf(context)}('${task.id}')`,
      save: (extensions) => {
        saveTask(context.graph, { ...task, extensions })
      },
    }
  }),
]
