import { randomUUID } from 'node:crypto'
import { itemNotFound } from '../calendar/calendar-store.ts'
import { nowText } from '../calendar/meeting-mail.ts'
import { flag, ignored, invalidProperty, nullable, readBody, record, text } from '../calendar/read-body.ts'
import type { GraphReply, GraphRoute, PracticeGraph, RouteContext } from '../dispatch.ts'
import { requireMailbox } from '../mailbox.ts'
import { assertQueryFits, listReply, parseQuery, type QueryShape } from '../odata.ts'
import { entityReply, shapeOf, userContext } from '../resources/entity-reply.ts'
import { type ChecklistItem, getTask, type LinkedResource, saveTask, type TodoTask } from './todo-store.ts'

const CHECKLIST_BODY = record('microsoft.graph.checklistItem', {
  displayName: text,
  isChecked: flag,
  id: ignored,
  createdDateTime: ignored,
  checkedDateTime: ignored,
})
const LINK_BODY = record('microsoft.graph.linkedResource', {
  webUrl: nullable(text),
  applicationName: nullable(text),
  displayName: nullable(text),
  externalId: nullable(text),
  id: ignored,
})

/** A new checklist item from a request body. @throws GraphError 400 */
export function checklistItemOf(graph: PracticeGraph, body: unknown): ChecklistItem {
  const given = readBody(CHECKLIST_BODY, body) as Partial<ChecklistItem> // the reader's own shape
  if (!given.displayName?.trim()) throw invalidProperty('displayName is required.')
  const { displayName, isChecked = false } = given
  const createdDateTime = nowText(graph)
  const item = { id: randomUUID(), displayName, isChecked, createdDateTime }
  return isChecked ? { ...item, checkedDateTime: createdDateTime } : item
}

/** A new linked resource from a request body. @throws GraphError 400 */
export function linkedResourceOf(body: unknown): LinkedResource {
  const given = readBody(LINK_BODY, body) as Partial<LinkedResource> // the reader's own shape
  const { webUrl = null, applicationName = null, displayName = null, externalId = null } = given
  return { id: randomUUID(), webUrl, applicationName, displayName, externalId }
}

function changeItem(graph: PracticeGraph, before: ChecklistItem, body: unknown): ChecklistItem {
  const given = readBody(CHECKLIST_BODY, body) as Partial<ChecklistItem> // the reader's own shape
  if (given.displayName !== undefined && !given.displayName.trim())
    throw invalidProperty('displayName cannot be empty.')
  const { checkedDateTime, ...after } = { ...before, ...given }
  return after.isChecked ? { ...after, checkedDateTime: checkedDateTime ?? nowText(graph) } : after
}

function changeLink(_graph: PracticeGraph, before: LinkedResource, body: unknown): LinkedResource {
  return { ...before, ...(readBody(LINK_BODY, body) as Partial<LinkedResource>) } // the reader's own shape
}

/** One kind of parts of a task, all served the same way. */
type Part<Item extends { readonly id: string }> = {
  readonly name: 'checklistItems' | 'linkedResources'
  readonly shape: QueryShape
  readonly itemsOf: (task: TodoTask) => readonly Item[]
  readonly withItems: (task: TodoTask, items: readonly Item[]) => TodoTask
  readonly create: (graph: PracticeGraph, body: unknown) => Item
  readonly change: (graph: PracticeGraph, before: Item, body: unknown) => Item
}

function partRoutes<Item extends { readonly id: string }>(part: Part<Item>): readonly GraphRoute[] {
  const collection = `{mailbox}/todo/lists/{listId}/tasks/{taskId}/${part.name}`
  const taskOfPath = (context: RouteContext) => getTask(context.graph, requireMailbox(context), context.params)
  const metadataOf = (context: RouteContext) => {
    const { listId, taskId } = context.params
    return userContext(requireMailbox(context), `todo/lists('${listId}')/tasks('${taskId}')/${part.name}`)
  }
  const itemOf = (context: RouteContext, task: TodoTask): Item => {
    const found = part.itemsOf(task).find(({ id }) => id === context.params['partId'])
    if (!found) throw itemNotFound()
    return found
  }
  const reply = (context: RouteContext, entity: Item, status = 200): GraphReply => {
    const { graph, request } = context
    return entityReply({ graph, request, context: metadataOf(context), shape: part.shape, entity, status })
  }
  const save = ({ graph }: RouteContext, task: TodoTask, items: readonly Item[]) => {
    saveTask(graph, part.withItems(task, items))
  }
  return [
    {
      method: 'GET',
      template: collection,
      handler: (context) => {
        const { graph, request } = context
        const options = parseQuery(request.query)
        assertQueryFits(options, part.shape)
        const items = part.itemsOf(taskOfPath(context))
        const view = (item: Item) => item
        return listReply({
          graph,
          request,
          options,
          context: metadataOf(context),
          items,
          filterView: view,
          view,
          defaultTop: 100,
        })
      },
    },
    {
      method: 'POST',
      template: collection,
      handler: (context) => {
        const task = taskOfPath(context)
        const item = part.create(context.graph, context.request.body)
        save(context, task, [...part.itemsOf(task), item])
        return reply(context, item, 201)
      },
    },
    {
      method: 'GET',
      template: `${collection}/{partId}`,
      handler: (context) => reply(context, itemOf(context, taskOfPath(context))),
    },
    {
      method: 'PATCH',
      template: `${collection}/{partId}`,
      handler: (context) => {
        const task = taskOfPath(context)
        const before = itemOf(context, task)
        const after = part.change(context.graph, before, context.request.body)
        const items = part.itemsOf(task).map((item) => (item === before ? after : item))
        save(context, task, items)
        return reply(context, after)
      },
    },
    {
      method: 'DELETE',
      template: `${collection}/{partId}`,
      handler: (context) => {
        const task = taskOfPath(context)
        const gone = itemOf(context, task)
        const items = part.itemsOf(task).filter((item) => item !== gone)
        save(context, task, items)
        return { status: 204 }
      },
    },
  ]
}

/** Docs: "Create checklistItem", "Create linkedResource" and neighbours. */
export const todoPartRoutes: readonly GraphRoute[] = [
  ...partRoutes<ChecklistItem>({
    name: 'checklistItems',
    shape: shapeOf('microsoft.graph.checklistItem', [
      'id',
      'displayName',
      'isChecked',
      'createdDateTime',
      'checkedDateTime',
    ]),
    itemsOf: ({ checklistItems }) => checklistItems,
    withItems: (task, checklistItems) => ({ ...task, checklistItems }),
    create: checklistItemOf,
    change: changeItem,
  }),
  ...partRoutes<LinkedResource>({
    name: 'linkedResources',
    shape: shapeOf('microsoft.graph.linkedResource', ['id', 'webUrl', 'applicationName', 'displayName', 'externalId']),
    itemsOf: ({ linkedResources }) => linkedResources,
    withItems: (task, linkedResources) => ({ ...task, linkedResources }),
    create: (_graph, body) => linkedResourceOf(body),
    change: changeLink,
  }),
]
