/**
 * Ids of Exchange items. Each item has one core (a UUID, plus the original date for an occurrence); the formats that
 * Graph knows are different spellings of it, so any of them finds the item. Clients must treat all of them as opaque.
 */
export type IdFormat = 'restId' | 'restImmutableEntryId' | 'ewsId' | 'entryId' | 'immutableEntryId'
export type ItemCore = { readonly uuid: string; readonly date?: string }

const PREFIXES: Readonly<Record<IdFormat, string>> = {
  restId: 'AAMkADhj',
  restImmutableEntryId: 'AAkALgAA',
  ewsId: 'AAMkAEws',
  entryId: 'AAAAAEnt',
  immutableEntryId: 'AAAAAImm',
}
const FORMATS: readonly IdFormat[] = ['restId', 'restImmutableEntryId', 'ewsId', 'entryId', 'immutableEntryId']

/** The spelling of an item's id in one format; case-sensitive, as Exchange's are. */
export function formatItemId({ uuid, date }: ItemCore, format: IdFormat): string {
  const bytes = Buffer.concat([
    Buffer.from(uuid.replaceAll('-', ''), 'hex'),
    date === undefined ? Buffer.alloc(0) : Buffer.from(date.replaceAll('-', ''), 'hex'),
  ])
  // The REST formats are URL-safe, the others are not ("translateExchangeIds").
  const isRest = format === 'restId' || format === 'restImmutableEntryId'
  const tail = bytes.toString(isRest ? 'base64url' : 'base64').replace(/=+$/, '')
  return `${PREFIXES[format]}${tail}AAA=`
}

export function parseItemId(id: string): { core: ItemCore; format: IdFormat } | undefined {
  const format = FORMATS.find((candidate) => id.startsWith(PREFIXES[candidate]))
  if (!format || !id.endsWith('AAA=')) return undefined
  const bytes = Buffer.from(id.slice(PREFIXES[format].length, -4), 'base64')
  if (bytes.length !== 16 && bytes.length !== 20) return undefined
  const hex = bytes.toString('hex')
  const uuid = hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const core = hex.length === 32 ? { uuid } : { uuid, date: hex.slice(32).replace(/^(.{4})(.{2})(.{2})$/, '$1-$2-$3') }
  // One spelling per id: a changed letter is another id, not this one.
  return formatItemId(core, format) === id ? { core, format } : undefined
}

/** Calendars keep one id; `viewer` marks a calendar that somebody else shares with that mailbox. */
export function formatCalendarId(uuid: string, viewer?: string): string {
  const bytes = Buffer.from(`${uuid}${viewer ?? ''}`.replaceAll('-', ''), 'hex')
  return `AQMkADcl${bytes.toString('base64url')}AAA=`
}
export function parseCalendarId(id: string): { uuid: string; viewer?: string } | undefined {
  if (!id.startsWith('AQMkADcl') || !id.endsWith('AAA=')) return undefined
  const hex = Buffer.from(id.slice(8, -4), 'base64url').toString('hex')
  if (hex.length !== 32 && hex.length !== 64) return undefined
  const [uuid = '', viewer] = [hex.slice(0, 32), hex.slice(32)].map((part) =>
    part.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  )
  return viewer ? { uuid, viewer } : { uuid }
}
