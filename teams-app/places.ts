/** Where in the tab somebody is; written in the address after `#/` and in deep links as `subPageId`. */
export type Place =
  | { readonly name: 'my-pairs' }
  | { readonly name: 'programme'; readonly programmeId?: string; readonly relationshipId?: string }

/** Reads `my-pairs`, `programme`, `programme/{id}` or `programme/{id}/{relationshipId}`; `undefined` for anything else. */
export function readPlace(text: string): Place | undefined {
  const parts = text.replace(/^#?\/?/, '').split('/')
  const [name, programmeId, relationshipId] = parts.map(decoded)
  if (parts.length === 1 && name === 'my-pairs') return { name }
  if (name !== 'programme' || parts.length > 3) return undefined
  return { name, ...(programmeId ? { programmeId } : {}), ...(relationshipId ? { relationshipId } : {}) }
}

export function writePlace(place: Place): string {
  if (place.name === 'my-pairs') return '#/my-pairs'
  const ids = [place.programmeId, place.relationshipId].filter((id) => id !== undefined)
  return `#/${['programme', ...ids.map(encodeURIComponent)].join('/')}`
}

/** An address that somebody typed may hold a broken escape; it then names nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
