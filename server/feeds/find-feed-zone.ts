import ICAL from 'ical.js'
import { findIana } from 'windows-iana'
import { type FeedZone, findIanaZone } from './feed-zone.ts'
import type { IcsComponent } from './split-ics.ts'
import { civilDate, DAY_SECONDS, dayNumberOf } from './wall-seconds.ts'

const MAX_ZONE_RULES = 100

/** The zone that a TZID means, or `undefined` when nothing explains it. */
export type ZoneFinder = (tzid: string) => FeedZone | undefined

/**
 * Finds the zones of a file: by IANA name (also as the last parts of a path such as `/example.org/Europe/London`), by
 * Windows name, by the IANA name that its VTIMEZONE tells, and last by the VTIMEZONE's own rules. Names of other
 * systems' making ("Customized Time Zone") are only known by those rules.
 */
export function openZoneFinder(components: readonly IcsComponent[]): ZoneFinder {
  const definitions = new Map<string, IcsComponent>()
  for (const component of components) {
    const tzid = component.name === 'VTIMEZONE' ? propertyText(component, 'TZID') : undefined
    if (tzid !== undefined) definitions.set(tzid, component)
  }
  const found = new Map<string, FeedZone | undefined>()
  return (tzid) => {
    if (!found.has(tzid)) found.set(tzid, findFeedZone(tzid, definitions.get(tzid)))
    return found.get(tzid)
  }
}

function findFeedZone(tzid: string, definition: IcsComponent | undefined): FeedZone | undefined {
  // "EST" is a fixed offset in IANA's list; with a definition of its own beside it, it hardly means that.
  const named = !definition || tzid.includes('/') ? findNamedZone(tzid) : undefined
  if (named) return named
  const [windows] = findIana(tzid)
  const byWindowsName = windows === undefined ? undefined : findIanaZone(windows)
  if (byWindowsName) return byWindowsName
  const location = definition && propertyText(definition, 'X-LIC-LOCATION')
  const byLocation = location === undefined ? undefined : findNamedZone(location)
  return byLocation ?? (definition ? findDefinedZone(tzid, definition) : undefined)
}

function findNamedZone(name: string): FeedZone | undefined {
  const parts = name.split('/').filter((part) => part !== '')
  for (const count of [parts.length, 3, 2]) {
    if (count > parts.length || count === 0) continue
    const zone = findIanaZone(parts.slice(-count).join('/'))
    if (zone) return zone
  }
  return undefined
}

function findDefinedZone(tzid: string, definition: IcsComponent): FeedZone | undefined {
  // Clock changes repeat yearly on a day; the parser would expand a rule for every second for minutes.
  const rules = definition.children.flatMap((child) => child.lines).filter(({ text }) => /^RRULE\b/i.test(text))
  const strange = rules.some(({ text }) => !/FREQ=YEARLY/i.test(text) || /BY(HOUR|MINUTE|SECOND|YEARDAY)/i.test(text))
  if (strange || rules.length > MAX_ZONE_RULES) return undefined
  const zone = parseZone(tzid, definition)
  if (!zone) return undefined
  return {
    name: tzid,
    toInstant(wall) {
      const { year, month, day } = civilDate(dayNumberOf(wall))
      const seconds = wall - dayNumberOf(wall) * DAY_SECONDS
      const time = ICAL.Time.fromData({
        year,
        month,
        day,
        hour: Math.floor(seconds / 3600),
        minute: Math.floor((seconds % 3600) / 60),
        second: seconds % 60,
        isDate: false,
      })
      return wall - zone.utcOffset(time)
    },
  }
}

function parseZone(tzid: string, definition: IcsComponent): ICAL.Timezone | undefined {
  try {
    const component = new ICAL.Component(ICAL.parse(writeComponent(definition).join('\r\n')))
    if (!component.getFirstSubcomponent('standard') && !component.getFirstSubcomponent('daylight')) return undefined
    const zone = new ICAL.Timezone({ component, tzid })
    zone.utcOffset(ICAL.Time.fromData({ year: 2027, month: 1, day: 1, isDate: true }))
    return zone
  } catch {
    // The entries that use the zone are reported, each with its line.
    return undefined
  }
}
const writeComponent = (component: IcsComponent): string[] => [
  `BEGIN:${component.name}`,
  ...component.lines.map((line) => line.text),
  ...component.children.flatMap(writeComponent),
  `END:${component.name}`,
]

function propertyText(component: IcsComponent, name: string): string | undefined {
  const line = component.lines.find(({ text }) => text.toUpperCase().startsWith(`${name}:`))
  return line?.text.slice(name.length + 1).trim()
}
