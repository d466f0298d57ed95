import { nullable, type Reader, record, text, unreadable } from '../calendar/read-body.ts'
import { graphWall, instantToWall, readWall, supportedZone, wallToInstant } from '../calendar/zone-clock.ts'
import type { GraphRequest } from '../dispatch.ts'
import { preferenceOf } from '../odata.ts'

/** A point in time as Exchange keeps what is no calendar item: wall time in UTC, seven decimals. */
export type UtcMoment = { readonly dateTime: string; readonly timeZone: 'UTC' }
const DAY_MS = 86_400_000

/** A dateTimeTimeZone of a body, turned into UTC. Null stays null. @throws GraphError 400 */
export const moment: Reader = readMoment((wallMs) => wallMs)
/** The same for a calendar date: its time of day does not count, it is midnight in the zone that was sent. */
export const midnight: Reader = readMoment((wallMs) => Math.floor(wallMs / DAY_MS) * DAY_MS)

function readMoment(round: (wallMs: number) => number): Reader {
  const fields = record('microsoft.graph.dateTimeTimeZone', { dateTime: text, timeZone: text })
  return nullable((value, path) => {
    const { dateTime, timeZone } = fields(value, path) as { dateTime?: string; timeZone?: string } // read as text
    const wall = dateTime === undefined ? undefined : readWall(dateTime)
    if (!wall) throw unreadable(`${path}.dateTime`, 'Edm.DateTime')
    return utcMoment(wallToInstant(round(wall.wallMs), supportedZone(timeZone ?? 'UTC')))
  })
}

export function utcMoment(instantMs: number): UtcMoment {
  return { dateTime: graphWall(instantMs), timeZone: 'UTC' }
}

/** The moment in the zone that the request prefers (`Prefer: outlook.timezone`), in UTC otherwise. */
export function viewUtcMoment({ headers }: GraphRequest, stored: UtcMoment) {
  const preferred = preferenceOf(headers['prefer'], 'outlook.timezone')
  if (preferred === undefined) return stored
  const timeZone = supportedZone(preferred)
  return { dateTime: graphWall(instantToWall(Date.parse(`${stored.dateTime}Z`), timeZone)), timeZone }
}
