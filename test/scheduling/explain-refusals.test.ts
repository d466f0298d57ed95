import fc from 'fast-check'
import { expect, test } from 'vitest'
import { proposePair } from '../../shared/scheduling/propose-pair.ts'
import type { ClinicKind, ClinicLayer, Program, Reason, SchedulingPerson } from '../../shared/scheduling/types.ts'
import { aProgram, SEED } from './builders.ts'
import { possibleStarts } from './minute-oracle.ts'
import { pairProgram } from './random-programs.ts'

const hoursOnly = ({ id, timeZone, workingHours }: SchedulingPerson): SchedulingPerson => ({
  id,
  timeZone,
  ...(workingHours ? { workingHours } : {}),
})

/** Starts per window when people are known as `change` makes them, everybody else by working hours alone. */
const startsWith = (program: Program, change: (person: SchedulingPerson) => Partial<SchedulingPerson>) =>
  possibleStarts(
    { ...program, people: program.people.map((person) => ({ ...hoursOnly(person), ...change(person) })) },
    program.pairs[0]!,
  ).map((starts) => new Set(starts.map(({ start }) => start)))

/** A clinic layer reduced to the hard entries of one kind. */
function onlyKind(clinic: ClinicLayer, kind: ClinicKind, bufferMinutes: number): ClinicLayer {
  const isKept = (block: { readonly kind?: ClinicKind; readonly hardness?: 'hard' | 'soft' }) =>
    (block.kind ?? 'clinic') === kind && (block.hardness ?? (kind === 'jeopardy' ? 'soft' : 'hard')) === 'hard'
  return {
    bufferMinutes,
    weekly: (clinic.weekly ?? []).filter(isKept),
    dated: (clinic.dated ?? []).filter(isKept),
    ...(clinic.rotation
      ? {
          rotation: {
            ...clinic.rotation,
            weeks: clinic.rotation.weeks.map((week) => ({ ...week, blocks: week.blocks.filter(isKept) })),
          },
        }
      : {}),
  }
}

const KINDS = ['clinic', 'procedure', 'service', 'call', 'post-call', 'night', 'teaching', 'leave', 'unknown'] as const

test('every rule counts just the starts within working hours that it refuses by itself', () => {
  fc.assert(
    fc.property(pairProgram, (program) => {
      const { windowFacts } = proposePair({ program, pairId: 'pair' })
      const all = startsWith(program, () => ({}))
      const expectCount = (person: SchedulingPerson, code: Reason['code'], refused: readonly number[]) => {
        const counted = windowFacts.map(({ reasons }) =>
          reasons.filter((reason) => reason.personId === person.id && reason.code === code).map(({ slots }) => slots),
        )
        expect(counted).toEqual(refused.map((count) => (count === 0 ? [] : [count])))
      }
      const missing = (person: SchedulingPerson, rest: Partial<SchedulingPerson>, from = all) => {
        const left = startsWith(program, ({ id }) => (id === person.id ? rest : {}))
        return from.map((starts, window) => [...starts].filter((start) => !left[window]!.has(start)).length)
      }
      for (const person of program.people) {
        if (person.busy) expectCount(person, 'busy', missing(person, { busy: person.busy }))
        if (person.holds) expectCount(person, 'held', missing(person, { holds: person.holds }))
        if (person.unknown) expectCount(person, 'unknown', missing(person, { unknown: person.unknown }))
        if (person.daysOff) expectCount(person, 'day-off', missing(person, { daysOff: person.daysOff }))
        if (!person.clinic) continue
        const { clinic } = person
        for (const kind of KINDS) {
          expectCount(
            person,
            kind === 'unknown' ? 'unknown-code' : kind,
            missing(person, { clinic: onlyKind(clinic, kind, 0) }),
          )
        }
        const besideClinic = startsWith(program, ({ id }) =>
          id === person.id ? { clinic: onlyKind(clinic, 'clinic', 0) } : {},
        )
        expectCount(
          person,
          'near-clinic',
          missing(person, { clinic: onlyKind(clinic, 'clinic', clinic.bufferMinutes ?? 15) }, besideClinic),
        )
      }
    }),
    { seed: SEED, numRuns: 25 },
  )
}, 60_000)

test('what the horizon and the notice cut off is counted, to the hour of a clock change', () => {
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday: weekday as 1, start: '00:00', end: '24:00' }))
  const program = aProgram({
    people: [{ id: 'mentee', timeZone: 'America/New_York', workingHours: always }],
    windows: [{ from: '2027-11-06', to: '2027-11-10' }],
    horizon: { start: '2027-11-07', end: '2027-11-09' },
    earliestStart: '2027-11-07T05:00:00Z',
  })
  const { windowFacts } = proposePair({ program, pairId: 'pair' })
  // 7 November has 25 hours, one of them before the notice ends; the days before and after are not in the horizon.
  expect(windowFacts).toEqual([
    {
      window: 0,
      possibleStarts: 48 * 4,
      reasons: [
        { code: 'outside-horizon', slots: 48 * 4 },
        { code: 'too-soon', slots: 4 },
      ],
    },
  ])
})

test('a kind of duty bears its label where all its entries in the window do, and none where they differ', () => {
  const block = (weekday: 1 | 3, label: string) => ({ weekday, start: '08:00', end: '12:00', label })
  const reasonsWith = (labels: readonly [string, string]) => {
    const clinic = { weekly: [block(1, labels[0]), block(3, labels[1])] }
    const program = aProgram({
      people: [{ id: 'mentee', timeZone: 'UTC', clinic }],
      windows: [{ from: '2027-09-06', to: '2027-09-13' }],
    })
    return proposePair({ program, pairId: 'pair' }).windowFacts[0]!.reasons.find(({ code }) => code === 'clinic')
  }
  expect(reasonsWith(['Continuity clinic', 'Continuity clinic'])?.label).toBe('Continuity clinic')
  expect(reasonsWith(['Continuity clinic', 'Oncology'])?.label).toBeUndefined()
})
