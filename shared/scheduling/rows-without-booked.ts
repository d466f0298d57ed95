import { getPair } from './propose-pair.ts'
import { readSpans } from './read-spans.ts'
import type { BookedMeeting } from './replan-types.ts'
import { buildRowsOf, type Rows } from './rows.ts'
import { instantMinute } from './time-text.ts'
import type { Program, SchedulingPerson } from './types.ts'

/** Rows of everybody who has a booked meeting, without the booked meetings themselves. */
export function rowsWithoutBooked(program: Program, booked: readonly BookedMeeting[]): Rows {
  const own = new Map<string, Map<string, number>>()
  for (const { pair: pairId, start } of booked) {
    const pair = getPair(program, pairId)
    const from = instantMinute(start)
    const key = `${Math.floor(from)}/${Math.ceil(from + pair.minutes)}`
    for (const id of new Set([pair.organizer, ...pair.attendees])) {
      const keys = own.get(id) ?? new Map<string, number>()
      keys.set(key, (keys.get(key) ?? 0) + 1)
      own.set(id, keys)
    }
  }
  const people = program.people.map((person, index): SchedulingPerson => {
    const keys = own.get(person.id)
    if (!keys) return person
    return {
      ...person,
      ...(person.busy ? { busy: withoutOwn(readSpans(person.busy, `people[${index}].busy`), keys) } : {}),
      ...(person.holds ? { holds: withoutOwn(readSpans(person.holds, `people[${index}].holds`), keys) } : {}),
    }
  })
  return buildRowsOf({ ...program, people }, new Set(own.keys()))
}

function withoutOwn(spans: Int32Array, own: ReadonlyMap<string, number>): Int32Array {
  const left = new Map(own)
  const kept: number[] = []
  for (let at = 0; at < spans.length; at += 2) {
    const [start = 0, end = 0] = spans.subarray(at, at + 2)
    const key = `${start}/${end}`
    const count = left.get(key) ?? 0
    if (count > 0) left.set(key, count - 1)
    else kept.push(start, end)
  }
  return Int32Array.from(kept)
}
