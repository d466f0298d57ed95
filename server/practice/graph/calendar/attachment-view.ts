import { readContent } from '../contents.ts'
import type { PracticeGraph } from '../dispatch.ts'
import type { Entity } from '../odata-filter.ts'
import type { AttachmentRef } from './event-store.ts'
import { formatItemId } from './exchange-ids.ts'
import type { Preferences } from './preferences.ts'

/** An attachment as Graph answers it; the embedded item of an item attachment comes only with `$expand`. */
export function viewAttachment(
  graph: PracticeGraph,
  ref: AttachmentRef,
  { idFormat }: Pick<Preferences, 'idFormat'>,
): Entity {
  const base = {
    '@odata.type': `#microsoft.graph.${ref.kind}Attachment`,
    '@odata.mediaContentType': ref.contentType ?? 'application/octet-stream',
    id: formatItemId({ uuid: ref.id }, idFormat),
    lastModifiedDateTime: ref.lastModified,
    name: ref.name,
    contentType: ref.contentType,
    size: ref.size,
    isInline: ref.isInline,
  }
  if (ref.kind === 'item') return base
  return {
    ...base,
    contentId: ref.contentId,
    contentLocation: null,
    contentBytes: readContent(graph.state, ref.content),
  }
}
