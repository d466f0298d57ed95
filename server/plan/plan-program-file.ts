import { Type } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { DomainError, type Fault } from '../../shared/domain/errors.ts'
import { faultsOfPairs } from '../../shared/scheduling/programme/check-pairs.ts'
import { readSpans } from '../../shared/scheduling/read-spans.ts'
import { CLINIC_KINDS, type Program } from '../../shared/scheduling/types.ts'
import { JsonFault, splitJson } from './split-json.ts'

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

const Person = Type.Object(
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
)
const Pair = Type.Object(
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
)

/** The shape of a program file; texts (dates, times, zones) are read, and refused, by the engine. */
const ProgramFile = Type.Object(
  {
    format: Type.Enum(['protected-time/program@1']),
    horizon: Type.Object({ start: Type.String(), end: Type.String() }, closed),
    grainMinutes: Type.Optional(Type.Enum([5, 15])),
    earliestStart: Type.Optional(Type.String()),
    people: Type.Array(Person),
    pairs: Type.Array(Pair),
  },
  closed,
)
const programFile = Compile(ProgramFile)
const person = Compile(Person)
const pair = Compile(Pair)

/**
 * The program that a file holds, read person by person as it arrives, checked in shape and in who meets whom; busy time
 * is packed at once, dates, times and zones are checked where the engine reads them.
 * @param chunks the file's bytes, UTF-8, with or without a byte order mark
 * @throws DomainError `invalid-plan` with the path of each fault found, e.g. `pairs[3].windows[0].to`
 */
export async function readProgramFile(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Program> {
  const faults: Fault[] = []
  const members = new Map<string, unknown>()
  const lists = new Map<string, unknown[]>()
  try {
    for await (const { name: nameText, element, text, line } of splitJson(chunks)) {
      const name = String(parsePiece(nameText, '', line))
      if (element === undefined || element === 0) {
        if (members.has(name) || lists.has(name)) faults.push({ path: name, message: 'is given twice' })
      }
      if (element === undefined) {
        members.set(name, parsePiece(text, name, line))
        continue
      }
      const path = `${name}[${element}]`
      const value = parsePiece(text, path, line)
      const list = lists.get(name) ?? []
      lists.set(name, list)
      list.push(name === 'people' ? readPerson(value, path, faults) : value)
      if (name === 'pairs' && !pair.Check(value)) faults.push(...shapeFaults(pair, value, path))
    }
  } catch (cause) {
    if (cause instanceof JsonFault) throw refusal([...faults, { path: '', message: cause.message }])
    throw cause
  }
  const { people = members.get('people'), pairs = members.get('pairs') } = Object.fromEntries(lists)
  // Elements are checked already, each when it came.
  const rest = { ...Object.fromEntries([...members, ...lists]), people: shell(people), pairs: shell(pairs) }
  if (!programFile.Check(rest)) faults.push(...shapeFaults(programFile, rest, ''))
  if (faults.length > 0) throw refusal(faults)
  // Whole and part by part it has the shape now.
  const program = { ...rest, people, pairs } as Program
  const between = faultsOfPairs(program)
  if (between.length > 0) throw refusal(between)
  return program
}

/** A list without its elements; anything else as it is. */
const shell = (value: unknown): unknown => (Array.isArray(value) ? [] : value)

/** A person of the file with spans packed, so that their texts can go; unchanged where the shape is wrong. */
function readPerson(value: unknown, path: string, faults: Fault[]): unknown {
  if (!person.Check(value)) {
    faults.push(...shapeFaults(person, value, path))
    return value
  }
  try {
    const packed: Partial<Record<'busy' | 'unknown' | 'holds', Int32Array>> = {}
    for (const layer of ['busy', 'unknown', 'holds'] as const) {
      const spans = value[layer]
      if (spans) packed[layer] = readSpans(spans, `${path}.${layer}`)
    }
    return { ...value, ...packed }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    faults.push(...error.faults)
    return value
  }
}

const refusal = (faults: readonly Fault[]): DomainError =>
  new DomainError('invalid-plan', 'The program file cannot be read.', faults)

function parsePiece(text: string, path: string, line: number): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'unreadable'
    // The place is told within the piece; people look for it in the file.
    const before = text.slice(0, Number(/at position (\d+)/.exec(why)?.[1] ?? 0))
    const at = line + before.split('\n').length - 1
    throw refusal([{ path, message: `line ${at} is not JSON: ${why.replace(/ in JSON at position .*$/s, '')}` }])
  }
}

/** The validator's errors in our words, one per place. */
function shapeFaults(shape: Validator, value: unknown, root: string): readonly Fault[] {
  const faults = new Map<string, Fault>()
  const add = (path: string, message: string) => {
    if (!faults.has(path)) faults.set(path, { path, message })
  }
  for (const error of shape.Errors(value)) {
    const path = pathOf(error.instancePath, root)
    if (error.keyword === 'required') {
      for (const name of error.params.requiredProperties) add(path === '' ? name : `${path}.${name}`, 'is missing')
    } else if (error.keyword === 'boolean') add(path, 'is not a field of the format')
    else if (error.keyword === 'enum') add(path, `must be one of ${error.params.allowedValues.join(', ')}`)
    else if (error.keyword !== 'additionalProperties') add(path, error.message)
  }
  return [...faults.values()]
}

/** `/windows/0/to` of `pairs[3]` as `pairs[3].windows[0].to`. */
const pathOf = (pointer: string, root: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`), root)
