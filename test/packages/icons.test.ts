import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { drawIcon } from '../../server/packages/draw-icon.ts'
import { encodePng } from '../../server/packages/encode-png.ts'
import { ICONS } from '../../server/packages/icons.ts'
import { readPng } from './read-png.ts'

const top = resolve(import.meta.dirname, '../..')

// Compared pixel by pixel: how well a PNG is packed depends on the compression library of the machine.
test.each(ICONS)('$file is what the drawing gives today', ({ file, size, look }) => {
  expect(readPng(readFileSync(join(top, file)))).toEqual(drawIcon(size, look))
})

test('a picture survives encoding', () => {
  const picture = { width: 2, height: 1, rgba: Uint8Array.of(1, 2, 3, 4, 250, 251, 252, 253) }
  expect(readPng(encodePng(picture))).toEqual(picture)
})
