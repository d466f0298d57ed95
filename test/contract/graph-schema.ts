import { readFileSync } from 'node:fs'

type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly required?: readonly string[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly contentEncoding?: string
  readonly additionalProperties?: Schema | boolean
  readonly discriminator?: { readonly mapping?: Readonly<Record<string, string>> }
  readonly 'x-odata-open-type'?: boolean
  readonly 'x-odata-parameter-names-case-insensitive'?: boolean
}
type Content = { readonly content?: Readonly<Record<string, { readonly schema: Schema }>>; readonly $ref?: string }
type Operation = { readonly requestBody?: Content; readonly responses: Readonly<Record<string, Content>> }
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const document: Document = JSON.parse(
  readFileSync(new URL('../data/graph/openapi-v1.0-subset.json', import.meta.url), 'utf8'),
)
const ERROR: Schema = { $ref: '#/components/schemas/microsoft.graph.ODataErrors.ODataError' }
const templates = Object.entries(document.paths).map(([template, operations]) => ({
  segments: template.split('/').filter((segment) => segment !== ''),
  operations,
}))

/**
 * Holds one exchange with Graph (ours or the emulator's) to the v1.0 metadata: path and method exist, the request names
 * nothing unknown, types, enum spelling and nullability fit, the status is one the operation answers, and the answer
 * fits its schema. Requests may not use open types to carry names that the type does not have.
 * @param path with or without `/v1.0`, query and host; decoded or not
 * @param requestBody undefined for none, and where the request is wrong on purpose
 * @throws Error that lists every fault
 */
export function assertGraphExchange(
  method: string,
  path: string,
  requestBody: unknown,
  status: number,
  responseBody: unknown,
): void {
  const faults = graphExchangeFaults(method, path, requestBody, status, responseBody)
  if (faults.length > 0) throw new Error(`${method} ${path} -> ${status}\n${faults.join('\n')}`)
}

/** The same as a list, empty when all is well. */
export function graphExchangeFaults(
  method: string,
  path: string,
  requestBody: unknown,
  status: number,
  responseBody: unknown,
): string[] {
  if (status >= 400) return check(ERROR, responseBody, 'error', 'answer')
  const operation = findOperation(method, path)
  if (!operation) return [`no such operation in the subset: ${method} ${path}`]
  const faults: string[] = []
  const wanted = schemaOf(operation.requestBody)
  if (requestBody !== undefined) {
    if (wanted) faults.push(...check(wanted, requestBody, 'request', 'request'))
    else if (Object.keys(Object(requestBody)).length > 0) faults.push('request: this operation takes no body')
  }
  const answer = operation.responses[String(status)]
  if (!answer) return [...faults, `status ${status} is not one of ${Object.keys(operation.responses).join(', ')}`]
  const schema = schemaOf(answer)
  if (schema && responseBody === undefined) faults.push('answer: a body is missing')
  if (schema && responseBody !== undefined) faults.push(...check(schema, responseBody, 'answer', 'answer'))
  if (!schema && responseBody !== undefined && responseBody !== null) faults.push('answer: no body is expected')
  return faults
}

function schemaOf(content: Content | undefined): Schema | undefined {
  const media = content?.content
  return media?.['application/json']?.schema
}

function findOperation(method: string, path: string): Operation | undefined {
  const below = (path.split('?')[0] ?? '').replace(/^https?:\/\/[^/]+/, '').replace(/^.*?\/v1\.0(?=\/)/, '')
  const segments = below.split('/').filter((segment) => segment !== '')
  const direct = matching(segments, method)
  if (direct) return direct
  // The metadata serves events below any calendar alike; the subset lists some operations at one place only.
  const withoutCalendar = segments
    .join('/')
    .replace(/\/(calendar|calendars\/[^/]+)\/(?=(events|calendarView)(\/|$))/i, '/')
  const withDefault = segments
    .join('/')
    .replace(/\/calendars\/[^/]+(?=\/(getSchedule|calendarPermissions))/i, '/calendar')
  return [withoutCalendar, withDefault].map((other) => matching(other.split('/'), method)).find(Boolean)
}

function matching(segments: readonly string[], method: string): Operation | undefined {
  const candidates = templates
    .filter((template) => template.segments.length === segments.length)
    .filter((template) => template.segments.every((wanted, index) => segmentFits(wanted, segments[index] ?? '')))
    .sort((a, b) => parameters(a.segments) - parameters(b.segments))
  return candidates.map(({ operations }) => operations[method.toLowerCase()]).find(Boolean)
}

const parameters = (segments: readonly string[]): number => segments.filter((segment) => segment.startsWith('{')).length

function segmentFits(wanted: string, given: string): boolean {
  if (wanted.startsWith('{')) return true
  const plain = given.replace(/\(\)$/, '').toLowerCase()
  if (wanted.includes('(')) return plain.startsWith(wanted.slice(0, wanted.indexOf('(') + 1).toLowerCase())
  const bare = plain.replace(/^microsoft\.graph\./, '')
  return wanted.toLowerCase() === plain || wanted.toLowerCase() === bare
}

type Side = 'request' | 'answer'
type Shape = {
  readonly properties: ReadonlyMap<string, Schema>
  readonly required: readonly string[]
  readonly isOpen: boolean
  readonly ignoresCase: boolean
  readonly rest: Schema | boolean | undefined
}

function resolve(schema: Schema): Schema {
  if (!schema.$ref) return schema
  const found = document.components.schemas[schema.$ref.replace('#/components/schemas/', '')]
  if (!found) throw new Error(`The subset lacks ${schema.$ref}`)
  return resolve(found)
}

/** The most derived schema that `@odata.type` names, if the declared one allows it. */
function derived(schema: Schema, value: object): Schema {
  const type: unknown = Reflect.get(value, '@odata.type')
  if (typeof type !== 'string') return schema
  const name = type.replace(/^#/, '')
  const found = Object.keys(document.components.schemas).find((known) => known.toLowerCase() === name.toLowerCase())
  return found ? resolve({ $ref: `#/components/schemas/${found}` }) : schema
}

function shapeOf(schema: Schema): Shape {
  const own = resolve(schema)
  const parts = (own.allOf ?? []).map(shapeOf)
  const properties = new Map(parts.flatMap((part) => [...part.properties]))
  for (const [name, inner] of Object.entries(own.properties ?? {})) properties.set(name, inner)
  return {
    properties,
    required: [...parts.flatMap((part) => part.required), ...(own.required ?? [])],
    isOpen: own['x-odata-open-type'] === true || parts.some((part) => part.isOpen),
    ignoresCase: own['x-odata-parameter-names-case-insensitive'] === true,
    rest: own.additionalProperties ?? parts.map(({ rest }) => rest).find((rest) => rest !== undefined),
  }
}

function check(given: Schema, value: unknown, path: string, side: Side): string[] {
  const schema = resolve(given)
  if (schema.anyOf) {
    if (value === null && schema.anyOf.some(({ type }) => type === 'null')) return []
    // "Or null" says nothing about why another value does not fit.
    const attempts = schema.anyOf
      .filter(({ type }) => type !== 'null')
      .map((option) => check(option, value, path, side))
    return attempts.some((faults) => faults.length === 0) ? [] : (attempts[0] ?? [])
  }
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (value === null) return types.includes('null') ? [] : [`${path}: must not be null`]
  if (schema.allOf || schema.properties || types.includes('object')) return checkObject(schema, value, path, side)
  if (types.includes('array')) {
    if (!Array.isArray(value)) return [`${path}: must be a list`]
    const { items } = schema
    return items ? value.flatMap((item, index) => check(items, item, `${path}[${index}]`, side)) : []
  }
  return checkScalar(schema, types, value, path)
}

function checkObject(declared: Schema, value: unknown, path: string, side: Side): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: must be an object`]
  const schema = derived(declared, value)
  const shape = shapeOf(schema)
  const lower = new Map([...shape.properties].map(([name, inner]) => [name.toLowerCase(), inner]))
  const faults = shape.required.filter((name) => !(name in value)).map((name) => `${path}.${name}: is missing`)
  const mayCarryMore = shape.isOpen && (side === 'answer' || isExtension(schema))
  for (const [name, inner] of Object.entries(value)) {
    const known = shape.properties.get(name) ?? (shape.ignoresCase ? lower.get(name.toLowerCase()) : undefined)
    if (known) faults.push(...check(known, inner, `${path}.${name}`, side))
    else if (typeof shape.rest === 'object') faults.push(...check(shape.rest, inner, `${path}.${name}`, side))
    else if (!name.includes('@') && shape.rest !== true && !mayCarryMore) faults.push(`${path}.${name}: is unknown`)
  }
  return faults
}

/** Open extensions exist to carry any name; other open types carry schema extensions, which nothing here uses. */
function isExtension(schema: Schema): boolean {
  const names = ['microsoft.graph.extension', 'microsoft.graph.openTypeExtension']
  return names.some((name) => document.components.schemas[name] === schema)
}

function checkScalar(schema: Schema, types: readonly string[], value: unknown, path: string): string[] {
  const shown = JSON.stringify(value)
  if (types.includes('boolean') && typeof value === 'boolean') return []
  if ((types.includes('integer') || types.includes('number')) && typeof value === 'number') {
    if (types.includes('integer') && !Number.isInteger(value)) return [`${path}: ${shown} must be a whole number`]
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema
    return value < minimum || value > maximum ? [`${path}: ${shown} is out of range`] : []
  }
  if (types.includes('string') && typeof value === 'string') {
    if (schema.enum && !schema.enum.includes(value)) return [`${path}: ${shown} is none of ${schema.enum.join(', ')}`]
    if (schema.pattern && !new RegExp(schema.pattern).test(value)) return [`${path}: ${shown} does not fit its format`]
    const isBase64 = schema.contentEncoding !== 'base64' || /^[A-Za-z0-9+/]*={0,2}$/.test(value)
    return isBase64 ? [] : [`${path}: is not base64`]
  }
  return types.length === 0 ? [] : [`${path}: ${shown} must be ${types.join(' or ')}`]
}
