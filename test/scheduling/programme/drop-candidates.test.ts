import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Budget } from '../../../shared/scheduling/programme/budget.ts'
import { dropCandidates } from '../../../shared/scheduling/programme/drop-candidates.ts'
import { findPrices, pricesOf } from '../../../shared/scheduling/programme/find-prices.ts'
import { costOf, type PlacementModel } from '../../../shared/scheduling/programme/placement-model.ts'
import { placeInOrder, scarcestFirst } from '../../../shared/scheduling/programme/search-neighbourhood.ts'
import { leastTotal, placements } from './random-placement.ts'

const greedy = (model: PlacementModel) => placeInOrder(model, scarcestFirst(model), model.candidateCost)

test('any prices prove a bound that no placement undercuts', () => {
  fc.assert(
    fc.property(placements(1), fc.array(fc.nat(30), { minLength: 4, maxLength: 4 }), (model, prices) => {
      expect(pricesOf(model, Float64Array.from(prices)).bound).toBeLessThanOrEqual(leastTotal(model) + 1e-9)
    }),
    { numRuns: 300 },
  )
})

test('what prices prove too dear is in no better placement, so the optimum stays', () => {
  let dropped = 0
  fc.assert(
    fc.property(placements(1), fc.array(fc.nat(30), { minLength: 4, maxLength: 4 }), (model, guess) => {
      const incumbent = greedy(model)
      const { total } = costOf(model, incumbent)
      const found = findPrices(model, {
        target: total,
        iterations: 30,
        closeEnough: 0.999,
        start: new Float64Array(model.rowCapacity.length),
        budget: new Budget({ seconds: 20, steps: Infinity }),
      })
      for (const prices of [found, pricesOf(model, Float64Array.from(guess))]) {
        const part = dropCandidates(model, prices, total - 1, incumbent)
        dropped += model.candidateCost.length - part.model.candidateCost.length
        expect(leastTotal(part.model)).toBe(leastTotal(model))
      }
    }),
    { numRuns: 400 },
  )
  expect(dropped).toBeGreaterThan(500)
})
