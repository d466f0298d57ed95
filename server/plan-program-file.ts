import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { DomainError, type Fault } from '../shared/domain/errors.ts'
import { faultsOfPairs } from '../shared/scheduling/programme/check-pairs.ts'
import { CLINIC_KINDS, type Program } from '../shared/scheduling/types.ts'

/** Unknown fields are refused: a misspelt `daysOff` would otherwise book somebody's day off. */
const closed = { additionalProperties: false } as const
const Id = Type.String({ minLength: 1 })
const Weekday = Type.Enum([1, 2, 3, 4, 5, 6, 7])
const hours = { weekday: Weekday, start: Type.String(), end: Type.String() }
const marks = {
  label: Type.Optional(Type.String()),
  kind: Type.Optional(Type.Enum(CLINIC_KINDS)),
  hardness: Type.Optional(Type.Enum(['hard', 'soft'])),
}
const WeeklyHours = Type.Object(hours, closed)
const WeeklyBlock = Type.Object({ ...hours, ...marks }, closed)
const DatedBlock = Type.Object({ start: Type.String(), end: Type.String(), ...marks }, closed)
const Spans = Type.Array(Type.Tuple([Type.String(), Type.String()]))
const Count = Type.Integer({ minimum: 0 })

/** The shape of a program file; texts (dates, times, zones) are read, and refused, by the engine. */
const ProgramFile = Type.Object(
  {
    format: Type.Enum(['protected-time/program@1']),
    horizon: Type.Object({ start: Type.String(), end: Type.String() }, closed),
    grainMinutes: Type.Optional(Type.Enum([5, 15])),
    earliestStart: Type.Optional(Type.String()),
    people: Type.Array(
      Type.Object(
        {
          id: Id,
          timeZone: Type.String(),
          workingHours: Type.Optional(Type.Array(WeeklyHours)),
          clinic: Type.Optional(
            Type.Object(
              {
                bufferMinutes: Type.Optional(Type.Number({ minimum: 0, maximum: 1440 })),
                weekly: Type.Optional(Type.Array(WeeklyBlock)),
                rotation: Type.Optional(
                  Type.Object(
                    {
                      cycleWeeks: Type.Integer({ minimum: 1, maximum: 104 }),
                      firstWeekStart: Type.String(),
                      weeks: Type.Array(Type.Object({ week: Count, blocks: Type.Array(WeeklyBlock) }, closed)),
                    },
                    closed,
                  ),
                ),
                dated: Type.Optional(Type.Array(DatedBlock)),
              },
              closed,
            ),
          ),
          busy: Type.Optional(Spans),
          unknown: Type.Optional(Spans),
          holds: Type.Optional(Spans),
          daysOff: Type.Optional(Type.Array(Type.String())),
          protectedTime: Type.Optional(Type.Array(WeeklyHours)),
          limits: Type.Optional(
            Type.Object({ meetingsPerWeek: Type.Optional(Count), meetingsPerDay: Type.Optional(Count) }, closed),
          ),
        },
        closed,
      ),
    ),
    pairs: Type.Array(
      Type.Object(
        {
          id: Id,
          organizer: Id,
          attendees: Type.Array(Id),
          minutes: Type.Integer({ minimum: 1, maximum: 1440 }),
          windows: Type.Array(
            Type.Object({ from: Type.String(), to: Type.String(), day: Type.Optional(Type.String()) }, closed),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
)
const programFile = Compile(ProgramFile)

/**
 * The program that a file's text holds, checked in shape and in who meets whom; dates, times and zones are checked
 * where the engine reads them.
 * @throws DomainError `invalid-plan` with the path of each fault found, e.g. `pairs[3].windows[0].to`
 */
export function readProgramFile(text: string): Program {
  const value = parseJson(text)
  if (!programFile.Check(value)) throw refusal(shapeFaults(value))
  const faults = faultsOfPairs(value)
  if (faults.length > 0) throw refusal(faults)
  return value
}

const refusal = (faults: readonly Fault[]): DomainError =>
  new DomainError('invalid-plan', 'The program file cannot be read.', faults)

function parseJson(text: string): unknown {
  try {
    // A byte order mark, as editors on Windows write it, is no fault.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw refusal([{ path: '', message: `not JSON: ${cause instanceof Error ? cause.message : 'unreadable'}` }])
  }
}

/** The validator's errors in our words, one per place. */
function shapeFaults(value: unknown): readonly Fault[] {
  const faults = new Map<string, Fault>()
  const add = (path: string, message: string) => {
    if (!faults.has(path)) faults.set(path, { path, message })
  }
  for (const error of programFile.Errors(value)) {
    const path = pathOf(error.instancePath)
    if (error.keyword === 'required') {
      for (const name of error.params.requiredProperties) add(path === '' ? name : `${path}.${name}`, 'is missing')
    } else if (error.keyword === 'boolean') add(path, 'is not a field of the format')
    else if (error.keyword === 'enum') add(path, `must be one of ${error.params.allowedValues.join(', ')}`)
    else if (error.keyword !== 'additionalProperties') add(path, error.message)
  }
  return [...faults.values()]
}

/** `/pairs/3/windows/0/to` as `pairs[3].windows[0].to`. */
function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('')
}
