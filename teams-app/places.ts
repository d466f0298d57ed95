/** Where in the tab somebody is; written in the address after `#/` and in deep links as `subPageId`. */
export type Place =
  | { readonly name: 'my-pairs' }
  | { readonly name: 'programme'; readonly programmeId?: string; readonly relationshipId?: string }
  | { readonly name: 'meeting'; readonly relationshipId: string; readonly meetingId: string }

/**
 * Reads `my-pairs`, `programme`, `programme/{id}`, `programme/{id}/{relationshipId}` or
 * `meeting/{relationshipId}/{meetingId}`; `undefined` for anything else.
 */
export function readPlace(text: string): Place | undefined {
  const parts = text.replace(/^#?\/?/, '').split('/')
  const [name, first, second] = parts.map(decoded)
  if (parts.length === 1 && name === 'my-pairs') return { name }
  if (name === 'meeting') {
    return parts.length === 3 && first && second ? { name, relationshipId: first, meetingId: second } : undefined
  }
  if (name !== 'programme' || parts.length > 3) return undefined
  return { name, ...(first ? { programmeId: first } : {}), ...(second ? { relationshipId: second } : {}) }
}

export function writePlace(place: Place): string {
  const ids = idsOf(place).filter((id) => id !== undefined)
  return `#/${[place.name, ...ids.map(encodeURIComponent)].join('/')}`
}

function idsOf(place: Place): readonly (string | undefined)[] {
  switch (place.name) {
    case 'my-pairs':
      return []
    case 'programme':
      return [place.programmeId, place.relationshipId]
    case 'meeting':
      return [place.relationshipId, place.meetingId]
  }
}

/** An address that somebody typed may hold a broken escape; it then names nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
