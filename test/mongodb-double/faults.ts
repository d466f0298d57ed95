import { drawsFrom } from '../../shared/scheduling/programme/draw-random.ts'

/** What goes wrong, as shares of commands in [0, 1]. The same seed and the same order of commands give the same faults. */
export type FaultPlan = {
  readonly seed: number
  /** The connection ends before the command is carried out. */
  readonly lostBefore?: number
  /** The connection ends after the command was carried out: its reply is lost. */
  readonly lostAfter?: number
  /** Answered with NotWritablePrimary, as by a member that has just lost its office. */
  readonly notPrimary?: number
  /** Statements of transactions that meet a write conflict. */
  readonly writeConflict?: number
  readonly slow?: number
  readonly slowMs?: number
  /** The primary steps down after every so many commands. */
  readonly stepDownEvery?: number
  /** Repeats of a write are carried out again, as on servers without retryable writes. */
  readonly forgetsWrites?: boolean
}
export type Fault = 'lostBefore' | 'lostAfter' | 'notPrimary' | 'writeConflict' | 'slow' | 'stepDown'

export const NO_FAULTS: FaultPlan = { seed: 0 }

/** Decides the fate of each command, one draw per command. */
export function faultSource(plan: FaultPlan) {
  const draw = drawsFrom(plan.seed)
  const counts: Record<Fault, number> = {
    lostBefore: 0,
    lostAfter: 0,
    notPrimary: 0,
    writeConflict: 0,
    slow: 0,
    stepDown: 0,
  }
  let commands = 0
  const count = (fault: Fault): Fault => {
    counts[fault]++
    return fault
  }
  return {
    plan,
    counts: counts as Readonly<Record<Fault, number>>,
    next(isInTransaction: boolean): Fault | undefined {
      commands++
      if (plan.stepDownEvery && commands % plan.stepDownEvery === 0) return count('stepDown')
      let drawn = draw()
      for (const fault of ['lostBefore', 'lostAfter', 'notPrimary', 'writeConflict', 'slow'] as const) {
        const share = plan[fault] ?? 0
        if (drawn < share) return fault === 'writeConflict' && !isInTransaction ? undefined : count(fault)
        drawn -= share
      }
      return undefined
    },
  }
}
