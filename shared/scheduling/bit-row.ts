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

export const hasBit = (row: Uint32Array, index: number): boolean =>
  (((row[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1

/** Whether any bit of [from, to) is set; outside the row nothing is. */
export function hasAnyBit(row: Uint32Array, from: number, to: number): boolean {
  for (let index = Math.max(0, from); index < to && index < row.length * 32; index++)
    if (hasBit(row, index)) return true
  return false
}

/** Longest run whose every shift fits in the word itself and the next. */
const SHORT_RUN = 32

/**
 * Leaves bit `i` set only where bits `i` to `i + length - 1` all were: the starts of runs of that length. Doubles the
 * length at each step; short runs need one pass over the row.
 */
export function keepRunStarts(row: Uint32Array, length: number): void {
  if (length <= SHORT_RUN) {
    const last = row.length - 1
    for (let word = 0; word <= last; word++) {
      let low = row[word] ?? 0
      if (low === 0) continue
      let high = word < last ? (row[word + 1] ?? 0) : 0
      let reached = 1
      while (reached < length) {
        const step = Math.min(reached, length - reached)
        low &= (low >>> step) | (high << (32 - step))
        high &= high >>> step
        reached += step
      }
      row[word] = low
    }
    return
  }
  let reached = 1
  while (reached < length) {
    const step = Math.min(reached, length - reached)
    for (let word = 0; word < row.length; word++) row[word] = (row[word] ?? 0) & shiftedWord(row, word, step)
    reached += step
  }
}

/** The word of bits `step` further on. A shift by 32 is a shift by 0 in JavaScript, so whole words go their own way. */
function shiftedWord(row: Uint32Array, word: number, step: number): number {
  const low = row[word + (step >>> 5)] ?? 0
  const bits = step & 31
  return bits === 0 ? low : (low >>> bits) | ((row[word + (step >>> 5) + 1] ?? 0) << (32 - bits))
}

/** How many of the 32 bits are set. */
function countWordBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555)
  const nibbles = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}

/** How many bits of [from, to) are set; both lie inside the row. */
export function countBits(row: Uint32Array, from: number, to: number): number {
  if (to <= from) return 0
  const head = from >>> 5
  const tail = (to - 1) >>> 5
  let total = 0
  for (let word = head; word <= tail; word++) {
    const bits = row[word] ?? 0
    // Nights and weekends are empty words.
    if (bits !== 0) total += countWordBits(bits & wordMask(word, head, tail, from, to))
  }
  return total
}

/**
 * How many bits of [from, to) that `mask` marks are starts of runs of `length` bits of which any is blocked; both rows
 * are of one length and hold [from, to).
 */
export function countRefusedStarts(
  blocked: Uint32Array,
  length: number,
  mask: Uint32Array,
  from: number,
  to: number,
): number {
  if (to <= from) return 0
  const head = from >>> 5
  const tail = (to - 1) >>> 5
  const last = blocked.length - 1
  let total = 0
  for (let word = head; word <= tail; word++) {
    let asked = mask[word] ?? 0
    if (asked === 0) continue
    asked &= wordMask(word, head, tail, from, to)
    if (length > SHORT_RUN) {
      for (let bits = asked; bits !== 0; bits &= bits - 1) {
        const start = word * 32 + 31 - Math.clz32(bits & -bits)
        if (hasAnyBit(blocked, start, start + length)) total++
      }
      continue
    }
    let low = blocked[word] ?? 0
    let high = word < last ? (blocked[word + 1] ?? 0) : 0
    if ((low | high) === 0) continue
    let reached = 1
    while (reached < length) {
      const step = Math.min(reached, length - reached)
      low |= (low >>> step) | (high << (32 - step))
      high |= high >>> step
      reached += step
    }
    total += countWordBits(low & asked)
  }
  return total
}

/** The bits of a word that lie in [from, to), whose first and last words are `head` and `tail`. */
export function wordMask(word: number, head: number, tail: number, from: number, to: number): number {
  const low = word === head ? -1 << (from & 31) : -1
  return word === tail ? low & (-1 >>> (31 - ((to - 1) & 31))) : low
}
