import fc from 'fast-check'

/** What of JSON Schema the API's description uses. */
export type JsonSchema = {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly multipleOf?: number
}

const ITEMS_MAX = 4
const WORDS = 'aims paper clinic night grant teach write less sleep read call team plan trust ask again soon'.split(' ')

/**
 * Bodies that a route's schema admits. Free text begins with `mark`, by which it would be recognised anywhere.
 * @param ids what a UUID in a body may name
 */
export function bodiesOf(schema: JsonSchema, mark: string, ids: readonly string[]): fc.Arbitrary<unknown> {
  const inner = (part: JsonSchema) => bodiesOf(part, mark, ids)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(inner))
  switch (schema.type) {
    case 'object': {
      const names = Object.entries(schema.properties ?? {})
      const required = names.filter(([name]) => schema.required?.includes(name)).map(([name]) => name)
      return fc.record(Object.fromEntries(names.map(([name, part]) => [name, inner(part)])), { requiredKeys: required })
    }
    case 'array': {
      const limits = { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? ITEMS_MAX, ITEMS_MAX) }
      return schema.uniqueItems
        ? fc.uniqueArray(inner(schema.items ?? {}), { ...limits, selector: (item) => JSON.stringify(item) })
        : fc.array(inner(schema.items ?? {}), limits)
    }
    case 'string':
      return textsOf(schema, mark, ids)
    case 'integer':
    case 'number': {
      const step = schema.multipleOf ?? 1
      const min = Math.ceil((schema.minimum ?? 0) / step)
      const max = Math.floor(Math.min(schema.maximum ?? 100, 1_000_000) / step)
      return fc.integer({ min, max: Math.max(min, max) }).map((steps) => steps * step)
    }
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      throw new Error(`No bodies are made for ${JSON.stringify(schema)}.`)
  }
}

function textsOf({ format, pattern, maxLength = 300 }: JsonSchema, mark: string, ids: readonly string[]) {
  switch (format) {
    case 'uuid':
      return fc.oneof(fc.uuid({ version: 4 }), fc.constantFrom(...ids))
    case 'date':
      return fc
        .integer({ min: 0, max: 400 })
        .map((days) => new Date(Date.UTC(2026, 10, 1 + days)).toISOString().slice(0, 10))
    case 'date-time':
      return fc.integer({ min: 0, max: 400 }).map((days) => new Date(Date.UTC(2026, 10, 1 + days, 15)).toISOString())
    default:
      if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern), { size: 'small' })
      return fc
        .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 40 })
        .map((words) => [mark, ...words].join(' ').slice(0, maxLength))
  }
}
