import { expect, test } from 'vitest'
import { parseRoute, type Route, routeHref } from '../../addin/routes.ts'

const relationshipId = '7c1f0f0a-0b60-4d7e-9a53-0c7f3d9b0a11'
const seriesId = '0d9e6f52-6a44-4b0e-8f0c-5f3b6d6a2c22'

test.each<Route>([
  { at: 'start' },
  { at: 'series' },
  { at: 'new-series' },
  { at: 'one-series', relationshipId, seriesId },
  { at: 'meeting', relationshipId, meetingId: seriesId },
  { at: 'pair', relationshipId },
  { at: 'pair', relationshipId, area: 'goals' },
])('reads back the address it wrote: $at', (route) => {
  expect(parseRoute(routeHref(route))).toEqual(route)
})

test.each([
  '',
  '#',
  '#/elsewhere',
  '#/series/1/2',
  `#/series/${relationshipId}/..%2fadmin`,
  `#/meeting/${relationshipId}`,
  `#/meeting/${relationshipId}/${seriesId}/more`,
  '#/pair/1',
  `#/pair/${relationshipId}/goals/more`,
  '#access_token=x',
])('starts afresh at %j', (hash) => {
  expect(parseRoute(hash)).toEqual({ at: 'start' })
})
