import { randomUUID } from 'node:crypto'
import type { PracticeUser } from '../../people.ts'
import type { PracticeDocument } from '../../state.ts'
import { itemNotFound } from '../calendar/calendar-store.ts'
import { ignored, invalidProperty, invalidRequest, oneOf, readBody, record, text } from '../calendar/read-body.ts'
import { GraphError, type GraphReply, type GraphRoute, type PracticeGraph, type RouteContext } from '../dispatch.ts'
import { requireMailbox } from '../mailbox.ts'
import { assertQueryFits, listReply, parseQuery } from '../odata.ts'
import { entityReply, shapeOf, userContext } from './entity-reply.ts'

/** An entry of a mailbox's category list. Collection `categories`. */
type PracticeCategory = PracticeDocument & {
  readonly userId: string
  readonly displayName: string
  readonly color: string
}

const COLORS = ['none', ...Array.from({ length: 25 }, (_, index) => `preset${index}`)]
/** What Outlook puts into a new mailbox. */
const INITIAL: readonly (readonly [string, string])[] = [
  ['Red category', 'preset0'],
  ['Orange category', 'preset1'],
  ['Yellow category', 'preset3'],
  ['Green category', 'preset4'],
  ['Blue category', 'preset7'],
  ['Purple category', 'preset8'],
]
const SHAPE = shapeOf('microsoft.graph.outlookCategory', ['id', 'displayName', 'color'])
const BODY = record('microsoft.graph.outlookCategory', { id: ignored, displayName: text, color: oneOf(COLORS) })

/** A mailbox's categories; a mailbox nobody has looked into gets Outlook's own six. */
function listCategories(graph: PracticeGraph, user: PracticeUser): PracticeCategory[] {
  const categories = graph.state.collection<PracticeCategory>('categories')
  const known = graph.state.collection<PracticeDocument>('category-lists')
  if (!known.get(user.id)) {
    known.put({ id: user.id })
    for (const [displayName, color] of INITIAL) {
      categories.put({ id: randomUUID(), userId: user.id, displayName, color })
    }
  }
  return categories.list().filter(({ userId }) => userId === user.id)
}

function getCategory(context: RouteContext): PracticeCategory {
  const user = requireMailbox(context)
  const found = listCategories(context.graph, user).find(({ id }) => id === context.params['categoryId'])
  if (!found) throw itemNotFound()
  return found
}

const view = ({ id, displayName, color }: PracticeCategory) => ({ id, displayName, color })

function replyWith(context: RouteContext, category: PracticeCategory, status = 200): GraphReply {
  const { graph, request } = context
  const metadata = userContext(requireMailbox(context), 'outlook/masterCategories')
  return entityReply({ graph, request, context: metadata, shape: SHAPE, entity: view(category), status })
}

function list(context: RouteContext): GraphReply {
  const { graph, request } = context
  const user = requireMailbox(context)
  const options = parseQuery(request.query)
  assertQueryFits(options, SHAPE)
  const items = listCategories(graph, user)
  const metadata = userContext(user, 'outlook/masterCategories')
  return listReply({ graph, request, options, context: metadata, items, filterView: view, view, defaultTop: 1000 })
}

function create(context: RouteContext): GraphReply {
  const { graph, request } = context
  const user = requireMailbox(context)
  const { displayName, color } = readBody(BODY, request.body)
  if (typeof displayName !== 'string' || displayName.trim() === '') throw invalidProperty('displayName is required.')
  const isTaken = listCategories(graph, user).some(
    (other) => other.displayName.toLowerCase() === displayName.toLowerCase(),
  )
  if (isTaken) throw new GraphError(409, 'ErrorItemAlreadyExists', 'A category with this name exists in the mailbox.')
  const category = {
    id: randomUUID(),
    userId: user.id,
    displayName,
    color: typeof color === 'string' ? color : 'none',
  }
  graph.state.collection<PracticeCategory>('categories').put(category)
  return replyWith(context, category, 201)
}

function update(context: RouteContext): GraphReply {
  const category = getCategory(context)
  const { displayName, color } = readBody(BODY, context.request.body)
  if (displayName !== undefined && displayName !== category.displayName) {
    throw invalidRequest('The displayName of a category cannot be changed.')
  }
  const updated = { ...category, color: typeof color === 'string' ? color : category.color }
  context.graph.state.collection<PracticeCategory>('categories').put(updated)
  return replyWith(context, updated)
}

function remove(context: RouteContext): GraphReply {
  context.graph.state.collection<PracticeCategory>('categories').remove(getCategory(context).id)
  return { status: 204 }
}

/** Docs: "List Outlook categories", "Create Outlook category", "Update Outlook category" and neighbours. */
export const categoryRoutes: readonly GraphRoute[] = [
  { method: 'GET', template: '{mailbox}/outlook/masterCategories', handler: list },
  { method: 'POST', template: '{mailbox}/outlook/masterCategories', handler: create },
  {
    method: 'GET',
    template: '{mailbox}/outlook/masterCategories/{categoryId}',
    handler: (context) => replyWith(context, getCategory(context)),
  },
  { method: 'PATCH', template: '{mailbox}/outlook/masterCategories/{categoryId}', handler: update },
  { method: 'DELETE', template: '{mailbox}/outlook/masterCategories/{categoryId}', handler: remove },
]
