import { GraphError } from '../dispatch.ts'
import type { Entity } from '../odata-filter.ts'

/** Checks one JSON value and answers it in canonical form. `path` is for the refusal, e.g. `event.start`. */
export type Reader = (value: unknown, path: string) => unknown
/** A value that a client may send and Graph drops: read-only properties. */
const DROPPED = Symbol('dropped')

export const ignored: Reader = () => DROPPED
export const anything: Reader = (value) => value

export const text: Reader = (value, path) => {
  if (typeof value !== 'string') throw unreadable(path, 'Edm.String')
  return value
}
/** Graph's own examples send booleans and numbers as text too. */
export const flag: Reader = (value, path) => {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true'
  throw unreadable(path, 'Edm.Boolean')
}
export const integer: Reader = (value, path) => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number) || Math.abs(number) > 2 ** 31 - 1) {
    throw unreadable(path, 'Edm.Int32')
  }
  return number
}
export const decimal: Reader = (value, path) => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw unreadable(path, 'Edm.Double')
  return number
}

/** An enum: any case goes in, the schema's case comes out. */
export const oneOf =
  (values: readonly string[]): Reader =>
  (value, path) => {
    const wanted = typeof value === 'string' ? value.toLowerCase() : undefined
    const known = values.find((candidate) => candidate.toLowerCase() === wanted)
    if (known === undefined) {
      throw new GraphError(400, 'RequestBodyRead', `Requested value '${String(value)}' was not found for '${path}'.`)
    }
    return known
  }

export const nullable =
  (reader: Reader): Reader =>
  (value, path) =>
    value === null ? null : reader(value, path)

export const listOf =
  (reader: Reader): Reader =>
  (value, path) => {
    if (!Array.isArray(value)) throw unreadable(path, 'Collection')
    return value.map((item, index) => reader(item, `${path}[${index}]`))
  }

/**
 * An object with known properties; names match in any case and come out canonical. Annotations (`@odata.type` …) pass
 * without being kept.
 * @throws GraphError 400 `RequestBodyRead` for a property that the type does not have
 */
export const record =
  (typeName: string, fields: Readonly<Record<string, Reader>>): Reader =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable(path, typeName)
    const names = namesOf(fields)
    const read: Record<string, unknown> = {}
    for (const [given, inner] of Object.entries(value)) {
      if (given.includes('@')) continue
      const name = names.get(given.toLowerCase())
      const reader = name === undefined ? undefined : fields[name]
      if (name === undefined || !reader) {
        throw new GraphError(
          400,
          'RequestBodyRead',
          `The property '${given}' does not exist on type '${typeName}'. Make sure to only use property names that are defined by the type.`,
        )
      }
      const result = reader(inner, `${path}.${name}`)
      if (result !== DROPPED) read[name] = result
    }
    return read
  }

const nameMaps = new WeakMap<Readonly<Record<string, Reader>>, ReadonlyMap<string, string>>()
function namesOf(fields: Readonly<Record<string, Reader>>): ReadonlyMap<string, string> {
  const known = nameMaps.get(fields) ?? new Map(Object.keys(fields).map((name) => [name.toLowerCase(), name]))
  nameMaps.set(fields, known)
  return known
}

/** Reads a request body as an object of the given type. An absent body counts as `{}`. */
export function readBody(reader: Reader, body: unknown, path = 'body'): Entity {
  return reader(body ?? {}, path) as Entity // `record` answers objects only
}

export function unreadable(path: string, typeName: string): GraphError {
  return new GraphError(400, 'RequestBodyRead', `Cannot read the value of '${path}' as '${typeName}'.`)
}

export function invalidProperty(reason: string): GraphError {
  return new GraphError(400, 'ErrorPropertyValidationFailure', `At least one property failed validation. ${reason}`)
}

export const invalidRequest = (reason: string): GraphError =>
  new GraphError(400, 'ErrorInvalidRequest', `Your request can't be completed. ${reason}`)
