import { GraphError } from './dispatch.ts'

export type Entity = Readonly<Record<string, unknown>>
type Scope = { readonly entity: Entity; readonly variables: Readonly<Record<string, unknown>> }
type Value = (scope: Scope) => unknown
type Token = { readonly kind: 'word' | 'string' | 'number' | 'mark'; readonly text: string }

/** A parsed `$filter`: the test itself, and the first path segment of every property it reads. */
export type Filter = { readonly test: (entity: Entity) => boolean; readonly properties: readonly string[] }

const TOKEN =
  /\s+|'((?:[^']|'')*)'|(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)|([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})|(-?\d+(?:\.\d+)?)(?![\w-])|([A-Za-z_@][\w.@]*)|([(),/:])/gy
const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/
const FUNCTIONS = new Set(['startswith', 'endswith', 'contains', 'tolower', 'toupper', 'length', 'trim'])
const COMPARISONS = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'in'])

/**
 * Parses the part of OData filters that Outlook serves: and, or, not, comparisons, startswith, endswith, contains,
 * any and all. Text compares without regard to case except ids; date-times compare as instants, UTC where no offset is
 * written.
 * @throws GraphError 400 for anything it cannot parse
 */
export function parseFilter(text: string): Filter {
  const tokens = tokenize(text)
  const properties = new Set<string>()
  const lambdas: string[] = []
  let position = 0

  const peek = () => tokens[position]
  const isWord = (word: string) => peek()?.kind === 'word' && peek()?.text.toLowerCase() === word
  const isMark = (mark: string) => peek()?.kind === 'mark' && peek()?.text === mark
  function next(): Token {
    const token = tokens[position++]
    if (!token) throw badFilter(text)
    return token
  }
  function expectMark(mark: string): void {
    if (!isMark(mark)) throw badFilter(text)
    position++
  }

  function either(): Value {
    const parts = [both()]
    while (isWord('or')) {
      position++
      parts.push(both())
    }
    return parts.length === 1 && parts[0] ? parts[0] : (scope) => parts.some((part) => part(scope) === true)
  }
  function both(): Value {
    const parts = [comparison()]
    while (isWord('and')) {
      position++
      parts.push(comparison())
    }
    return parts.length === 1 && parts[0] ? parts[0] : (scope) => parts.every((part) => part(scope) === true)
  }
  function comparison(): Value {
    if (isWord('not')) {
      position++
      const inner = comparison()
      return (scope) => inner(scope) !== true
    }
    const left = operand()
    const operator = peek()?.kind === 'word' ? peek()?.text.toLowerCase() : undefined
    if (!operator || !COMPARISONS.has(operator)) return left.value
    position++
    if (operator === 'in') {
      const choices = list()
      return (scope) => choices.some((choice) => compare(left.value(scope), choice(scope), left.isId) === 0)
    }
    const right = operand()
    const isId = left.isId || right.isId
    return (scope) => holds(operator, compare(left.value(scope), right.value(scope), isId))
  }
  function list(): Value[] {
    expectMark('(')
    const values: Value[] = []
    while (!isMark(')')) {
      values.push(operand().value)
      if (isMark(',')) position++
    }
    expectMark(')')
    return values
  }
  function operand(): { value: Value; isId: boolean } {
    if (isMark('(')) {
      position++
      const inner = either()
      expectMark(')')
      return { value: inner, isId: false }
    }
    const token = next()
    if (token.kind === 'string') return { value: () => token.text, isId: false }
    if (token.kind === 'number') return { value: () => Number(token.text), isId: false }
    if (token.kind !== 'word') throw badFilter(text)
    const lower = token.text.toLowerCase()
    if (lower === 'true' || lower === 'false') return { value: () => lower === 'true', isId: false }
    if (lower === 'null') return { value: () => null, isId: false }
    // An enum literal such as microsoft.graph.importance'high' compares as its text.
    if (token.text.includes('.') && peek()?.kind === 'string') {
      const literal = next().text
      return { value: () => literal, isId: false }
    }
    if (FUNCTIONS.has(lower) && isMark('(')) return { value: functionCall(lower), isId: false }
    return path(token.text)
  }
  function functionCall(name: string): Value {
    expectMark('(')
    const args: Value[] = [operand().value]
    while (isMark(',')) {
      position++
      args.push(operand().value)
    }
    expectMark(')')
    if (args.length !== (['startswith', 'endswith', 'contains'].includes(name) ? 2 : 1)) throw badFilter(text)
    return (scope) =>
      applyFunction(
        name,
        args.map((arg) => arg(scope)),
      )
  }
  function path(first: string): { value: Value; isId: boolean } {
    const isVariable = lambdas.includes(first)
    if (!isVariable) properties.add(first)
    const segments: string[] = isVariable ? [] : [first]
    const from: Value = isVariable ? (scope) => scope.variables[first] : (scope) => scope.entity
    while (isMark('/')) {
      position++
      const segment = next().text
      const lower = segment.toLowerCase()
      if ((lower === 'any' || lower === 'all') && isMark('(')) {
        return { value: collection(lower, (scope) => follow(from(scope), segments)), isId: false }
      }
      segments.push(segment)
    }
    const isId = segments.at(-1)?.toLowerCase() === 'id'
    return { value: (scope) => follow(from(scope), segments), isId }
  }
  function collection(kind: 'any' | 'all', items: Value): Value {
    expectMark('(')
    if (isMark(')')) {
      position++
      return (scope) => asList(items(scope)).length > 0
    }
    const variable = next().text
    expectMark(':')
    lambdas.push(variable)
    const inner = either()
    lambdas.pop()
    expectMark(')')
    return (scope) => {
      const test = (item: unknown) =>
        inner({ entity: scope.entity, variables: { ...scope.variables, [variable]: item } }) === true
      return kind === 'any' ? asList(items(scope)).some(test) : asList(items(scope)).every(test)
    }
  }

  const test = either()
  if (position < tokens.length) throw badFilter(text)
  return { test: (entity) => test({ entity, variables: {} }) === true, properties: [...properties] }
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    end = match.index + match[0].length
    const [, quoted, instant, guid, number, word, mark] = match
    if (quoted !== undefined) tokens.push({ kind: 'string', text: quoted.replaceAll("''", "'") })
    else if (instant ?? guid) tokens.push({ kind: 'string', text: instant ?? guid ?? '' })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark })
  }
  if (end !== text.length || tokens.length === 0) throw badFilter(text)
  return tokens
}

/** A property by name; case does not matter. */
export function readProperty(from: unknown, name: string): unknown {
  if (typeof from !== 'object' || from === null) return undefined
  const record = from as Entity // any non-null object can be read by key
  if (name in record) return record[name]
  const wanted = name.toLowerCase()
  const key = Object.keys(record).find((known) => known.toLowerCase() === wanted)
  return key === undefined ? undefined : record[key]
}

/** The value at a property path such as `start/dateTime`. */
export function follow(from: unknown, segments: readonly string[]): unknown {
  return segments.reduce(readProperty, from)
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function applyFunction(name: string, args: readonly unknown[]): unknown {
  const [first, second] = args.map((arg) => (typeof arg === 'string' ? arg.toLowerCase() : ''))
  if (first === undefined) return undefined
  if (name === 'startswith') return first.startsWith(second ?? '')
  if (name === 'endswith') return first.endsWith(second ?? '')
  if (name === 'contains') return first.includes(second ?? '')
  if (name === 'length') return first.length
  return name === 'trim' ? first.trim() : first
}

function holds(operator: string, order: number | undefined): boolean {
  if (operator === 'eq') return order === 0
  if (operator === 'ne') return order !== 0
  if (order === undefined) return false
  if (operator === 'gt') return order > 0
  if (operator === 'ge') return order >= 0
  return operator === 'lt' ? order < 0 : order <= 0
}

/** Sorts two values: negative, zero, positive; undefined when they cannot be compared. Null sorts first. */
export function compare(left: unknown, right: unknown, isId = false): number | undefined {
  const a = left ?? null
  const b = right ?? null
  if (a === null || b === null) return a === b ? 0 : undefined
  if (typeof a === 'string' && typeof b === 'string') {
    if (INSTANT.test(a) && INSTANT.test(b)) return instantOf(a) - instantOf(b)
    const [x, y] = isId ? [canonicalId(a), canonicalId(b)] : [a.toLowerCase(), b.toLowerCase()]
    return x === y ? 0 : x < y ? -1 : 1
  }
  if (typeof a === 'number' || typeof b === 'number') {
    const difference = Number(a) - Number(b)
    return Number.isNaN(difference) ? undefined : difference
  }
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  return typeof a === 'boolean' || typeof b === 'boolean' ? compare(String(a), String(b)) : undefined
}

/** Milliseconds since 1970; a date-time without offset is UTC. */
function instantOf(text: string): number {
  const seconds = text.replace(/(\.\d{3})\d+/, '$1')
  return Date.parse(/T/.test(seconds) && !/(Z|[+-]\d\d:\d\d)$/.test(seconds) ? `${seconds}Z` : seconds)
}

/** Ids keep their case, but the property set GUID inside an extended property id does not matter by case. */
function canonicalId(id: string): string {
  return id
    .replace(/\{[0-9a-fA-F-]{36}\}/, (guid) => guid.toLowerCase())
    .replace(/^(Microsoft\.OutlookServices|microsoft\.graph)\.openTypeExtension\./i, '')
}

function badFilter(text: string): GraphError {
  return new GraphError(400, 'BadRequest', `Invalid filter clause: there is a syntax error in '${text.slice(0, 200)}'.`)
}
