import { randomUUID } from 'node:crypto'
import type { PracticeDocument, PracticeState } from '../../state.ts'
import { nowText } from '../calendar/meeting-mail.ts'
import {
  anything,
  integer,
  invalidRequest,
  listOf,
  nullable,
  oneOf,
  readBody,
  record,
  text,
} from '../calendar/read-body.ts'
import { GraphError, type GraphReply, type GraphRoute, type PracticeGraph, type RouteContext } from '../dispatch.ts'
import type { Entity } from '../odata-filter.ts'
import { findUser } from '../router.ts'
import { isEntity } from './entity-reply.ts'

/** A notice in somebody's Teams activity feed. Collection `activity-notices`. */
export type ActivityNotice = PracticeDocument & {
  /** RFC 3339 in UTC. */
  readonly sentAt: string
  readonly recipientId: string
  readonly activityType: string
  readonly previewText: string
  readonly topic: Entity
  readonly templateParameters: readonly Entity[]
  readonly chainId: number | null
  readonly teamsAppId: string | null
}
type StoredNotice = ActivityNotice & { readonly number: number }

const RECIPIENTS_MAX = 100
const notification = {
  topic: record('microsoft.graph.teamworkActivityTopic', {
    source: oneOf(['entityUrl', 'text']),
    value: text,
    webUrl: nullable(text),
  }),
  activityType: text,
  chainId: nullable(integer),
  previewText: record('microsoft.graph.itemBody', { content: text, contentType: nullable(oneOf(['text', 'html'])) }),
  teamsAppId: nullable(text),
  templateParameters: listOf(record('microsoft.graph.keyValuePair', { name: text, value: nullable(text) })),
  iconId: nullable(text),
}
const BODY = record('sendActivityNotification', notification)
const BULK_BODY = record('sendActivityNotificationToRecipients', { ...notification, recipients: listOf(anything) })

/** Every notice so far, oldest first; only one person's when `recipientId` is given. */
export function listActivityNotices(state: PracticeState, recipientId?: string): ActivityNotice[] {
  return state
    .collection<StoredNotice>('activity-notices')
    .list()
    .filter((notice) => recipientId === undefined || notice.recipientId === recipientId)
    .sort((a, b) => a.number - b.number)
    .map(({ number: _, ...notice }) => notice)
}

/** A notice with the `chainId` of an earlier one takes its place. */
function keepNotice(graph: PracticeGraph, notice: Omit<ActivityNotice, 'id' | 'sentAt'>): void {
  const notices = graph.state.collection<StoredNotice>('activity-notices')
  const earlier = notices
    .list()
    .find(
      ({ recipientId, chainId }) =>
        chainId !== null && chainId === notice.chainId && recipientId === notice.recipientId,
    )
  if (earlier) notices.remove(earlier.id)
  const number = Math.max(0, ...notices.list().map((other) => other.number)) + 1
  notices.put({ ...notice, id: randomUUID(), sentAt: nowText(graph), number })
}

function readNotice(fields: Entity): Omit<ActivityNotice, 'id' | 'sentAt' | 'recipientId'> {
  const { topic, activityType, previewText, templateParameters, chainId, teamsAppId } = fields
  if (!isEntity(topic) || typeof topic['source'] !== 'string' || typeof topic['value'] !== 'string') {
    throw invalidRequest('topic with source and value is required.')
  }
  if (topic['source'] === 'text' && typeof topic['webUrl'] !== 'string') {
    throw invalidRequest("topic.webUrl is required when topic.source is 'text'.")
  }
  if (typeof activityType !== 'string' || activityType === '') throw invalidRequest('activityType is required.')
  const preview = isEntity(previewText) ? previewText['content'] : undefined
  const parameters: Entity[] = Array.isArray(templateParameters) ? templateParameters : []
  const hasFreeText = parameters.some(({ name }) => name === 'systemDefaultText')
  if (activityType === 'systemDefault' && !hasFreeText) {
    throw invalidRequest("The activity type 'systemDefault' needs the template parameter systemDefaultText.")
  }
  return {
    activityType,
    previewText: typeof preview === 'string' ? preview : '',
    topic,
    templateParameters: parameters,
    chainId: typeof chainId === 'number' ? chainId : null,
    teamsAppId: typeof teamsAppId === 'string' ? teamsAppId : null,
  }
}

function sendToOne({ graph, request, user }: RouteContext): GraphReply {
  if (!user) throw new GraphError(404, 'NotFound', 'The recipient was not found.')
  keepNotice(graph, { ...readNotice(readBody(BODY, request.body)), recipientId: user.id })
  return { status: 204 }
}

function sendToMany({ graph, request }: RouteContext): GraphReply {
  const { recipients, ...fields } = readBody(BULK_BODY, request.body)
  const given = Array.isArray(recipients) ? recipients : []
  if (given.length === 0 || given.length > RECIPIENTS_MAX) {
    throw invalidRequest(`recipients must hold 1 to ${RECIPIENTS_MAX} entries.`)
  }
  const notice = readNotice(fields)
  const ids = given.map((recipient) => {
    const userId = isEntity(recipient) ? recipient['userId'] : undefined
    if (typeof userId !== 'string') throw invalidRequest('The practice tenant notifies users only, by userId.')
    return userId
  })
  // As in Teams, somebody who is not there does not stop the others.
  for (const id of new Set(ids)) {
    const user = findUser(graph, id)
    if (user) keepNotice(graph, { ...notice, recipientId: user.id })
  }
  return { status: 202 }
}

/** Docs: "userTeamwork: sendActivityNotification", "teamwork: sendActivityNotificationToRecipients". */
export const activityFeedRoutes: readonly GraphRoute[] = [
  { method: 'POST', template: '{mailbox}/teamwork/sendActivityNotification', handler: sendToOne },
  { method: 'POST', template: 'teamwork/sendActivityNotificationToRecipients', handler: sendToMany },
]
