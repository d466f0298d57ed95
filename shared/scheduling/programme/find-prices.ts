import { choiceOf, newPairPricing, priceBestForPair } from './best-for-pair.ts'
import type { Budget } from './budget.ts'
import { addUse, at, candidateCountOf, costAt, type PlacementModel, pairCountOf } from './placement-model.ts'

/** Prices per row and the lower bound they prove. */
export type Prices = { readonly bound: number; readonly rowPrice: Float64Array }

export type FindPricesOptions = {
  /** Cost of a placement known to be possible: the step length aims at it. */
  readonly target: number
  readonly iterations: number
  /** Stop when the bound is this close to the target. */
  readonly closeEnough: number
  readonly start: Float64Array
  readonly budget: Budget
}

/** Adds the prices of a candidate's rows to its own cost. */
export function pricedCosts(model: PlacementModel, rowPrice: Float64Array, out: Float64Array): void {
  const { rowStart, candidateRows, candidateCost } = model
  for (let candidate = 0; candidate < candidateCost.length; candidate++) {
    let cost = costAt(candidateCost, candidate)
    const end = at(rowStart, candidate + 1)
    for (let k = at(rowStart, candidate); k < end; k++) cost += costAt(rowPrice, at(candidateRows, k))
    out[candidate] = cost
  }
}

/**
 * Prices for contested time, by subgradient steps on the Lagrangian dual: what two meetings may not share costs more
 * until the pairs, each choosing freely, hardly collide. Any prices prove a bound; the best found is returned.
 * Step rule: Polyak, "Minimization of unsmooth functionals" (1969), damped when the bound stops rising; the direction
 * keeps part of the previous one (Camerini, Fratta, Maffioli, "On improving relaxation methods", 1975).
 */
export function findPrices(model: PlacementModel, options: FindPricesOptions): Prices {
  const rows = model.rowCapacity.length
  const price = Float64Array.from(options.start)
  let best = Float64Array.from(price)
  let bestBound = -Infinity
  const direction = new Float64Array(rows)
  const use = new Int32Array(rows)
  const cost = new Float64Array(candidateCountOf(model))
  const pricing = newPairPricing(model)
  let damping = 1
  let stale = 0
  for (let iteration = 0; iteration < options.iterations; iteration++) {
    pricedCosts(model, price, cost)
    use.fill(0)
    let bound = 0
    for (let pair = 0; pair < pairCountOf(model); pair++) {
      priceBestForPair(model, pair, cost, pricing)
      bound += pricing.value
      const count = at(model.pairMeetings, pair + 1) - at(model.pairMeetings, pair)
      for (let k = 0; k < count; k++) {
        const candidate = choiceOf(model, pair, pricing, pricing.pattern, k)
        if (candidate >= 0) addUse(model, use, candidate, 1)
      }
    }
    for (let row = 0; row < rows; row++) bound -= costAt(price, row) * at(model.rowCapacity, row)
    if (bound > bestBound + 1e-9) {
      stale = bound > bestBound + 0.01 ? 0 : stale + 1
      bestBound = bound
      best = Float64Array.from(price)
    } else stale++
    if (stale >= 10) {
      stale = 0
      damping *= 0.6
      price.set(best)
      direction.fill(0)
      if (damping < 0.002) break
      continue
    }
    if (options.target - bestBound <= options.closeEnough) break
    options.budget.spend(cost.length)
    if (iteration % 16 === 15 && !options.budget.isLeft()) break
    let norm = 0
    for (let row = 0; row < rows; row++) {
      let step = at(use, row) - at(model.rowCapacity, row)
      // A free row with no price cannot get cheaper: it would only shorten every other step.
      if (step < 0 && costAt(price, row) <= 0) step = 0
      const mixed = step + 0.5 * costAt(direction, row)
      direction[row] = mixed
      norm += mixed * mixed
    }
    if (norm === 0) break
    const length = (damping * Math.max(options.target - bound, 0.5)) / norm
    for (let row = 0; row < rows; row++) {
      price[row] = Math.max(0, costAt(price, row) + length * costAt(direction, row))
    }
  }
  return { bound: bestBound, rowPrice: best }
}

/** Prices with the bound they prove: every pair at its cheapest, less what the rows' capacity is worth. */
export function pricesOf(model: PlacementModel, rowPrice: Float64Array): Prices {
  const cost = new Float64Array(candidateCountOf(model))
  pricedCosts(model, rowPrice, cost)
  const pricing = newPairPricing(model)
  let bound = 0
  for (let pair = 0; pair < pairCountOf(model); pair++) {
    priceBestForPair(model, pair, cost, pricing)
    bound += pricing.value
  }
  model.rowCapacity.forEach((capacity, row) => {
    bound -= capacity * costAt(rowPrice, row)
  })
  return { bound, rowPrice }
}
