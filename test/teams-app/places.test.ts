import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Place, readPlace, writePlace } from '../../teams-app/places.ts'

test.each([
  ['#/my-pairs', { name: 'my-pairs' }],
  ['my-pairs', { name: 'my-pairs' }],
  ['#/programme', { name: 'programme' }],
  ['programme/im', { name: 'programme', programmeId: 'im' }],
  ['#/programme/im/42', { name: 'programme', programmeId: 'im', relationshipId: '42' }],
  ['#/settings/im', { name: 'settings', programmeId: 'im' }],
  ['meeting/42/7', { name: 'meeting', relationshipId: '42', meetingId: '7' }],
  ['#/meeting/42/7', { name: 'meeting', relationshipId: '42', meetingId: '7' }],
  ['#/pair/42', { name: 'pair', relationshipId: '42' }],
  ['pair/42/goals', { name: 'pair', relationshipId: '42', area: 'goals' }],
] as const)('reads the place %s', (text, place) => {
  expect(readPlace(text)).toEqual(place)
})

test.each([
  '',
  '#',
  '#/',
  '#/elsewhere',
  'my-pairs/1',
  'programme/1/2/3',
  'settings',
  'settings/im/1',
  'meeting',
  'meeting/42',
  'meeting/42/',
  'meeting//7',
  'meeting/42/7/1',
  'pair',
  'pair/42/goals/1',
  '#/%E0%A4%A',
])('reads no place from %j', (text) => {
  expect(readPlace(text)).toBeUndefined()
})

test('a place that was written is read again, whatever its ids hold', () => {
  const id = fc.string({ minLength: 1 })
  const anyPlace: fc.Arbitrary<Place> = fc.oneof(
    fc.constant<Place>({ name: 'my-pairs' }),
    fc.constant<Place>({ name: 'programme' }),
    id.map((programmeId): Place => ({ name: 'programme', programmeId })),
    id.map((programmeId): Place => ({ name: 'settings', programmeId })),
    fc
      .tuple(id, id)
      .map(([programmeId, relationshipId]): Place => ({ name: 'programme', programmeId, relationshipId })),
    fc.tuple(id, id).map(([relationshipId, meetingId]): Place => ({ name: 'meeting', relationshipId, meetingId })),
  )
  fc.assert(
    fc.property(anyPlace, (place) => {
      expect(readPlace(writePlace(place))).toEqual(place)
    }),
  )
})
