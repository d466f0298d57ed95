import { randomUUID } from 'node:crypto'
import type { PracticeUser } from '../../people.ts'
import type { PracticeDocument } from '../../state.ts'
import { moment } from '../calendar/event-input.ts'
import type { StoredEvent } from '../calendar/event-store.ts'
import { occurrencesBefore } from '../calendar/expand-series.ts'
import { flag, ignored, invalidProperty, nullable, oneOf, readBody, record, text } from '../calendar/read-body.ts'
import { completeRecurrence, type Recurrence } from '../calendar/recurrence.ts'
import { recurrenceBody } from '../calendar/recurrence-body.ts'
import { instantOf, type Moment, momentAt, readWall } from '../calendar/zone-clock.ts'
import type { GraphReply, GraphRoute, RouteContext } from '../dispatch.ts'
import { requireMailbox } from '../mailbox.ts'
import { assertQueryFits, type Entity, listReply, parseQuery, type QueryShape } from '../odata.ts'
import { entityReply, isEntity, shapeOf, userContext } from './entity-reply.ts'

type Plan = {
  readonly userId: string
  readonly start: Moment
  readonly end: Moment
  readonly workLocationType: string
  readonly placeId: string | null
}
/** Where somebody works on one day. Collection `work-occurrences`. */
type WorkOccurrence = PracticeDocument &
  Plan & { readonly timeOffDetails: Entity | null; readonly recurrenceId: string | null }
/** Where somebody works week after week. Collection `work-recurrences`. */
type WorkRecurrence = PracticeDocument & Plan & { readonly recurrence: Recurrence }
/** Collection `work-settings`, keyed by user. */
type WorkSettings = PracticeDocument & { readonly maxSharedWorkLocationDetails: string }

const ROOT = '{mailbox}/settings/workHoursAndLocations'
const LOCATION_TYPES = ['unspecified', 'office', 'remote', 'timeOff']

const plan = {
  id: ignored,
  start: moment,
  end: moment,
  workLocationType: oneOf(LOCATION_TYPES),
  placeId: nullable(text),
}
const OCCURRENCE = record('microsoft.graph.workPlanOccurrence', {
  ...plan,
  recurrenceId: ignored,
  timeOffDetails: nullable(record('microsoft.graph.timeOffDetails', { isAllDay: flag, subject: nullable(text) })),
})
const RECURRENCE = record('microsoft.graph.workPlanRecurrence', {
  ...plan,
  recurrence: recurrenceBody,
})
const SETTINGS = record('microsoft.graph.workHoursAndLocationsSetting', {
  id: ignored,
  maxSharedWorkLocationDetails: oneOf(['unknown', 'none', 'approximate', 'specific']),
})
const PLAN = ['id', 'start', 'end', 'workLocationType', 'placeId']
const OCCURRENCE_SHAPE = shapeOf('microsoft.graph.workPlanOccurrence', [...PLAN, 'recurrenceId', 'timeOffDetails'])
const RECURRENCE_SHAPE = shapeOf('microsoft.graph.workPlanRecurrence', [...PLAN, 'recurrence'])
const SETTINGS_SHAPE = shapeOf('microsoft.graph.workHoursAndLocationsSetting', ['id', 'maxSharedWorkLocationDetails'])

const occurrencesOf = ({ graph }: RouteContext) => graph.state.collection<WorkOccurrence>('work-occurrences')
const recurrencesOf = ({ graph }: RouteContext) => graph.state.collection<WorkRecurrence>('work-recurrences')

function view({ userId: _, ...entity }: WorkOccurrence | WorkRecurrence): Entity {
  return entity
}

function readSettings(context: RouteContext): GraphReply {
  const { graph, request } = context
  const user = requireMailbox(context)
  const stored = graph.state.collection<WorkSettings>('work-settings').get(user.id)
  const entity = {
    id: 'workHoursAndLocations',
    maxSharedWorkLocationDetails: stored?.maxSharedWorkLocationDetails ?? 'approximate',
  }
  const metadata = userContext(user, 'settings/workHoursAndLocations')
  return entityReply({ graph, request, context: metadata, shape: SETTINGS_SHAPE, entity })
}

function changeSettings(context: RouteContext): GraphReply {
  const { graph, request } = context
  const { maxSharedWorkLocationDetails: details } = readBody(SETTINGS, request.body)
  if (typeof details === 'string') {
    const settings = { id: requireMailbox(context).id, maxSharedWorkLocationDetails: details }
    graph.state.collection<WorkSettings>('work-settings').put(settings)
  }
  return readSettings(context)
}

function readPlan(user: PracticeUser, fields: Entity): Plan {
  const { start, end, workLocationType, placeId } = fields as Partial<Plan> // read by OCCURRENCE or RECURRENCE
  if (!start || !end) throw invalidProperty('start and end are required.')
  if (instantOf(end) <= instantOf(start)) throw invalidProperty('end must be after start.')
  if (!workLocationType) throw invalidProperty('workLocationType is required.')
  return { userId: user.id, start, end, workLocationType, placeId: placeId ?? null }
}

function createOccurrence(context: RouteContext): GraphReply {
  const { graph, request } = context
  const user = requireMailbox(context)
  const fields = readBody(OCCURRENCE, request.body)
  const { timeOffDetails } = fields
  const occurrence: WorkOccurrence = {
    id: randomUUID(),
    ...readPlan(user, fields),
    timeOffDetails: isEntity(timeOffDetails) ? timeOffDetails : null,
    recurrenceId: null,
  }
  occurrencesOf(context).put(occurrence)
  const metadata = userContext(user, 'settings/workHoursAndLocations/occurrences')
  return entityReply({
    graph,
    request,
    context: metadata,
    shape: OCCURRENCE_SHAPE,
    entity: view(occurrence),
    status: 201,
  })
}

function createRecurrence(context: RouteContext): GraphReply {
  const { graph, request } = context
  const user = requireMailbox(context)
  const fields = readBody(RECURRENCE, request.body)
  if (!isEntity(fields['recurrence'])) throw invalidProperty('recurrence is required.')
  const given = readPlan(user, fields)
  const recurrence = completeRecurrence(fields['recurrence'], given.start)
  const stored: WorkRecurrence = { id: randomUUID(), ...given, recurrence }
  recurrencesOf(context).put(stored)
  const metadata = userContext(user, 'settings/workHoursAndLocations/recurrences')
  return entityReply({ graph, request, context: metadata, shape: RECURRENCE_SHAPE, entity: view(stored), status: 201 })
}

function list(
  context: RouteContext,
  name: string,
  shape: QueryShape,
  items: readonly (WorkOccurrence | WorkRecurrence)[],
) {
  const { graph, request } = context
  const user = requireMailbox(context)
  const options = parseQuery(request.query)
  assertQueryFits(options, shape)
  const metadata = userContext(user, `settings/workHoursAndLocations/${name}`)
  const own = items.filter(({ userId }) => userId === user.id)
  return listReply({ graph, request, options, context: metadata, items: own, filterView: view, view, defaultTop: 100 })
}

/** What holds in a period: single days, and recurring ones on every other day. */
function occurrencesView(context: RouteContext): GraphReply {
  const user = requireMailbox(context)
  const from = boundOf(context.params['from'])
  const until = boundOf(context.params['until'])
  if (until <= from) throw invalidProperty('endDateTime must be after startDateTime.')
  const isInside = ({ start, end }: Plan) => instantOf(start) < until && instantOf(end) > from
  const single = occurrencesOf(context)
    .list()
    .filter((item) => item.userId === user.id && isInside(item))
  const singleDates = new Set(single.map(({ start }) => start.dateTime.slice(0, 10)))
  const repeated = recurrencesOf(context)
    .list()
    .filter(({ userId }) => userId === user.id)
    .flatMap((item) => expand(item, until))
    .filter((item) => isInside(item) && !singleDates.has(item.start.dateTime.slice(0, 10)))
  const all = [...single, ...repeated].sort((a, b) => instantOf(a.start) - instantOf(b.start))
  return list(context, 'occurrencesView', OCCURRENCE_SHAPE, all)
}

function expand(item: WorkRecurrence, until: number): WorkOccurrence[] {
  const { recurrence, start, end, ...rest } = item
  // Expansion looks at these three members of an event and no other.
  const series = { recurrence, start, end } as StoredEvent
  return occurrencesBefore(series, until).map(({ date, startMs, endMs }) => ({
    id: `${item.id}_${date}`,
    userId: rest.userId,
    start: momentAt(startMs, start.timeZone),
    end: momentAt(endMs, start.timeZone),
    workLocationType: rest.workLocationType,
    placeId: rest.placeId,
    timeOffDetails: null,
    recurrenceId: item.id,
  }))
}

/** A bound without offset is UTC, as in calendarView. */
function boundOf(given: string | undefined): number {
  const wall = readWall(given ?? '')
  if (!wall) throw invalidProperty('startDateTime and endDateTime must be date-times.')
  if (wall.offset === undefined || wall.offset === 'Z') return wall.wallMs
  return Date.parse(`${new Date(wall.wallMs).toISOString().slice(0, 19)}${wall.offset}`)
}

/** Docs: "workHoursAndLocationsSetting resource type" and its methods. */
export const workHoursRoutes: readonly GraphRoute[] = [
  { method: 'GET', template: ROOT, handler: readSettings },
  { method: 'PATCH', template: ROOT, handler: changeSettings },
  {
    method: 'GET',
    template: `${ROOT}/occurrences`,
    handler: (context) => list(context, 'occurrences', OCCURRENCE_SHAPE, occurrencesOf(context).list()),
  },
  { method: 'POST', template: `${ROOT}/occurrences`, handler: createOccurrence },
  {
    method: 'GET',
    template: `${ROOT}/recurrences`,
    handler: (context) => list(context, 'recurrences', RECURRENCE_SHAPE, recurrencesOf(context).list()),
  },
  { method: 'POST', template: `${ROOT}/recurrences`, handler: createRecurrence },
  {
    method: 'GET',
    template: `${ROOT}/occurrencesView(startDateTime={from},endDateTime={until})`,
    handler: occurrencesView,
  },
]
