import type { DatedBlock } from '../../shared/scheduling/types.ts'
import { DAY_SECONDS, type DayNumber, momentText } from './wall-seconds.ts'

/** Days of which nothing is known, `to` exclusive. */
export type UnknownDays = { readonly from: DayNumber; readonly to: DayNumber; readonly label: string }

/** The blocks and, as hard blocks of kind `unknown`, the unknown days within the period; sorted by start. */
export function withUnknownDays(
  blocks: readonly DatedBlock[],
  days: readonly UnknownDays[],
  period: { readonly from: DayNumber; readonly to: DayNumber },
): readonly DatedBlock[] {
  const unknown = days.flatMap(({ from, to, label }) => {
    const [first, last] = [Math.max(from, period.from), Math.min(to, period.to)]
    if (first >= last) return []
    const [start, end] = [momentText(first * DAY_SECONDS), momentText(last * DAY_SECONDS)]
    return [{ start, end, label, kind: 'unknown' as const, hardness: 'hard' as const }]
  })
  return [...blocks, ...unknown].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
}
