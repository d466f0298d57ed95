import { explainWindows } from '../explain-refusals.ts'
import { minuteOfGrain } from '../grid.ts'
import type { Rows } from '../rows.ts'
import { instantText } from '../time-text.ts'
import type { Plan, PlannedMeeting, Reason, UnplacedWindow } from '../types.ts'
import type { ProgramPlacement } from './build-placement.ts'
import { at, commonestPattern, costOf, rowUseOf } from './placement-model.ts'
import { CLOSED, type SolvedPlacement } from './solve-placement.ts'

/** The plan file of a solved placement, meetings in the program's order. */
export function writePlan(rows: Rows, program: ProgramPlacement, solved: SolvedPlacement): Plan {
  const { model, pairs, starts } = program
  const use = rowUseOf(model, solved.placement)
  const meetings: PlannedMeeting[] = []
  const unplaced: UnplacedWindow[] = []
  pairs.forEach((prepared, pairIndex) => {
    const { pair } = prepared
    const pattern = commonestPattern(model, solved.placement, pairIndex)
    const first = at(model.pairMeetings, pairIndex)
    const missing: number[] = []
    for (let meeting = first; meeting < at(model.pairMeetings, pairIndex + 1); meeting++) {
      const candidate = at(solved.placement, meeting)
      if (candidate < 0) missing.push(meeting - first)
      else {
        meetings.push({
          pair: pair.id,
          window: meeting - first,
          start: instantText(minuteOfGrain(rows.grid, at(starts, candidate))),
          minutes: pair.minutes,
          onPattern: at(model.candidatePattern, candidate) === pattern,
        })
      }
    }
    if (missing.length === 0) return
    const refusals = explainWindows(rows, prepared)
    for (const window of missing) {
      const reasons = [...reasonsOfPlan(rows, program, use, first + window), ...(refusals[window] ?? [])]
      unplaced.push({ pair: pair.id, window, reasons })
    }
  })
  const { total, unplaced: missing, exceptions, soft } = costOf(model, solved.placement)
  return {
    format: 'protected-time/plan@1',
    objective: { total, unplaced: missing, exceptions, soft },
    bound: { value: Math.min(total, solved.bound), proved: total - solved.bound <= CLOSED },
    meetings,
    unplaced,
  }
}

/** Possible starts of an unplaced meeting that the plan's other meetings took, by rule and person. */
function reasonsOfPlan(rows: Rows, program: ProgramPlacement, use: Int32Array, meeting: number): readonly Reason[] {
  const { model, capacityRows } = program
  const slots = new Map<string, Reason & { slots: number }>()
  for (
    let candidate = at(model.meetingCandidates, meeting);
    candidate < at(model.meetingCandidates, meeting + 1);
    candidate++
  ) {
    const seen = new Set<string>()
    for (let k = at(model.rowStart, candidate); k < at(model.rowStart, candidate + 1); k++) {
      const row = at(model.candidateRows, k)
      if (at(use, row) < at(model.rowCapacity, row)) continue
      const kind = capacityRows.rowKind[row]
      const personId = rows.people[at(capacityRows.rowPerson, row)]?.person.id
      if (kind === undefined || personId === undefined) continue
      const key = `${kind} ${personId}`
      if (seen.has(key)) continue
      seen.add(key)
      const known = slots.get(key)
      const code = kind === 'overlap' ? 'overlaps-another-meeting' : kind
      slots.set(key, { code, personId, slots: (known?.slots ?? 0) + 1 })
    }
  }
  return [...slots.values()].sort((a, b) => b.slots - a.slots)
}
