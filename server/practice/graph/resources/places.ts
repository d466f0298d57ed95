import type { PracticePlace } from '../../directory.ts'
import type { PracticeUser } from '../../people.ts'
import { GraphError, type GraphReply, type GraphRoute, type PracticeGraph, type RouteContext } from '../dispatch.ts'
import { assertQueryFits, type Entity, listReply, parseQuery, type QueryShape } from '../odata.ts'
import { entityReply, shapeOf } from './entity-reply.ts'

const PLACE = ['id', 'displayName', 'address', 'geoCoordinates', 'phone', 'emailAddress']
const ROOM_LIST_SHAPE = shapeOf('microsoft.graph.roomList', PLACE, ['rooms'])
const ROOM_SHAPE = shapeOf('microsoft.graph.room', [
  ...PLACE,
  'nickname',
  'label',
  'capacity',
  'building',
  'floorNumber',
  'floorLabel',
  'isWheelChairAccessible',
  'bookingType',
  'tags',
  'audioDeviceName',
  'videoDeviceName',
  'displayDeviceName',
])

function listPlaces(graph: PracticeGraph, kind: PracticePlace['kind']): PracticePlace[] {
  const stored = graph.state
    .collection<PracticePlace>('places')
    .list()
    .filter((place) => place.kind === kind)
  if (kind === 'roomList') return stored
  const known = new Set(stored.map(({ emailAddress }) => emailAddress.toLowerCase()))
  const rooms = graph.state
    .collection<PracticeUser>('users')
    .list()
    .filter((user) => user.kind === 'room' && !known.has(user.mail.toLowerCase()))
    .map(({ id, displayName, mail }): PracticePlace => ({ id, kind, displayName, emailAddress: mail }))
  return [...stored, ...rooms]
}

function view(place: PracticePlace): Entity {
  const common = {
    id: place.id,
    displayName: place.displayName,
    address: null,
    geoCoordinates: null,
    phone: '',
    emailAddress: place.emailAddress,
  }
  if (place.kind === 'roomList') return common
  return {
    ...common,
    nickname: place.displayName,
    label: null,
    capacity: place.capacity ?? null,
    building: place.building ?? null,
    floorNumber: place.floorNumber ?? null,
    floorLabel: null,
    isWheelChairAccessible: false,
    bookingType: 'standard',
    tags: place.tags ?? [],
    audioDeviceName: null,
    videoDeviceName: null,
    displayDeviceName: null,
  }
}

const list =
  (kind: PracticePlace['kind'], shape: QueryShape) =>
  ({ graph, request }: RouteContext): GraphReply => {
    const options = parseQuery(request.query)
    assertQueryFits(options, shape)
    const context = `places/microsoft.graph.${kind}`
    const items = listPlaces(graph, kind)
    return listReply({ graph, request, options, context, items, filterView: view, view, defaultTop: 100 })
  }

function read({ graph, request, params }: RouteContext): GraphReply {
  const wanted = (params['placeId'] ?? '').toLowerCase()
  const place = [...listPlaces(graph, 'room'), ...listPlaces(graph, 'roomList')].find(
    ({ id, emailAddress }) => id.toLowerCase() === wanted || emailAddress.toLowerCase() === wanted,
  )
  if (!place) throw new GraphError(404, 'ErrorItemNotFound', 'The specified place was not found.')
  const shape = place.kind === 'room' ? ROOM_SHAPE : ROOM_LIST_SHAPE
  const entity = { '@odata.type': `#microsoft.graph.${place.kind}`, ...view(place) }
  return entityReply({ graph, request, context: 'places', shape, entity })
}

/** Docs: "List places", "Get place". */
export const placeRoutes: readonly GraphRoute[] = [
  { method: 'GET', template: 'places/microsoft.graph.room', handler: list('room', ROOM_SHAPE) },
  { method: 'GET', template: 'places/microsoft.graph.roomList', handler: list('roomList', ROOM_LIST_SHAPE) },
  { method: 'GET', template: 'places/{placeId}', handler: read },
]
