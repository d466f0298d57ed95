import { Value } from 'typebox/value'
import { CodeMap } from '../../shared/api/clinic.ts'
import { DomainError, type Fault } from '../../shared/domain/errors.ts'
import { foldCode } from './apply-code-map.ts'

const KINDS = 'clinic procedure service call post-call night teaching leave unknown jeopardy'.split(' ')
const MAX_RULES = 500
const MAX_PATTERN_CHARS = 120
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/

/**
 * Checks a programme's code map, also against what its shape cannot say: rules that no code can reach, hours without
 * an end. Answers it typed.
 * @throws DomainError `invalid-code-map` with one fault per mistake, e.g. `rules[3].meaning.end`
 */
export function checkCodeMap(value: unknown): CodeMap {
  const faults = listFaults(value)
  if (faults.length === 0 && Value.Check(CodeMap, value)) return value
  if (faults.length === 0) faults.push({ path: 'rules', message: 'The code map does not have the expected form.' })
  const [first] = faults
  throw new DomainError('invalid-code-map', `${first?.path}: ${first?.message}`, faults)
}

function listFaults(value: unknown): Fault[] {
  if (!isRecord(value)) return [{ path: '', message: 'A code map is an object with "rules".' }]
  const faults = unknownKeys(value, ['rules'], '')
  const rules = value['rules']
  if (!Array.isArray(rules)) return [...faults, { path: 'rules', message: 'A list of rules is expected.' }]
  if (rules.length > MAX_RULES) {
    return [...faults, { path: 'rules', message: `There are ${rules.length} rules; at most ${MAX_RULES} are allowed.` }]
  }
  const reached = new Map<string, number>()
  for (const [index, rule] of rules.entries()) {
    const path = `rules[${index}]`
    if (!isRecord(rule)) {
      faults.push({ path, message: 'A rule is an object with "pattern" and "meaning".' })
      continue
    }
    faults.push(...unknownKeys(rule, ['pattern', 'meaning'], `${path}.`))
    faults.push(...patternFaults(rule['pattern'], `${path}.pattern`, index, reached))
    faults.push(...meaningFaults(rule['meaning'], `${path}.meaning`))
  }
  return faults
}

function patternFaults(pattern: unknown, path: string, index: number, reached: Map<string, number>): Fault[] {
  if (typeof pattern !== 'string') return [{ path, message: 'A code or text is expected; * stands for anything.' }]
  const plain = foldCode(pattern)
  if (plain === '') return [{ path, message: 'The pattern is empty.' }]
  if (pattern.length > MAX_PATTERN_CHARS) {
    return [{ path, message: `The pattern has more than ${MAX_PATTERN_CHARS} characters.` }]
  }
  const earlier = reached.get(plain) ?? reached.get('*')
  if (earlier !== undefined) {
    return [{ path, message: `rules[${earlier}] comes first and fits all of these codes, so this rule is never used.` }]
  }
  reached.set(/^\*+$/.test(plain) ? '*' : plain, index)
  return []
}

function meaningFaults(meaning: unknown, path: string): Fault[] {
  if (!isRecord(meaning)) return [{ path, message: 'An object is expected: {"ignore": true} or {"kind": …}.' }]
  if ('ignore' in meaning) {
    const faults = unknownKeys(meaning, ['ignore'], `${path}.`)
    if (meaning['ignore'] !== true) faults.push({ path: `${path}.ignore`, message: 'Only true is allowed.' })
    return faults
  }
  const faults = unknownKeys(meaning, ['kind', 'hardness', 'start', 'end', 'restUntil', 'precedence'], `${path}.`)
  const { kind, hardness, precedence } = meaning
  if (typeof kind !== 'string' || !KINDS.includes(kind)) {
    faults.push({ path: `${path}.kind`, message: `One of ${KINDS.join(', ')} is expected.` })
  }
  if (hardness !== undefined && hardness !== 'hard' && hardness !== 'soft') {
    faults.push({ path: `${path}.hardness`, message: '"hard" or "soft" is expected.' })
  }
  for (const key of ['start', 'end', 'restUntil']) {
    const time = meaning[key]
    if (time === undefined || (typeof time === 'string' && TIME.test(time))) continue
    faults.push({ path: `${path}.${key}`, message: 'A wall time HH:MM is expected, e.g. 07:30.' })
  }
  if (meaning['start'] === '24:00') faults.push({ path: `${path}.start`, message: 'A duty cannot start at 24:00.' })
  if (meaning['restUntil'] === '00:00') {
    faults.push({ path: `${path}.restUntil`, message: 'Rest until 00:00 is no rest; leave it out.' })
  }
  if ((meaning['start'] === undefined) !== (meaning['end'] === undefined)) {
    const missing = meaning['start'] === undefined ? 'start' : 'end'
    faults.push({
      path: `${path}.${missing}`,
      message: 'Hours need a start and an end; leave out both for whole days.',
    })
  }
  const isPrecedence = typeof precedence === 'number' && Number.isInteger(precedence)
  if (precedence !== undefined && !(isPrecedence && precedence >= 0 && precedence <= 100)) {
    faults.push({ path: `${path}.precedence`, message: 'A whole number from 0 to 100 is expected.' })
  }
  return faults
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function unknownKeys(value: Record<string, unknown>, known: readonly string[], prefix: string): Fault[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => ({ path: `${prefix}${key.slice(0, 40)}`, message: `Not known here; use ${known.join(', ')}.` }))
}
