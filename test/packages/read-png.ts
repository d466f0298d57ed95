import { inflateSync } from 'node:zlib'
import type { Picture } from '../../server/packages/encode-png.ts'

/** Reads the PNGs that our encoder writes: 8 bits RGBA, one IDAT chunk, no filter. */
export function readPng(file: Uint8Array): Picture {
  const bytes = Buffer.from(file)
  if (bytes.toString('latin1', 1, 4) !== 'PNG') throw new Error('not a PNG')
  const width = bytes.readUInt32BE(16)
  const height = bytes.readUInt32BE(20)
  const dataLength = bytes.readUInt32BE(33)
  const rows = inflateSync(bytes.subarray(41, 41 + dataLength))
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    rgba.set(rows.subarray(y * (1 + width * 4) + 1, (y + 1) * (1 + width * 4)), y * width * 4)
  }
  return { width, height, rgba }
}
