import type { GraphRequest } from '../dispatch.ts'
import { type Entity, type ExpandItem, type ODataOptions, selectFrom } from '../odata.ts'
import { etagOf, shapeOf } from '../resources/entity-reply.ts'
import { viewExtension } from '../resources/open-extensions.ts'
import { viewUtcMoment } from '../resources/utc-moment.ts'
import type { TodoList, TodoTask } from './todo-store.ts'

export const LIST_SHAPE = shapeOf(
  'microsoft.graph.todoTaskList',
  ['id', 'displayName', 'isOwner', 'isShared', 'wellknownListName'],
  ['extensions'],
)
export const TASK_SHAPE = shapeOf(
  'microsoft.graph.todoTask',
  [
    'id',
    'body',
    'bodyLastModifiedDateTime',
    'categories',
    'completedDateTime',
    'createdDateTime',
    'dueDateTime',
    'hasAttachments',
    'importance',
    'isReminderOn',
    'lastModifiedDateTime',
    'recurrence',
    'reminderDateTime',
    'startDateTime',
    'status',
    'title',
  ],
  ['checklistItems', 'linkedResources', 'extensions'],
)

export function viewList(list: TodoList): Entity {
  return {
    '@odata.etag': etagOf(list.id, list.version),
    displayName: list.displayName,
    isOwner: true,
    isShared: false,
    wellknownListName: list.wellknownListName,
    id: list.id,
  }
}

/** A task as Graph answers it: dates that are not set are left out, linked resources are there when there are any. */
export function viewTask(request: GraphRequest, task: TodoTask): Entity {
  const dates = (['completedDateTime', 'dueDateTime', 'reminderDateTime', 'startDateTime'] as const).flatMap((name) => {
    const date = task[name]
    return date === null ? [] : [[name, viewUtcMoment(request, date)] as const]
  })
  return {
    '@odata.etag': etagOf(task.id, task.version),
    importance: task.importance,
    isReminderOn: task.isReminderOn,
    status: task.status,
    title: task.title,
    createdDateTime: task.createdDateTime,
    lastModifiedDateTime: task.lastModifiedDateTime,
    bodyLastModifiedDateTime: task.bodyLastModifiedDateTime,
    hasAttachments: false,
    categories: task.categories,
    id: task.id,
    body: task.body,
    ...Object.fromEntries(dates),
    ...(task.recurrence === null ? {} : { recurrence: task.recurrence }),
    ...(task.linkedResources.length === 0 ? {} : { linkedResources: task.linkedResources }),
  }
}

/** With `$select` and `$expand` as asked. */
export function viewTaskFor(request: GraphRequest, task: TodoTask, options: ODataOptions): Entity {
  const parts = options.expand.map((item) => expandTask(task, item))
  return selectFrom({ ...viewTask(request, task), ...Object.assign({}, ...parts) }, options)
}

export function viewListFor(list: TodoList, options: ODataOptions): Entity {
  const parts = options.expand.map(({ options: { filter } }) => {
    const extensions = list.extensions.map(viewExtension)
    return { extensions: filter ? extensions.filter(filter.test) : extensions }
  })
  return selectFrom({ ...viewList(list), ...Object.assign({}, ...parts) }, options)
}

function expandTask(task: TodoTask, { name, options: { filter } }: ExpandItem): Entity {
  const part = name.toLowerCase()
  const [key, items]: [string, readonly Entity[]] =
    part === 'checklistitems'
      ? ['checklistItems', task.checklistItems]
      : part === 'linkedresources'
        ? ['linkedResources', task.linkedResources]
        : ['extensions', task.extensions.map(viewExtension)]
  return { [key]: filter ? items.filter(filter.test) : items }
}
