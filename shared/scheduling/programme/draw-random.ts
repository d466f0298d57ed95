/** Draws in [0, 1). */
export type Draw = () => number

/** A seeded stream of draws: same seed, same plan. Marsaglia, "Xorshift RNGs" (2003), 32-bit triple (13, 17, 5). */
export function drawsFrom(seed: number): Draw {
  let state = (Math.imul(seed | 0, 0x9e3779b1) ^ 0x5bd1e995) | 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4294967296
  }
}
