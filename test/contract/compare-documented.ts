import { readFileSync } from 'node:fs'

/** A documented request and its answer (test/data/graph/README.md says from where). */
export type DocumentedExample = {
  readonly id: string
  readonly title: string
  readonly kind: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body?: unknown
  }
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body?: unknown
  }
}

export function readExamples(): readonly DocumentedExample[] {
  return JSON.parse(readFileSync(new URL('../data/graph/doc-examples.json', import.meta.url), 'utf8'))
}

/** Values that every service makes up anew: only their kind is compared. */
const MADE_UP = new Set(
  'id iCalUId changeKey createdDateTime lastModifiedDateTime webLink seriesMasterId time joinUrl conferenceId tollNumber size lastModifiedDateTime uploadUrl expirationDateTime transactionId date request-id client-request-id'
    .split(' ')
    .map((name) => name.toLowerCase()),
)

/**
 * Where an answer lacks or contradicts what the documentation shows. Further members of the answer are fine (pages
 * shorten), placeholders such as `id-value` stand for any value of their kind, text compares without regard to case
 * where the pages mix it (addresses, enums), and lists of events compare by start.
 * @param known paths (list positions as `[]`) in which the page contradicts itself or a newer page, with the reason
 */
export function documentedDifferences(
  documented: unknown,
  answered: unknown,
  known: Readonly<Record<string, string>> = {},
): string[] {
  const differences: string[] = []

  function compare(expected: unknown, actual: unknown, path: string, name: string): void {
    if (known[path] !== undefined) return
    if (Array.isArray(expected)) {
      if (!Array.isArray(actual)) differences.push(`${path}: a list is missing`)
      else compareLists(expected, actual, path)
    } else if (typeof expected === 'object' && expected !== null) {
      if (typeof actual !== 'object' || actual === null) differences.push(`${path}: an object is missing`)
      else for (const [key, inner] of Object.entries(expected)) compareMember(actual, key, inner, path)
    } else compareValue(expected, actual, path, name)
  }
  function compareMember(actual: object, key: string, inner: unknown, path: string): void {
    const at = path === '' ? key : `${path}.${key}`
    if (key.startsWith('@odata.')) {
      const present = Reflect.has(actual, key) || key === '@odata.id' || known[at] !== undefined
      if (!present) differences.push(`${at}: is missing`)
      return
    }
    if (!Reflect.has(actual, key)) {
      if (known[at] === undefined) differences.push(`${at}: is missing`)
    } else compare(inner, Reflect.get(actual, key), at, key)
  }
  function compareLists(expected: readonly unknown[], actual: readonly unknown[], path: string): void {
    if (actual.length !== expected.length) differences.push(`${path}: ${actual.length} instead of ${expected.length}`)
    const [left, right] = [byStart(expected), byStart(actual)]
    left.forEach((item, index) => {
      if (index < right.length) compare(item, right[index], `${path}[]`, '')
    })
  }
  function compareValue(expected: unknown, actual: unknown, path: string, name: string): void {
    const isPlaceholder = typeof expected === 'string' && (/-value$/.test(expected) || expected === 'null')
    if (isPlaceholder || expected === 99) return
    if (MADE_UP.has(name.toLowerCase()) && expected !== null) {
      if (typeof actual !== typeof expected) differences.push(`${path}: ${JSON.stringify(actual)} is of another kind`)
      return
    }
    const same =
      typeof expected === 'string' && typeof actual === 'string'
        ? expected.toLowerCase() === actual.toLowerCase()
        : expected === actual
    if (!same) differences.push(`${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`)
  }

  compare(documented, answered, '', '')
  return differences
}

function byStart(list: readonly unknown[]): readonly unknown[] {
  const startOf = (item: unknown): string | undefined => {
    const start: unknown = Reflect.get(Object(item), 'start')
    const dateTime: unknown = Reflect.get(Object(start), 'dateTime')
    return typeof dateTime === 'string' ? dateTime : undefined
  }
  return list.every((item) => startOf(item) !== undefined)
    ? [...list].sort((a, b) => (startOf(a) ?? '').localeCompare(startOf(b) ?? ''))
    : list
}
