import { useSyncExternalStore } from 'react'

/** Where the pane is. Kept in the hash, because Office.js takes `history.pushState` away. */
export type Route =
  /** What the open calendar item calls for. */
  | { readonly at: 'start' }
  | { readonly at: 'series' }
  | { readonly at: 'new-series' }
  | { readonly at: 'one-series'; readonly relationshipId: string; readonly seriesId: string }
  | { readonly at: 'meeting'; readonly relationshipId: string; readonly meetingId: string }
  /** What a pair works on, apart from any one meeting; `area` is one of shared/ui/pair/areas.ts. */
  | { readonly at: 'pair'; readonly relationshipId: string; readonly area?: string }

const ID = '([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})'
const ONE_SERIES = new RegExp(`^/series/${ID}/${ID}$`)
const MEETING = new RegExp(`^/meeting/${ID}/${ID}$`)
const PAIR = new RegExp(`^/pair/${ID}(?:/([a-z-]{1,40}))?$`)

/** Reads a hash; whatever is no address of ours is the start. */
export function parseRoute(hash: string): Route {
  const path = hash.replace(/^#/, '')
  if (path === '/series') return { at: 'series' }
  if (path === '/series/new') return { at: 'new-series' }
  const [, relationshipId, seriesId] = path.match(ONE_SERIES) ?? []
  if (relationshipId && seriesId) return { at: 'one-series', relationshipId, seriesId }
  const [, pairId, meetingId] = path.match(MEETING) ?? []
  if (pairId && meetingId) return { at: 'meeting', relationshipId: pairId, meetingId }
  const [, ownPairId, area] = path.match(PAIR) ?? []
  if (ownPairId) return { at: 'pair', relationshipId: ownPairId, ...(area ? { area } : {}) }
  return { at: 'start' }
}

/** The `href` of a route. */
export function routeHref(route: Route): string {
  switch (route.at) {
    case 'start':
      return '#/'
    case 'series':
      return '#/series'
    case 'new-series':
      return '#/series/new'
    case 'one-series':
      return `#/series/${route.relationshipId}/${route.seriesId}`
    case 'meeting':
      return `#/meeting/${route.relationshipId}/${route.meetingId}`
    case 'pair':
      return `#/pair/${[route.relationshipId, route.area].filter((part) => part !== undefined).join('/')}`
  }
}

export function goTo(route: Route): void {
  location.hash = routeHref(route)
}

/** The pane's hash, followed as it changes. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(followHash, () => location.hash)
  return parseRoute(hash)
}

function followHash(changed: () => void): () => void {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}
