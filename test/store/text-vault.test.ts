import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { openTextVault } from '../../server/store/text-vault.ts'

const aVault = async () => {
  const store = openEmbeddedStore(':memory:')
  return { store, vault: await openTextVault(store, randomBytes(32)) }
}

test('opens what it sealed, whatever the text', async () => {
  const { vault } = await aVault()
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      // Lone surrogates are not text; UTF-8 replaces them.
      const clean = text.toWellFormed()
      expect(await vault.open('r1', 'goals/1/title', await vault.seal('r1', 'goals/1/title', clean))).toBe(clean)
    }),
    { numRuns: 200 },
  )
})

test('seals the same text differently each time and never in the clear', async () => {
  const { vault } = await aVault()
  const [first, second] = [
    await vault.seal('r1', 'p', 'publish the sepsis paper'),
    await vault.seal('r1', 'p', 'publish the sepsis paper'),
  ]
  expect(first).not.toBe(second)
  expect(Buffer.from(first, 'base64').toString('latin1')).not.toContain('sepsis')
})

test('refuses text that was changed by one bit, moved to another place or to another pair', async () => {
  const { vault } = await aVault()
  const sealed = await vault.seal('r1', 'goals/1/title', 'text')
  await vault.seal('r2', 'goals/1/title', 'makes the key of r2')
  const bytes = Buffer.from(sealed, 'base64')
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes)
    flipped[at]! ^= 1
    await expect(vault.open('r1', 'goals/1/title', flipped.toString('base64'))).rejects.toThrow()
  }
  await expect(vault.open('r1', 'goals/2/title', sealed)).rejects.toThrow()
  await expect(vault.open('r2', 'goals/1/title', sealed)).rejects.toThrow()
})

test('cannot read or write anything any more after the key was destroyed', async () => {
  const { store, vault } = await aVault()
  const sealed = await vault.seal('r1', 'p', 'text')
  await vault.destroyKey('r1')
  const gone = { code: 'content-deleted' }
  await expect(vault.open('r1', 'p', sealed)).rejects.toMatchObject(gone)
  await expect(vault.seal('r1', 'p', 'a new key would make this look well')).rejects.toMatchObject(gone)
  expect(JSON.stringify(await store.get('textKeys', 'r1'))).not.toContain('wrapped')
  await vault.destroyKey('r1')
})

test('leaves no key behind that was made while it was destroyed, and seals nothing of a pair that never wrote', async () => {
  const { vault } = await aVault()
  const outcomes = await Promise.allSettled([vault.seal('r1', 'p', 'text'), vault.destroyKey('r1')])
  expect(outcomes[1].status).toBe('fulfilled')
  await expect(vault.seal('r1', 'p', 'text')).rejects.toMatchObject({ code: 'content-deleted' })
})

test('makes one key when two requests come first at once', async () => {
  const { vault } = await aVault()
  const sealed = await Promise.all(Array.from({ length: 20 }, (_, n) => vault.seal('r1', 'p', `text ${n}`)))
  expect(await Promise.all(sealed.map((one) => vault.open('r1', 'p', one)))).toEqual(sealed.map((_, n) => `text ${n}`))
})

test('cannot be opened with another service key', async () => {
  const { store, vault } = await aVault()
  const sealed = await vault.seal('r1', 'p', 'text')
  const other = await openTextVault(store, randomBytes(32))
  await expect(other.open('r1', 'p', sealed)).rejects.toThrow()
})
