import { type Fault, type FaultScript, faultScript } from '../../server/practice/faults.ts'
import { drawsFrom } from '../../shared/scheduling/programme/draw-random.ts'

const EFFECTS: readonly Fault[] = [
  { count: 1, status: 429, retryAfter: 0 },
  { count: 1, status: 503 },
  { count: 1, resetBefore: true },
  { count: 1, resetAfter: true },
  { count: 1, truncate: true },
]

/** A share of all Graph requests goes wrong, each in one of the usual ways. */
export function randomFaults(share: number, seed: number): FaultScript & { readonly count: () => number } {
  const draw = drawsFrom(seed)
  let count = 0
  return {
    ...faultScript(),
    count: () => count,
    take(_method, _path, scope) {
      if (draw() >= share) return undefined
      const fault = EFFECTS[Math.floor(draw() * EFFECTS.length)]
      // A part of a batch has no connection of its own to cut.
      if (!fault || (scope === 'batch-item' && !('status' in fault))) return undefined
      count++
      return fault
    },
  }
}
