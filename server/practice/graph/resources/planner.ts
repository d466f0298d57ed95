import { randomUUID } from 'node:crypto'
import { PRACTICE_SERVICE_PRINCIPAL_ID } from '../../identity/constants.ts'
import type { PracticeDocument } from '../../state.ts'
import { nowText } from '../calendar/meeting-mail.ts'
import {
  anything,
  ignored,
  integer,
  invalidProperty,
  nullable,
  oneOf,
  type Reader,
  readBody,
  record,
  text,
  unreadable,
} from '../calendar/read-body.ts'
import {
  GraphError,
  type GraphReply,
  type GraphRequest,
  type GraphRoute,
  type PracticeGraph,
  type RouteContext,
} from '../dispatch.ts'
import { assertQueryFits, type Entity, listReply, parseQuery, preferenceOf } from '../odata.ts'
import { entityReply, etagOf, isEntity, shapeOf } from './entity-reply.ts'

/** A Planner task with its details. Collection `planner-tasks`. */
type PlannerTask = PracticeDocument & {
  readonly task: Entity
  readonly details: Entity
  readonly version: number
  readonly detailsVersion: number
}

const PREVIEWS = ['automatic', 'noPreview', 'checklist', 'description', 'reference']
const instant: Reader = (value, path) => {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i.test(value))
    return value
  throw unreadable(path, 'Edm.DateTimeOffset')
}
const openObject: Reader = (value, path) => {
  if (isEntity(value)) return value
  throw unreadable(path, 'open type')
}
const writable = {
  planId: text,
  bucketId: nullable(text),
  title: text,
  assignments: openObject,
  appliedCategories: openObject,
  orderHint: nullable(text),
  assigneePriority: nullable(text),
  percentComplete: nullable(integer),
  priority: nullable(integer),
  startDateTime: nullable(instant),
  dueDateTime: nullable(instant),
  conversationThreadId: nullable(text),
  previewType: nullable(oneOf(PREVIEWS)),
}
const readOnly = [
  'activeChecklistItemCount',
  'checklistItemCount',
  'completedBy',
  'completedDateTime',
  'createdBy',
  'createdDateTime',
  'hasDescription',
  'referenceCount',
]
const TASK = record('microsoft.graph.plannerTask', {
  ...writable,
  details: anything,
  id: ignored,
  ...Object.fromEntries(readOnly.map((name) => [name, ignored])),
})
const DETAILS = record('microsoft.graph.plannerTaskDetails', {
  id: ignored,
  description: nullable(text),
  previewType: oneOf(PREVIEWS),
  checklist: openObject,
  references: openObject,
})
const TASK_SHAPE = shapeOf('microsoft.graph.plannerTask', ['id', ...Object.keys(writable), ...readOnly])
const DETAILS_SHAPE = shapeOf('microsoft.graph.plannerTaskDetails', [
  'id',
  'description',
  'previewType',
  'checklist',
  'references',
])

const tasksOf = (graph: PracticeGraph) => graph.state.collection<PlannerTask>('planner-tasks')
const taskEtag = ({ id, version }: PlannerTask) => etagOf('planner', id, version)
const detailsEtag = ({ id, detailsVersion }: PlannerTask) => etagOf('planner-details', id, detailsVersion)

function viewTask(stored: PlannerTask): Entity {
  const { checklist, references, description } = stored.details
  const items = isEntity(checklist) ? Object.values(checklist) : []
  return {
    '@odata.etag': taskEtag(stored),
    ...stored.task,
    id: stored.id,
    hasDescription: typeof description === 'string' && description !== '',
    referenceCount: isEntity(references) ? Object.keys(references).length : 0,
    checklistItemCount: items.length,
    activeChecklistItemCount: items.filter((item) => !isEntity(item) || item['isChecked'] !== true).length,
  }
}

function viewDetails(stored: PlannerTask): Entity {
  return { '@odata.etag': detailsEtag(stored), ...stored.details, id: stored.id }
}

function getTask({ graph, params }: RouteContext): PlannerTask {
  const found = tasksOf(graph).get(params['taskId'] ?? '')
  if (!found) throw new GraphError(404, 'ItemNotFound', 'The requested item is not found.')
  return found
}

function callerId({ caller }: GraphRequest): string {
  return caller.kind === 'user' ? caller.userId : PRACTICE_SERVICE_PRINCIPAL_ID
}

/** Planner changes nothing without `If-Match`. @throws GraphError 400 without it, 412 for another version */
function assertMatch({ headers }: GraphRequest, etag: string): void {
  const wanted = headers['if-match']?.trim()
  if (!wanted) throw new GraphError(400, 'BadRequest', 'The If-Match header must be specified.')
  if (wanted !== '*' && wanted !== etag) {
    throw new GraphError(412, 'PreconditionFailed', 'The If-Match header contains an invalid or outdated value.')
  }
}

/** Assignments and categories are open: a null or false takes a key out, anything else adds or changes it. */
function mergeOpen(before: unknown, given: unknown): Entity {
  const merged: Record<string, unknown> = isEntity(before) ? { ...before } : {}
  for (const [key, value] of Object.entries(isEntity(given) ? given : {})) {
    if (value === null || value === false) delete merged[key]
    else merged[key] = isEntity(value) && isEntity(merged[key]) ? { ...merged[key], ...value } : value
  }
  return merged
}

function mergeAssignments({ graph, request }: RouteContext, before: unknown, given: unknown): Entity {
  const merged = mergeOpen(before, given)
  return Object.fromEntries(
    Object.entries(merged).map(([userId, assignment]) => [
      userId,
      {
        assignedBy: { user: { displayName: null, id: callerId(request) } },
        assignedDateTime: nowText(graph),
        ...(isEntity(assignment) ? assignment : {}),
        '@odata.type': '#microsoft.graph.plannerAssignment',
        orderHint: hintOf(isEntity(assignment) ? assignment['orderHint'] : undefined),
      },
    ]),
  )
}

/** Clients send a place between two hints (`left right!`); Planner answers the place it made of it. */
function hintOf(asked: unknown): string {
  if (typeof asked === 'string' && asked !== '' && !asked.endsWith('!')) return asked
  return `8585${randomUUID().slice(0, 8)}P`
}

function changed(context: RouteContext, before: Entity, fields: Entity): Entity {
  const { assignments, appliedCategories, orderHint, percentComplete, ...rest } = fields
  const percent = percentComplete ?? before['percentComplete'] ?? 0
  if (typeof percent !== 'number' || percent < 0 || percent > 100) {
    throw invalidProperty('percentComplete must be between 0 and 100.')
  }
  const isDone = percent === 100
  const wasDone = before['percentComplete'] === 100
  const completion = {
    completedDateTime: isDone ? nowText(context.graph) : null,
    completedBy: isDone ? { user: { displayName: null, id: callerId(context.request) } } : null,
  }
  return {
    ...before,
    ...rest,
    percentComplete: percent,
    ...(isDone === wasDone ? {} : completion),
    ...(orderHint === undefined ? {} : { orderHint: hintOf(orderHint) }),
    ...(assignments === undefined
      ? {}
      : { assignments: mergeAssignments(context, before['assignments'], assignments) }),
    ...(appliedCategories === undefined
      ? {}
      : { appliedCategories: mergeOpen(before['appliedCategories'], appliedCategories) }),
  }
}

function create(context: RouteContext): GraphReply {
  const { graph, request } = context
  const { details, ...fields } = readBody(TASK, request.body)
  if (!fields['planId']) throw invalidProperty('planId is required.')
  if (typeof fields['title'] !== 'string' || fields['title'].trim() === '') throw invalidProperty('title is required.')
  const empty: Entity = {
    bucketId: null,
    orderHint: hintOf(undefined),
    assigneePriority: '',
    percentComplete: 0,
    startDateTime: null,
    createdDateTime: nowText(graph),
    dueDateTime: null,
    previewType: 'automatic',
    completedDateTime: null,
    completedBy: null,
    conversationThreadId: null,
    priority: 5,
    createdBy: { user: { displayName: null, id: callerId(request) } },
    appliedCategories: {},
    assignments: {},
  }
  const stored: PlannerTask = {
    id: `01gz${randomUUID().replaceAll('-', '').slice(0, 24)}`,
    task: changed(context, empty, fields),
    details: {
      description: '',
      previewType: 'automatic',
      references: {},
      checklist: {},
      ...(isEntity(details) ? readBody(DETAILS, details) : {}),
    },
    version: 1,
    detailsVersion: 1,
  }
  tasksOf(graph).put(stored)
  return replyTask(context, stored, 201)
}

function replyTask({ graph, request }: RouteContext, stored: PlannerTask, status = 200): GraphReply {
  return entityReply({ graph, request, context: 'planner/tasks', shape: TASK_SHAPE, entity: viewTask(stored), status })
}

function replyDetails({ graph, request }: RouteContext, stored: PlannerTask): GraphReply {
  const context = `planner/tasks('${stored.id}')/details`
  return entityReply({ graph, request, context, shape: DETAILS_SHAPE, entity: viewDetails(stored) })
}

/** 204, or the new state where the client prefers `return=representation`. */
function afterChange({ headers }: GraphRequest, reply: GraphReply): GraphReply {
  const wantsIt = preferenceOf(headers['prefer'], 'return')?.toLowerCase() === 'representation'
  return wantsIt ? { ...reply, headers: { 'preference-applied': 'return=representation' } } : { status: 204 }
}

function update(context: RouteContext): GraphReply {
  const before = getTask(context)
  assertMatch(context.request, taskEtag(before))
  const { planId, details: _, ...fields } = readBody(TASK, context.request.body)
  if (planId !== undefined && planId !== before.task['planId']) throw invalidProperty('planId cannot be changed.')
  const after = { ...before, task: changed(context, before.task, fields), version: before.version + 1 }
  tasksOf(context.graph).put(after)
  return afterChange(context.request, replyTask(context, after))
}

function updateDetails(context: RouteContext): GraphReply {
  const before = getTask(context)
  assertMatch(context.request, detailsEtag(before))
  const { checklist, references, ...rest } = readBody(DETAILS, context.request.body)
  const details = {
    ...before.details,
    ...rest,
    checklist: mergeOpen(before.details['checklist'], checklist),
    references: mergeOpen(before.details['references'], references),
  }
  const after = { ...before, details, version: before.version + 1, detailsVersion: before.detailsVersion + 1 }
  tasksOf(context.graph).put(after)
  return afterChange(context.request, replyDetails(context, after))
}

function remove(context: RouteContext): GraphReply {
  const task = getTask(context)
  assertMatch(context.request, taskEtag(task))
  tasksOf(context.graph).remove(task.id)
  return { status: 204 }
}

/** Tasks assigned to the user that the path names. */
function listAssigned({ graph, request, user }: RouteContext): GraphReply {
  const options = parseQuery(request.query)
  assertQueryFits(options, TASK_SHAPE)
  const items = tasksOf(graph)
    .list()
    .filter(({ task }) => isEntity(task['assignments']) && Object.hasOwn(task['assignments'], user?.id ?? ''))
  const context = 'Collection(microsoft.graph.plannerTask)'
  return listReply({ graph, request, options, context, items, filterView: viewTask, view: viewTask, defaultTop: 400 })
}

/** Docs: "Create plannerTask", "Update plannertask", "Get plannerTaskDetails" and neighbours. */
export const plannerRoutes: readonly GraphRoute[] = [
  { method: 'GET', template: '{mailbox}/planner/tasks', handler: listAssigned },
  { method: 'POST', template: 'planner/tasks', handler: create },
  { method: 'GET', template: 'planner/tasks/{taskId}', handler: (context) => replyTask(context, getTask(context)) },
  { method: 'PATCH', template: 'planner/tasks/{taskId}', handler: update },
  { method: 'DELETE', template: 'planner/tasks/{taskId}', handler: remove },
  {
    method: 'GET',
    template: 'planner/tasks/{taskId}/details',
    handler: (context) => replyDetails(context, getTask(context)),
  },
  { method: 'PATCH', template: 'planner/tasks/{taskId}/details', handler: updateDetails },
]
