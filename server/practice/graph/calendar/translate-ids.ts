import type { GraphReply, RouteContext } from '../dispatch.ts'
import { requireMailbox } from '../mailbox.ts'
import type { Entity } from '../odata-filter.ts'
import { formatItemId, type IdFormat, parseCalendarId, parseItemId } from './exchange-ids.ts'
import { invalidProperty, invalidRequest, listOf, oneOf, readBody, record, text } from './read-body.ts'

const IDS_MAX = 1000
const format = oneOf(['entryId', 'ewsId', 'immutableEntryId', 'restId', 'restImmutableEntryId'])
const reader = record('translateExchangeIds', { inputIds: listOf(text), sourceIdType: format, targetIdType: format })

/** POST …/translateExchangeIds, up to 1,000 ids at once. Graph docs: "user: translateExchangeIds". */
export function translateExchangeIds(context: RouteContext): GraphReply {
  requireMailbox(context)
  const { inputIds, sourceIdType, targetIdType } = readBody(reader, context.request.body, 'translateExchangeIds') as {
    inputIds?: readonly string[]
    sourceIdType?: IdFormat
    targetIdType?: IdFormat
  }
  if (!inputIds || !sourceIdType || !targetIdType) {
    throw invalidProperty('InputIds, SourceIdType and TargetIdType are required.')
  }
  if (inputIds.length > IDS_MAX) throw invalidRequest(`At most ${IDS_MAX} ids can be translated in one call.`)
  return {
    status: 200,
    body: {
      '@odata.context': `${context.graph.baseUrl()}/$metadata#Collection(microsoft.graph.convertIdResult)`,
      value: inputIds.map((id) => translate(id, sourceIdType, targetIdType)),
    },
  }
}

function translate(sourceId: string, from: IdFormat, to: IdFormat): Entity {
  // Containers have one constant id.
  if (parseCalendarId(sourceId)) return { sourceId, targetId: sourceId }
  const parsed = parseItemId(sourceId)
  if (parsed?.format === from) return { sourceId, targetId: formatItemId(parsed.core, to) }
  return { sourceId, errorDetails: { code: 'ErrorInvalidIdMalformed', message: 'Id is malformed.' } }
}
