/**
 * What a run may still do. Work is counted in steps, about one per candidate start that is looked at, so that the same
 * steps end at the same point on any machine; seconds and a stop end a run for good wherever it is.
 */
export class Budget {
  /** Steps taken so far. */
  used = 0
  readonly #steps: number
  readonly #endsAt: number
  readonly #isStopped: (() => boolean) | undefined

  constructor({ seconds, steps, isStopped }: BudgetLimits) {
    this.#steps = steps
    this.#endsAt = performance.now() + seconds * 1000
    this.#isStopped = isStopped
  }

  spend(steps: number): void {
    this.used += steps
  }

  /** 0 once the run is stopped. */
  secondsLeft(): number {
    return this.#isStopped?.() ? 0 : Math.max(0, (this.#endsAt - performance.now()) / 1000)
  }

  stepsLeft(): number {
    return Math.max(0, this.#steps - this.used)
  }

  isLeft(): boolean {
    return this.stepsLeft() > 0 && this.secondsLeft() > 0
  }
}

export type BudgetLimits = {
  readonly seconds: number
  /** Infinity where only the clock counts. */
  readonly steps: number
  readonly isStopped?: (() => boolean) | undefined
}
