import { expect, test } from 'vitest'
import { checkCodeMap } from '../../server/feeds/check-code-map.ts'
import type { DomainError } from '../../shared/domain/errors.ts'
import { codeMap } from './builders.ts'

const faults = (value: unknown) => {
  try {
    checkCodeMap(value)
  } catch (error) {
    const { code, faults } = error as DomainError
    expect(code).toBe('invalid-code-map')
    return faults.map(({ path, message }) => `${path}: ${message}`)
  }
  return []
}
const oneRule = (rule: unknown) => faults({ rules: [rule] })
const meaning = (value: unknown) => oneRule({ pattern: 'x', meaning: value })

test('answers a sound code map as it is', () => {
  expect(checkCodeMap(codeMap)).toBe(codeMap)
  expect(checkCodeMap({ rules: [] })).toEqual({ rules: [] })
})

test('names the path of every mistake', () => {
  expect(faults(undefined)).toEqual([': A code map is an object with "rules".'])
  expect(faults({ rules: 'none' })).toEqual(['rules: A list of rules is expected.'])
  expect(faults({ rules: [], version: 2 })).toEqual(['version: Not known here; use rules.'])
  expect(faults({ rules: [null] })).toEqual(['rules[0]: A rule is an object with "pattern" and "meaning".'])
  expect(faults({ rules: Array.from({ length: 501 }, () => ({})) })).toEqual([
    'rules: There are 501 rules; at most 500 are allowed.',
  ])
  expect(oneRule({ pattern: 7, meaning: { ignore: true } })).toEqual([
    'rules[0].pattern: A code or text is expected; * stands for anything.',
  ])
  expect(oneRule({ pattern: ' ', meaning: { ignore: true } })).toEqual(['rules[0].pattern: The pattern is empty.'])
  expect(oneRule({ pattern: 'x'.repeat(121), meaning: { ignore: true } })).toEqual([
    'rules[0].pattern: The pattern has more than 120 characters.',
  ])
  expect(oneRule({ pattern: 'x', meaning: { ignore: true }, label: 'x' })).toEqual([
    'rules[0].label: Not known here; use pattern, meaning.',
  ])
  expect(meaning(undefined)).toEqual(['rules[0].meaning: An object is expected: {"ignore": true} or {"kind": …}.'])
  expect(meaning({ ignore: false })).toEqual(['rules[0].meaning.ignore: Only true is allowed.'])
  expect(meaning({ ignore: true, kind: 'call' })).toEqual(['rules[0].meaning.kind: Not known here; use ignore.'])
  expect(meaning({})).toEqual([
    expect.stringMatching(/^rules\[0\]\.meaning\.kind: One of clinic, procedure, .* is expected\.$/),
  ])
  expect(meaning({ kind: 'call', hardness: 'firm' })).toEqual([
    'rules[0].meaning.hardness: "hard" or "soft" is expected.',
  ])
  expect(meaning({ kind: 'call', start: '7:00', end: '24:01' })).toEqual([
    'rules[0].meaning.start: A wall time HH:MM is expected, e.g. 07:30.',
    'rules[0].meaning.end: A wall time HH:MM is expected, e.g. 07:30.',
  ])
  expect(meaning({ kind: 'call', start: '24:00', end: '07:00' })).toEqual([
    'rules[0].meaning.start: A duty cannot start at 24:00.',
  ])
  expect(meaning({ kind: 'call', restUntil: '00:00' })).toEqual([
    'rules[0].meaning.restUntil: Rest until 00:00 is no rest; leave it out.',
  ])
  expect(meaning({ kind: 'call', start: '07:00' })).toEqual([
    'rules[0].meaning.end: Hours need a start and an end; leave out both for whole days.',
  ])
  expect(meaning({ kind: 'call', end: '07:00' })).toEqual([
    'rules[0].meaning.start: Hours need a start and an end; leave out both for whole days.',
  ])
  expect(meaning({ kind: 'call', precedence: 1.5 })).toEqual([
    'rules[0].meaning.precedence: A whole number from 0 to 100 is expected.',
  ])
})

test('refuses rules that no code can reach', () => {
  const rule = (pattern: string) => ({ pattern, meaning: { ignore: true } })
  expect(faults({ rules: [rule('OB night'), rule('Late'), rule('ob  Night')] })).toEqual([
    'rules[2].pattern: rules[0] comes first and fits all of these codes, so this rule is never used.',
  ])
  expect(faults({ rules: [rule('Late'), rule('**'), rule('Early')] })).toEqual([
    'rules[2].pattern: rules[1] comes first and fits all of these codes, so this rule is never used.',
  ])
})

test('tells all mistakes at once, the first one in the message', () => {
  const bad = {
    rules: [
      { pattern: '', meaning: { kind: 'call' } },
      { pattern: 'x', meaning: { kind: 'nap' } },
    ],
  }
  expect(() => checkCodeMap(bad)).toThrow('rules[0].pattern: The pattern is empty.')
  expect(faults(bad)).toHaveLength(2)
})
