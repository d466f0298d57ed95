import type { ExpandItem } from '../odata.ts'
import type { Entity } from '../odata-filter.ts'
import type { EventContent } from './event-store.ts'
import { invalidProperty, invalidRequest } from './read-body.ts'

const TYPES =
  'Binary|BinaryArray|Boolean|BooleanArray|ClassId|ClassIdArray|Currency|CurrencyArray|Double|DoubleArray|Float|FloatArray|Integer|IntegerArray|Long|LongArray|Object|ObjectArray|Short|ShortArray|String|StringArray|SystemTime|SystemTimeArray'
const NAMED = new RegExp(
  `^(${TYPES}) (\\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\}) (Name (\\S.*)|Id (0x[0-9a-f]+|\\d+))$`,
  'i',
)
const TAGGED = new RegExp(`^(${TYPES}) (0x[0-9a-f]+)$`, 'i')

/**
 * One spelling of an extended property id: `String {guid} Name Key`, GUID in lower case ("Outlook extended properties
 * overview"). The name keeps its case.
 * @throws GraphError 400 for an id of no known form
 */
export function canonicalPropertyId(id: string): string {
  const named = NAMED.exec(id.trim())
  if (named) return `${named[1]} ${(named[2] ?? '').toLowerCase()} ${named[3]}`
  const tagged = TAGGED.exec(id.trim())
  if (tagged) return `${tagged[1]} ${(tagged[2] ?? '').toLowerCase()}`
  throw invalidProperty(`'${id}' is not the id of an extended property.`)
}

/** `$expand=singleValueExtendedProperties($filter=id eq '…')`: the filter is required, other properties stay hidden. */
export function expandProperties(content: EventContent, { name, options }: ExpandItem): readonly Entity[] {
  const { filter } = options
  if (!filter) throw invalidRequest(`$expand of ${name} needs a $filter by id.`)
  const isSingle = name.toLowerCase().startsWith('single')
  const all: readonly Entity[] = isSingle ? content.singleValueProperties : content.multiValueProperties
  return all.filter((property) => filter.test(property))
}
