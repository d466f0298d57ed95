import type { Program, SchedulingPerson, Window } from '../../shared/scheduling/types.ts'

/** Every property test draws the same cases each time; change it to look at others. */
export const SEED = 20_270_628

/** A program of one pair: the first person organizes, the others attend. */
export function aProgram({
  people = [
    { id: 'mentee', timeZone: 'UTC' },
    { id: 'mentor', timeZone: 'UTC' },
  ],
  windows = [{ from: '2027-09-01', to: '2027-10-01' }],
  minutes = 30,
  horizon = { start: '2027-08-30', end: '2028-08-30' },
  ...rest
}: {
  readonly people?: readonly SchedulingPerson[]
  readonly windows?: readonly Window[]
  readonly minutes?: number
  readonly horizon?: Program['horizon']
  readonly grainMinutes?: 5 | 15
  readonly earliestStart?: string
}): Program {
  const [organizer = { id: 'nobody' }, ...attendees] = people
  return {
    format: 'protected-time/program@1',
    horizon,
    people,
    pairs: [{ id: 'pair', organizer: organizer.id, attendees: attendees.map(({ id }) => id), minutes, windows }],
    ...rest,
  }
}
