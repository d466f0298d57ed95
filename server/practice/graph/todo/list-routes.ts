import {
  anything,
  ignored,
  invalidProperty,
  invalidRequest,
  listOf,
  readBody,
  record,
  text,
} from '../calendar/read-body.ts'
import type { GraphReply, GraphRoute, RouteContext } from '../dispatch.ts'
import { requireMailbox } from '../mailbox.ts'
import { assertQueryFits, contextSuffix, listReply, parseQuery } from '../odata.ts'
import { assertIfMatch, etagOf, userContext } from '../resources/entity-reply.ts'
import { extensionRoutes, readExtensions } from '../resources/open-extensions.ts'
import {
  getList,
  listLists,
  listsOf,
  newTodoId,
  nextVersion,
  removedOf,
  removeTask,
  type TodoList,
  tasksOf,
} from './todo-store.ts'
import { LIST_SHAPE, viewList, viewListFor } from './view-todo.ts'

const BODY = record('microsoft.graph.todoTaskList', {
  displayName: text,
  extensions: listOf(anything),
  id: ignored,
  isOwner: ignored,
  isShared: ignored,
  wellknownListName: ignored,
})

function list(context: RouteContext): GraphReply {
  const { graph, request } = context
  const user = requireMailbox(context)
  const options = parseQuery(request.query)
  assertQueryFits(options, LIST_SHAPE)
  return listReply({
    graph,
    request,
    options,
    context: userContext(user, 'todo/lists'),
    items: listLists(graph, user),
    filterView: viewList,
    view: (item) => viewListFor(item, options),
    defaultTop: 100,
  })
}

function replyWith(context: RouteContext, todoList: TodoList, status = 200): GraphReply {
  const { graph, request } = context
  const options = parseQuery(request.query)
  assertQueryFits(options, LIST_SHAPE)
  const metadata = `${userContext(requireMailbox(context), 'todo/lists')}${contextSuffix(options)}/$entity`
  return {
    status,
    body: { '@odata.context': `${graph.baseUrl()}/$metadata#${metadata}`, ...viewListFor(todoList, options) },
  }
}

function listOfPath(context: RouteContext): TodoList {
  return getList(context.graph, requireMailbox(context), context.params['listId'])
}

function create(context: RouteContext): GraphReply {
  const { graph, request } = context
  const user = requireMailbox(context)
  const { displayName, extensions } = readBody(BODY, request.body)
  const todoList: TodoList = {
    id: newTodoId(),
    userId: user.id,
    displayName: filledName(displayName),
    wellknownListName: 'none',
    extensions: readExtensions(extensions),
    version: nextVersion(graph, user.id),
  }
  listsOf(graph).put(todoList)
  return replyWith(context, todoList, 201)
}

function update(context: RouteContext): GraphReply {
  const { graph, request } = context
  const before = listOfPath(context)
  assertIfMatch(request, etagOf(before.id, before.version))
  const { displayName } = readBody(BODY, request.body)
  if (before.wellknownListName !== 'none') throw invalidRequest('A built-in list cannot be renamed.')
  const after = { ...before, displayName: filledName(displayName), version: nextVersion(graph, before.userId) }
  listsOf(graph).put(after)
  return replyWith(context, after)
}

function remove(context: RouteContext): GraphReply {
  const { graph, request } = context
  const { id, userId, version, wellknownListName } = listOfPath(context)
  assertIfMatch(request, etagOf(id, version))
  if (wellknownListName !== 'none') throw invalidRequest('A built-in list cannot be deleted.')
  for (const task of tasksOf(graph).list()) if (task.listId === id) removeTask(graph, task)
  listsOf(graph).remove(id)
  removedOf(graph).put({ id, userId, kind: 'list', listId: id, version: nextVersion(graph, userId) })
  return { status: 204 }
}

function filledName(displayName: unknown): string {
  if (typeof displayName !== 'string' || displayName.trim() === '') throw invalidProperty('displayName is required.')
  return displayName
}

/** Docs: "Create todoTaskList", "List lists" and neighbours. */
export const todoListRoutes: readonly GraphRoute[] = [
  { method: 'GET', template: '{mailbox}/todo/lists', handler: list },
  { method: 'POST', template: '{mailbox}/todo/lists', handler: create },
  {
    method: 'GET',
    template: '{mailbox}/todo/lists/{listId}',
    handler: (context) => replyWith(context, listOfPath(context)),
  },
  { method: 'PATCH', template: '{mailbox}/todo/lists/{listId}', handler: update },
  { method: 'DELETE', template: '{mailbox}/todo/lists/{listId}', handler: remove },
  ...extensionRoutes('{mailbox}/todo/lists/{listId}', (context) => {
    const todoList = listOfPath(context)
    return {
      extensions: todoList.extensions,
      context: userContext(requireMailbox(context), `todo/lists('${todoList.id}')`),
      save: (extensions) =>
        listsOf(context.graph).put({ ...todoList, extensions, version: nextVersion(context.graph, todoList.userId) }),
    }
  }),
]
