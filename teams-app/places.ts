/** Where in the tab somebody is; written in the address after `#/` and in deep links as `subPageId`. */
export type Place =
  | { readonly name: 'my-pairs' }
  | { readonly name: 'programme'; readonly programmeId?: string; readonly relationshipId?: string }
  /** What a programme's coordinator sets. */
  | { readonly name: 'settings'; readonly programmeId: string }
  | { readonly name: 'meeting'; readonly relationshipId: string; readonly meetingId: string }
  /** What a pair works on, apart from any one meeting; `area` is one of shared/ui/pair/areas.ts. */
  | { readonly name: 'pair'; readonly relationshipId: string; readonly area?: string }

/**
 * Reads `my-pairs`, `programme`, `programme/{id}`, `programme/{id}/{relationshipId}`, `settings/{id}`, `meeting/{relationshipId}/{meetingId}`,
 * `pair/{relationshipId}` or `pair/{relationshipId}/{area}`; `undefined` for anything else.
 */
export function readPlace(text: string): Place | undefined {
  const parts = text.replace(/^#?\/?/, '').split('/')
  const [name, first, second] = parts.map(decoded)
  if (parts.length === 1 && name === 'my-pairs') return { name }
  if (name === 'meeting') {
    return parts.length === 3 && first && second ? { name, relationshipId: first, meetingId: second } : undefined
  }
  if (name === 'settings') return parts.length === 2 && first ? { name, programmeId: first } : undefined
  if (parts.length > 3) return undefined
  if (name === 'pair') return first ? { name, relationshipId: first, ...(second ? { area: second } : {}) } : undefined
  if (name !== 'programme') return undefined
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
    case 'settings':
      return [place.programmeId]
    case 'meeting':
      return [place.relationshipId, place.meetingId]
    case 'pair':
      return [place.relationshipId, place.area]
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
