/** Rows of bits in 32-bit words, least significant bit first: bit `i` is bit `i & 31` of word `i >> 5`. */

/** Sets bits `from` (included) to `to` (excluded); what lies outside the row is left out. */
export function fillBits(row: Uint32Array, from: number, to: number): void {
  const start = Math.max(0, from)
  const end = Math.min(row.length * 32, to)
  if (start >= end) return
  const first = start >>> 5
  const last = (end - 1) >>> 5
  const head = -1 << (start & 31)
  const tail = -1 >>> (31 - ((end - 1) & 31))
  if (first === last) {
    row[first] = (row[first] ?? 0) | (head & tail)
    return
  }
  row[first] = (row[first] ?? 0) | head
  for (let word = first + 1; word < last; word++) row[word] = 0xffff_ffff
  row[last] = (row[last] ?? 0) | tail
}

/** Clears every bit outside [from, to). */
export function keepBits(row: Uint32Array, from: number, to: number): void {
  const start = Math.max(0, Math.min(row.length * 32, from))
  const end = Math.max(start, Math.min(row.length * 32, to))
  const first = start >>> 5
  const last = end >>> 5
  row.fill(0, 0, first)
  row.fill(0, last + 1)
  if (first < row.length) row[first] = (row[first] ?? 0) & (-1 << (start & 31))
  if (last < row.length) row[last] = (row[last] ?? 0) & ~(-1 << (end & 31))
}

export const hasBit = (row: Uint32Array, index: number): boolean =>
  (((row[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1

/** Whether any bit of [from, to) is set; outside the row nothing is. */
export function hasAnyBit(row: Uint32Array, from: number, to: number): boolean {
  for (let index = Math.max(0, from); index < to && index < row.length * 32; index++)
    if (hasBit(row, index)) return true
  return false
}

/**
 * Leaves bit `i` set only where bits `i` to `i + length - 1` all were: the starts of runs of that length. Doubles the
 * length at each step, so a run of 4 costs two passes.
 */
export function keepRunStarts(row: Uint32Array, length: number): void {
  let reached = 1
  while (reached < length) {
    const step = Math.min(reached, length - reached)
    const wordStep = step >>> 5
    const bitStep = step & 31
    for (let word = 0; word < row.length; word++) {
      const low = row[word + wordStep] ?? 0
      // A shift by 32 is a shift by 0 in JavaScript, so whole words go their own way.
      const shifted = bitStep === 0 ? low : (low >>> bitStep) | ((row[word + wordStep + 1] ?? 0) << (32 - bitStep))
      row[word] = (row[word] ?? 0) & shifted
    }
    reached += step
  }
}

/** Sets bit `i` wherever any of bits `i` to `i + length - 1` is set: the starts that a blocked row refuses. */
export function spreadToStarts(row: Uint32Array, length: number): void {
  let reached = 1
  while (reached < length) {
    const step = Math.min(reached, length - reached)
    const wordStep = step >>> 5
    const bitStep = step & 31
    for (let word = 0; word < row.length; word++) {
      const low = row[word + wordStep] ?? 0
      const shifted = bitStep === 0 ? low : (low >>> bitStep) | ((row[word + wordStep + 1] ?? 0) << (32 - bitStep))
      row[word] = (row[word] ?? 0) | shifted
    }
    reached += step
  }
}

/** How many of the 32 bits are set. */
export function countWordBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555)
  const nibbles = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}

/** How many bits of the row are set. */
export function countBits(row: Uint32Array): number {
  let count = 0
  for (let word = 0; word < row.length; word++) count += countWordBits(row[word] ?? 0)
  return count
}
