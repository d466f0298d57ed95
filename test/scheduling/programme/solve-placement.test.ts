import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { loadExactSolver } from '../../../server/plan/plan-solver.ts'
import {
  costOf,
  meetingCountOf,
  type PlacementModel,
  pairCountOf,
  rowUseOf,
} from '../../../shared/scheduling/programme/placement-model.ts'
import type { ExactSolver } from '../../../shared/scheduling/programme/prove-part.ts'
import { type PartTools, solvePart } from '../../../shared/scheduling/programme/solve-part.ts'
import { type SolvedPlacement, solvePlacement } from '../../../shared/scheduling/programme/solve-placement.ts'
import { leastTotal, placements } from './random-placement.ts'

/** Hundreds of problems, each tried in full, on a machine that may be busy. */
const TIME = { timeout: 60_000 }

let solver: ExactSolver
beforeAll(async () => {
  solver = await loadExactSolver(() => false)
})

/** Every pair a part of its own, so whatever two pairs share is found by merging. */
const solve = (model: PlacementModel, tools: PartTools, isStopped = () => false): Promise<SolvedPlacement> =>
  solvePlacement(
    model,
    Array.from({ length: pairCountOf(model) }, (_, pair) => Int32Array.of(pair)),
    {
      solvePart: async (part) => solvePart(part, tools),
      parallel: 1,
      seconds: 20,
      steps: Infinity,
      seed: 1,
      isStopped,
    },
  )

const expectPossible = (model: PlacementModel, { placement, total }: SolvedPlacement) => {
  rowUseOf(model, placement).forEach((use, row) => {
    expect(use).toBeLessThanOrEqual(model.rowCapacity[row]!)
  })
  placement.forEach((candidate, meeting) => {
    if (candidate < 0) return
    expect(candidate).toBeGreaterThanOrEqual(model.meetingCandidates[meeting]!)
    expect(candidate).toBeLessThan(model.meetingCandidates[meeting + 1]!)
  })
  expect(costOf(model, placement).total).toBeCloseTo(total, 9)
}

test('finds and proves the optimum that trying everything finds', TIME, async () => {
  await fc.assert(
    fc.asyncProperty(placements(1), async (model) => {
      const solved = await solve(model, { solver })
      expectPossible(model, solved)
      expect(solved.total).toBe(leastTotal(model))
      expect(solved.bound).toBe(solved.total)
    }),
    { numRuns: 250 },
  )
})

test('from nothing placed and no prices, exact models alone reach the optimum', TIME, () => {
  fc.assert(
    fc.property(placements(1), (model) => {
      const { placement, total, bound } = solvePart(
        {
          model,
          start: new Int32Array(meetingCountOf(model)).fill(-1),
          startPrice: new Float64Array(model.rowCapacity.length),
          bound: 0,
          seed: 1,
          depth: 'exact',
          effort: 1000,
          seconds: 20,
          steps: Number.POSITIVE_INFINITY,
        },
        { solver },
      )
      expectPossible(model, { placement, total, bound })
      expect(total).toBe(leastTotal(model))
      expect(bound).toBe(total)
    }),
    { numRuns: 300 },
  )
})

test('finds the optimum of costs that are not whole, and bounds it closely', TIME, async () => {
  await fc.assert(
    fc.asyncProperty(placements(0.37), async (model) => {
      const solved = await solve(model, { solver })
      expectPossible(model, solved)
      const least = leastTotal(model)
      expect(solved.total).toBeCloseTo(least, 6)
      expect(solved.bound).toBeLessThanOrEqual(least + 1e-6)
      expect(solved.bound).toBeGreaterThan(least - 1e-3)
    }),
    { numRuns: 100 },
  )
})

test('without an exact solver the plan is possible and the bound still holds', TIME, async () => {
  await fc.assert(
    fc.asyncProperty(placements(1), async (model) => {
      const solved = await solve(model, {})
      expectPossible(model, solved)
      const least = leastTotal(model)
      expect(solved.bound).toBeLessThanOrEqual(least)
      expect(solved.total).toBeGreaterThanOrEqual(least)
    }),
    { numRuns: 200 },
  )
})

test('stopped at any moment it keeps a possible plan and a bound that holds', TIME, async () => {
  await fc.assert(
    fc.asyncProperty(placements(1), fc.nat(40), async (model, asks) => {
      let left = asks
      const isStopped = () => left-- <= 0
      const solved = await solve(model, { solver, isStopped }, isStopped)
      expectPossible(model, solved)
      expect(solved.bound).toBeLessThanOrEqual(leastTotal(model))
    }),
    { numRuns: 200 },
  )
})
