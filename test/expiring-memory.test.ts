import { expect, test } from 'vitest'
import { expiringMemory } from '../server/expiring-memory.ts'

test('a value is found from its beginning to just before its end, whichever way the clock is set', () => {
  const memory = expiringMemory<string>(10)
  memory.keep('zone', 'Europe/Dublin', 100, 200)
  expect([99, 100, 199, 200].map((now) => memory.find('zone', now))).toEqual([
    undefined,
    'Europe/Dublin',
    'Europe/Dublin',
    undefined,
  ])
  expect(memory.find('other', 100)).toBeUndefined()
})

test('it never holds more than it may', () => {
  const memory = expiringMemory<number>(3)
  for (let number = 0; number < 10; number++) memory.keep(`key ${number}`, number, 0, 1)
  const found = Array.from({ length: 10 }, (_, number) => memory.find(`key ${number}`, 0))
  expect(found.filter((value) => value !== undefined)).toEqual([9])
})
