import { preferenceOf } from '../odata.ts'
import type { IdFormat } from './exchange-ids.ts'
import { supportedZone } from './zone-clock.ts'

/** What the `Prefer` header asks of an answer. */
export type Preferences = {
  /** Zone of start and end in the answer; absent: UTC. */
  readonly timeZone: string | undefined
  readonly bodyAsText: boolean
  readonly unsafeHtml: boolean
  readonly idFormat: IdFormat
  /** For `Preference-Applied`. */
  readonly applied: Readonly<Record<string, string>>
}

/** @throws GraphError 400 `TimeZoneNotSupportedException` */
export function preferencesOf(headers: Readonly<Record<string, string>>): Preferences {
  const header = headers['prefer']
  const zone = preferenceOf(header, 'outlook.timezone')
  const bodyType = preferenceOf(header, 'outlook.body-content-type')?.toLowerCase()
  const immutable = preferenceOf(header, 'IdType')?.toLowerCase() === 'immutableid'
  const pageSize = preferenceOf(header, 'odata.maxpagesize')
  const applied = [
    ...(zone === undefined ? [] : [`outlook.timezone="${zone}"`]),
    ...(bodyType === 'text' || bodyType === 'html' ? [`outlook.body-content-type="${bodyType}"`] : []),
    ...(immutable ? ['IdType="ImmutableId"'] : []),
    ...(pageSize === undefined ? [] : [`odata.maxpagesize=${pageSize}`]),
  ]
  return {
    timeZone: zone === undefined ? undefined : supportedZone(zone),
    bodyAsText: bodyType === 'text',
    unsafeHtml: preferenceOf(header, 'outlook.allow-unsafe-html') !== undefined,
    idFormat: immutable ? 'restImmutableEntryId' : 'restId',
    applied: applied.length > 0 ? { 'preference-applied': applied.join(', ') } : {},
  }
}
