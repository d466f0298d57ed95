import { Temporal } from 'temporal-polyfill'
import type { Plan, Program, SchedulingPair } from '../../../shared/scheduling/types.ts'
import { type OracleStart, possibleStarts } from '../minute-oracle.ts'

/** A programme's rules once more, with Temporal and by trying everything; shares no code with the engine. */
export type Choice = { readonly pair: SchedulingPair; readonly window: number; readonly start: OracleStart }

const spanOf = ({ pair, start }: Choice) => {
  const from = Temporal.Instant.from(start.start).epochMilliseconds
  return { from, to: from + pair.minutes * 60_000 }
}

/** Whether two meetings claim one person's time, or a person's limits are passed. */
export function breaksRules(program: Program, choices: readonly Choice[]): boolean {
  for (const person of program.people) {
    const mine = choices.filter(({ pair }) => [pair.organizer, ...pair.attendees].includes(person.id))
    const spans = mine.map(spanOf).sort((a, b) => a.from - b.from)
    if (spans.some(({ from }, index) => index > 0 && from < spans[index - 1]!.to)) return true
    const dates = mine.map(({ start }) =>
      Temporal.Instant.from(start.start).toZonedDateTimeISO(person.timeZone).toPlainDate(),
    )
    const days = countBy(dates.map((date) => date.toString()))
    const weeks = countBy(dates.map((date) => date.subtract({ days: date.dayOfWeek - 1 }).toString()))
    if (days > (person.limits?.meetingsPerDay ?? Number.POSITIVE_INFINITY)) return true
    if (weeks > (person.limits?.meetingsPerWeek ?? Number.POSITIVE_INFINITY)) return true
  }
  return false
}

/** How often the commonest text occurs. */
function countBy(texts: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return Math.max(0, ...counts.values())
}

/** The objective of SCHEDULING over chosen starts. */
export function objectiveOf(program: Program, choices: readonly Choice[]) {
  const windows = program.pairs.reduce((sum, pair) => sum + pair.windows.length, 0)
  const unplaced = windows - choices.length
  const soft = choices.reduce((sum, { start }) => sum + start.soft, 0)
  const exceptions = program.pairs.reduce((sum, pair) => {
    const patterns = choices.filter((choice) => choice.pair === pair).map(({ start }) => start.pattern)
    return sum + patterns.length - countBy(patterns)
  }, 0)
  return { total: 1000 * unplaced + 20 * exceptions + soft, unplaced, exceptions, soft }
}

/** The choices a plan stands for; refuses a start that the rules do not allow. */
export function choicesOfPlan(program: Program, plan: Plan): readonly Choice[] {
  return plan.meetings.map((meeting) => {
    const pair = program.pairs.find(({ id }) => id === meeting.pair)!
    const start = possibleStarts(program, pair)[meeting.window]?.find(
      (possible) => Temporal.Instant.compare(possible.start, meeting.start) === 0,
    )
    if (!start) throw new Error(`not a possible start: ${meeting.pair}/${meeting.window} ${meeting.start}`)
    return { pair, window: meeting.window, start }
  })
}

/** The least total of all plans. */
export function leastOfAllPlans(program: Program): number {
  const meetings = program.pairs.flatMap((pair) =>
    possibleStarts(program, pair).map((starts, window) => ({ pair, window, starts })),
  )
  let least = Number.POSITIVE_INFINITY
  const choose = (index: number, choices: readonly Choice[]) => {
    const meeting = meetings[index]
    if (!meeting) {
      least = Math.min(least, objectiveOf(program, choices).total)
      return
    }
    const { pair, window, starts } = meeting
    for (const start of starts) {
      const more = [...choices, { pair, window, start }]
      if (!breaksRules(program, more)) choose(index + 1, more)
    }
    // Leaving a window out costs more than anything else here could save, but for the total it is one more try.
    choose(index + 1, choices)
  }
  choose(0, [])
  return least
}
