import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import type {
  ClinicKind,
  ClinicLayer,
  DatedBlock,
  Program,
  SchedulingPerson,
  Weekday,
  WeeklyBlock,
  WeeklyHours,
} from '../../shared/scheduling/types.ts'

/** Odd offsets, half-hour clock changes, changes at midnight and weekly ones around Ramadan. */
export const ZONES = [
  'Asia/Kathmandu',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'America/New_York',
  'America/Los_Angeles',
  'Europe/London',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'Asia/Beirut',
  'America/Havana',
  'Pacific/Kiritimati',
  'UTC',
] as const

/** Days before clock changes of those zones, both ways, and quiet ones. */
const HORIZON_STARTS = [
  '2027-02-05',
  '2027-03-12',
  '2027-03-26',
  '2027-04-02',
  '2027-07-01',
  '2027-10-01',
  '2027-10-29',
  '2027-11-05',
  '2027-12-29',
  '2028-02-27',
] as const

const KINDS: readonly ClinicKind[] = [
  'clinic',
  'procedure',
  'service',
  'call',
  'post-call',
  'night',
  'teaching',
  'leave',
  'unknown',
  'jeopardy',
]

const timeText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const addDays = (date: string, days: number) => Temporal.PlainDate.from(date).add({ days }).toString()

const weekday = fc.integer({ min: 1, max: 7 }).map((value) => value as Weekday)
const hours = (step: number): fc.Arbitrary<{ start: string; end: string }> =>
  fc
    .tuple(fc.integer({ min: 0, max: 1440 / step - 1 }), fc.integer({ min: 1, max: 240 / step }))
    .map(([start, length]) => ({
      start: timeText(start * step),
      end: timeText(Math.min(1440, (start + length) * step)),
    }))

const weeklyHours: fc.Arbitrary<WeeklyHours> = fc
  .record({ weekday, span: hours(5) })
  .map(({ weekday, span }) => ({ weekday, ...span }))
/** Long enough that something is left beside clinic. */
const workingHours = fc.array(
  fc
    .record({ weekday, start: fc.integer({ min: 0, max: 120 }), length: fc.integer({ min: 60, max: 168 }) })
    .map(({ weekday, start, length }) => ({
      weekday,
      start: timeText(start * 5),
      end: timeText(Math.min(1440, (start + length) * 5)),
    })),
  { minLength: 4, maxLength: 8 },
)

const details = fc.record(
  {
    label: fc.constantFrom('Clinic', 'Ward', 'OR'),
    kind: fc.constantFrom(...KINDS),
    hardness: fc.constantFrom('hard' as const, 'soft' as const),
  },
  { requiredKeys: [] },
)
const weeklyBlock: fc.Arbitrary<WeeklyBlock> = fc
  .tuple(weeklyHours, details)
  .map(([block, more]) => ({ ...block, ...more }))

function datedBlock(from: string): fc.Arbitrary<DatedBlock> {
  const day = fc.integer({ min: -3, max: 10 })
  const time = fc.integer({ min: 0, max: 287 }).map((value) => timeText(value * 5))
  return fc.oneof(
    // All day, one or several.
    fc.tuple(day, fc.integer({ min: 1, max: 3 }), details).map(([start, days, more]) => ({
      start: addDays(from, start),
      end: addDays(from, start + days),
      ...more,
    })),
    // Overnight, and the rest after it.
    fc
      .tuple(day, time, time, details)
      .map(([start, begins, ends, more]) => ({
        start: `${addDays(from, start)}T${begins}`,
        end: `${addDays(from, start + 1)}T${ends}`,
        ...more,
      }))
      .filter(({ start, end }) => start < end),
  )
}

const clinicLayer = (from: string): fc.Arbitrary<ClinicLayer> =>
  fc.record(
    {
      bufferMinutes: fc.integer({ min: 0, max: 40 }),
      weekly: fc.array(weeklyBlock, { maxLength: 3 }),
      rotation: fc.integer({ min: 1, max: 5 }).chain((cycleWeeks) =>
        fc.record({
          cycleWeeks: fc.constant(cycleWeeks),
          firstWeekStart: fc.constantFrom('2027-01-04', '2027-06-28', '2029-01-01'),
          weeks: fc.array(
            fc.record({
              week: fc.integer({ min: 0, max: cycleWeeks - 1 }),
              blocks: fc.array(weeklyBlock, { maxLength: 4 }),
            }),
            { maxLength: 3 },
          ),
        }),
      ),
      dated: fc.array(datedBlock(from), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  )

/** Instants near the horizon, some of them between two minutes. */
const spans = (from: string) =>
  fc.array(
    fc
      .tuple(fc.integer({ min: -2880, max: 14_400 }), fc.integer({ min: 0, max: 300 }), fc.constantFrom(0, 0, 30))
      .map(([start, minutes, seconds]) => {
        const at = Temporal.Instant.from(`${from}T00:00:00Z`).add({ seconds: start * 60 + seconds })
        return [at.toString(), at.add({ minutes }).toString()] as const
      }),
    { maxLength: 4 },
  )

const person = (id: string, from: string, homeZone: string): fc.Arbitrary<SchedulingPerson> =>
  fc
    .record(
      {
        // Most share a clock, or nobody would ever meet.
        timeZone: fc.oneof({ weight: 3, arbitrary: fc.constant(homeZone) }, fc.constantFrom(...ZONES)),
        workingHours,
        clinic: clinicLayer(from),
        busy: spans(from),
        unknown: spans(from),
        holds: spans(from),
        daysOff: fc.array(
          fc.integer({ min: -2, max: 9 }).map((days) => addDays(from, days)),
          { maxLength: 2 },
        ),
        protectedTime: fc.array(weeklyHours, { maxLength: 2 }),
      },
      { requiredKeys: ['timeZone'] },
    )
    .map((rest) => ({ id, ...rest }))

/** A program of one pair (two to four people) over a few days, its windows disjoint but not all inside the horizon. */
export const pairProgram: fc.Arbitrary<Program> = fc
  .tuple(fc.constantFrom(...HORIZON_STARTS), fc.constantFrom(...ZONES))
  .chain(([from, homeZone]) =>
    fc
      .record({
        days: fc.integer({ min: 4, max: 12 }),
        grainMinutes: fc.constantFrom(5 as const, 15 as const),
        minutes: fc.constantFrom(15, 20, 30, 30, 45, 60, 90),
        people: fc
          .integer({ min: 2, max: 4 })
          .chain((count) =>
            fc.tuple(...Array.from({ length: count }, (_, index) => person(`person-${index}`, from, homeZone))),
          ),
        edges: fc.uniqueArray(fc.integer({ min: -2, max: 11 }), { minLength: 2, maxLength: 5 }),
        earliestMinutes: fc.option(fc.integer({ min: -1440, max: 4000 })),
      })
      .map(({ days, grainMinutes, minutes, people, edges, earliestMinutes }) => {
        const sorted = edges.toSorted((a, b) => a - b)
        return {
          format: 'protected-time/program@1' as const,
          horizon: { start: from, end: addDays(from, days) },
          grainMinutes,
          people,
          pairs: [
            {
              id: 'pair',
              organizer: 'person-0',
              attendees: people.slice(1).map(({ id }) => id),
              minutes,
              windows: sorted
                .slice(1)
                .map((to, index) => ({ from: addDays(from, sorted[index]!), to: addDays(from, to) })),
            },
          ],
          ...(earliestMinutes === null
            ? {}
            : {
                earliestStart: Temporal.Instant.from(`${from}T00:00:00Z`).add({ minutes: earliestMinutes }).toString(),
              }),
        }
      }),
  )
