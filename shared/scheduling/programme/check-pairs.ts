import type { Fault } from '../../domain/errors.ts'
import type { Program } from '../types.ts'

/**
 * What is wrong with who meets whom: ids used twice, people nobody knows, somebody who would meet themselves or be
 * counted twice. Texts (dates, zones, times) are checked where they are read.
 */
export function faultsOfPairs(program: Pick<Program, 'people' | 'pairs'>): readonly Fault[] {
  const faults: Fault[] = []
  const people = new Set<string>()
  program.people.forEach(({ id }, index) => {
    if (people.has(id)) faults.push({ path: `people[${index}].id`, message: `"${id}" is used twice` })
    people.add(id)
  })
  const pairs = new Set<string>()
  program.pairs.forEach((pair, index) => {
    const path = `pairs[${index}]`
    if (pairs.has(pair.id)) faults.push({ path: `${path}.id`, message: `"${pair.id}" is used twice` })
    pairs.add(pair.id)
    const unknown = (id: string) => `nobody among the people has the id "${id}"`
    if (!people.has(pair.organizer)) faults.push({ path: `${path}.organizer`, message: unknown(pair.organizer) })
    const seen = new Set([pair.organizer])
    pair.attendees.forEach((id, position) => {
      const attendee = `${path}.attendees[${position}]`
      if (!people.has(id)) faults.push({ path: attendee, message: unknown(id) })
      else if (id === pair.organizer) faults.push({ path: attendee, message: 'the organizer cannot attend twice' })
      else if (seen.has(id)) faults.push({ path: attendee, message: `"${id}" is named twice` })
      seen.add(id)
    })
  })
  return faults
}
