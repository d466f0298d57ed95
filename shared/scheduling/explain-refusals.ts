import { countBits, countRefusedStarts, fillBits, hasAnyBit, hasBit, keepRunStarts } from './bit-row.ts'
import {
  commonStarts,
  extentOf,
  type GrainRange,
  grainsOfDays,
  type PreparedPair,
  type PreparedWindow,
} from './candidates.ts'
import { limitPassed } from './caps.ts'
import { SPAN_FIELDS } from './clinic-spans.ts'
import { clinicSpansOf, type Layer } from './fill-layer.ts'
import type { Grid } from './grid.ts'
import type { PersonRows, Rows } from './rows.ts'
import type { ClinicKind, Reason, ReasonCode } from './types.ts'
import { CLINIC_KINDS } from './types.ts'

const CODE_OF_KIND: Readonly<Record<ClinicKind, ReasonCode>> = {
  clinic: 'clinic',
  procedure: 'procedure',
  service: 'service',
  call: 'call',
  'post-call': 'post-call',
  night: 'night',
  teaching: 'teaching',
  leave: 'leave',
  unknown: 'unknown-code',
  jeopardy: 'jeopardy',
}
const LAYER_CODES = [
  ['daysOff', 'day-off'],
  ['unknown', 'unknown'],
  ['busy', 'busy'],
  ['holds', 'held'],
] as const satisfies readonly (readonly [Layer, ReasonCode])[]

/**
 * For each window of a pair, what refuses its starts. `slots` counts the starts (one per grain) that a rule refuses on
 * its own account, so the counts of several rules may cover the same start. Outside working hours counts all starts of
 * the window; every other rule of a person counts only starts within everybody's working hours, where it matters. Rules
 * with the most refused starts come first, working hours last.
 */
export function explainWindows(rows: Rows, prepared: PreparedPair): readonly (readonly Reason[])[] {
  const ranges = prepared.windows.map(({ starts }) => starts)
  const reasons: Reason[][] = prepared.windows.map((window) => rangeReasons(rows.grid, prepared, window))
  const { from, to } = extentOf(prepared)
  const first = from >>> 5
  const last = Math.min(rows.grid.words, ((to + prepared.length) >>> 5) + 2)
  if (ranges.length === 0 || first >= last) return reasons
  const extent: Extent = { first, last, length: prepared.length, ranges, reasons }
  const inHours = explainWork(prepared, extent)
  for (const [position, person] of prepared.participants.entries()) {
    for (const [layer, code] of LAYER_CODES) {
      if ((person.person[layer]?.length ?? 0) === 0) continue
      count(extent, cut(person.layers[layer], extent), inHours, { code, personId: person.person.id })
    }
    if (person.person.clinic) explainClinic(rows.grid, person, extent, inHours)
    if (prepared.baseLoads[position]) explainLimits(rows, prepared, position, extent)
  }
  for (const list of reasons) list.sort(bySlots)
  return reasons
}

const bySlots = (a: Reason, b: Reason): number =>
  Number(a.code === 'outside-working-hours') - Number(b.code === 'outside-working-hours') ||
  (b.slots ?? 0) - (a.slots ?? 0)

/** The words [first, last) of a row that all windows lie in; bit 0 of a cut row is grain `first * 32`. */
type Extent = {
  readonly first: number
  readonly last: number
  readonly length: number
  readonly ranges: readonly GrainRange[]
  readonly reasons: Reason[][]
}

/** What the horizon and the notice cut off a window. */
function rangeReasons(grid: Grid, { organizer }: PreparedPair, { from, to, open, starts }: PreparedWindow): Reason[] {
  const all = grainsOfDays(grid, organizer, from, to)
  const outside = all.to - all.from - (open.to - open.from)
  const tooSoon = Math.min(starts.from, open.to) - open.from
  return [
    ...(outside > 0 ? [{ code: 'outside-horizon' as const, slots: outside }] : []),
    ...(tooSoon > 0 ? [{ code: 'too-soon' as const, slots: tooSoon }] : []),
  ]
}

const cut = (row: Uint32Array, { first, last }: Extent): Uint32Array => row.subarray(first, last)

/** Counts who does not work when, and answers the starts at which everybody does. */
function explainWork({ participants }: PreparedPair, extent: Extent): Uint32Array {
  /** By row of working hours: people with the same hours share it. */
  const known = new Map<Uint32Array, WorkStarts>()
  for (const { person, layers } of participants) {
    // Some rows are built when they are asked for.
    const { work } = layers
    const starts = known.get(work) ?? startsWithin(work, extent)
    known.set(work, starts)
    for (const [index, slots] of starts.outside.entries()) {
      if (slots > 0) extent.reasons[index]?.push({ code: 'outside-working-hours', personId: person.id, slots })
    }
  }
  const [{ row: inHours } = { row: new Uint32Array() }, ...others] = known.values()
  for (const { row } of others) {
    for (let word = 0; word < inHours.length; word++) inHours[word] = (inHours[word] ?? 0) & (row[word] ?? 0)
  }
  return inHours
}

/** The starts of whole meetings within working hours, and by window how many others there are. */
type WorkStarts = { readonly row: Uint32Array; readonly outside: readonly number[] }

function startsWithin(work: Uint32Array, { first, last, length, ranges }: Extent): WorkStarts {
  const row = work.slice(first, last)
  keepRunStarts(row, length)
  return { row, outside: ranges.map(({ from, to }) => to - from - countBits(row, from - first * 32, to - first * 32)) }
}

/** Starts of a window within working hours that a cut row of blocked time refuses. */
const refusedIn = (
  blocked: Uint32Array,
  inHours: Uint32Array,
  { first, length }: Extent,
  { from, to }: GrainRange,
): number => countRefusedStarts(blocked, length, inHours, from - first * 32, to - first * 32)

function count(
  extent: Extent,
  blocked: Uint32Array,
  inHours: Uint32Array,
  { code, personId }: { readonly code: ReasonCode; readonly personId: string },
): void {
  const { ranges, reasons } = extent
  for (let index = 0; index < ranges.length; index++) {
    const slots = refusedIn(blocked, inHours, extent, ranges[index] as GrainRange) // within its length
    if (slots > 0) reasons[index]?.push({ code, personId, slots })
  }
}

/** One reason per kind of duty, with its label where all entries of the kind in the window bear the same. */
function explainClinic(grid: Grid, person: PersonRows, extent: Extent, inHours: Uint32Array): void {
  const { fields, labels } = clinicSpansOf(grid, person)
  const offset = extent.first * 32
  const kindRows = new Map<number, Uint32Array>()
  let near: Uint32Array | undefined
  for (let at = 0; at < fields.length; at += SPAN_FIELDS) {
    if (fields[at + 5] === 0) continue
    const start = fields[at] ?? 0
    const end = fields[at + 1] ?? 0
    const around = fields[at + 2] ?? 0
    const aroundEnd = fields[at + 3] ?? 0
    const kind = fields[at + 4] ?? 0
    let row = kindRows.get(kind)
    if (!row) {
      row = new Uint32Array(extent.last - extent.first)
      kindRows.set(kind, row)
    }
    fillBits(row, start - offset, end - offset)
    if (around === start && aroundEnd === end) continue
    near ??= new Uint32Array(extent.last - extent.first)
    fillBits(near, around - offset, aroundEnd - offset)
  }
  for (const [kind, row] of kindRows) {
    const code = CODE_OF_KIND[CLINIC_KINDS[kind] ?? 'unknown']
    for (const [index, range] of extent.ranges.entries()) {
      const slots = refusedIn(row, inHours, extent, range)
      if (slots === 0) continue
      const label = commonLabel(fields, labels, kind, range)
      extent.reasons[index]?.push({
        code,
        personId: person.person.id,
        ...(label === undefined ? {} : { label }),
        slots,
      })
    }
  }
  if (!near) return
  // What only the buffer refuses: all that buffer and clinic refuse, less what clinic does.
  const clinic = kindRows.get(0) ?? new Uint32Array(near.length)
  for (let word = 0; word < near.length; word++) near[word] = (near[word] ?? 0) | (clinic[word] ?? 0)
  for (const [index, range] of extent.ranges.entries()) {
    const slots = refusedIn(near, inHours, extent, range) - refusedIn(clinic, inHours, extent, range)
    if (slots > 0) extent.reasons[index]?.push({ code: 'near-clinic', personId: person.person.id, slots })
  }
}

function commonLabel(
  fields: Int32Array,
  labels: readonly string[],
  kind: number,
  { from, to }: GrainRange,
): string | undefined {
  let common: number | undefined
  for (let at = 0; at < fields.length; at += SPAN_FIELDS) {
    if (fields[at + 4] !== kind || fields[at + 5] === 0) continue
    if ((fields[at] ?? 0) >= to || (fields[at + 1] ?? 0) <= from) continue
    const label = fields[at + 6] ?? -1
    if (common !== undefined && common !== label) return undefined
    common = label
  }
  return common === undefined ? undefined : labels[common]
}

/** Starts that are free for everybody but would pass one person's limit. */
function explainLimits(rows: Rows, prepared: PreparedPair, position: number, extent: Extent): void {
  const person = prepared.participants[position]
  const load = prepared.baseLoads[position]
  if (!person || !load || !prepared.hasBaseLoads) return
  for (const [index, { from, to }] of extent.ranges.entries()) {
    if (to <= from) continue
    const { row, base } = commonStarts(prepared, from, to)
    const refused = { 'day-limit': 0, 'week-limit': 0 }
    for (let grain = from; grain < to; grain++) {
      if (!hasBit(row, grain - base)) continue
      const code = limitPassed(rows.grid, person, load, grain)
      if (code) refused[code]++
    }
    for (const code of ['day-limit', 'week-limit'] as const) {
      if (refused[code] > 0) extent.reasons[index]?.push({ code, personId: person.person.id, slots: refused[code] })
    }
  }
}

/**
 * What refuses one very meeting, [from, to) in grains, as far as its participants' time is concerned: empty when all are
 * free and within their limits. One reason per person and rule.
 */
export function explainMeeting(rows: Rows, prepared: PreparedPair, from: number, to: number): readonly Reason[] {
  const reasons: Reason[] = []
  for (const [position, person] of prepared.participants.entries()) {
    const personId = person.person.id
    if (countBits(person.layers.work, from, to) < to - from) reasons.push({ code: 'outside-working-hours', personId })
    for (const [layer, code] of LAYER_CODES) {
      if (hasAnyBit(person.layers[layer], from, to)) reasons.push({ code, personId })
    }
    if (hasAnyBit(person.layers.clinic, from, to)) reasons.push(...clinicReasons(rows.grid, person, from, to))
    const passed = limitPassed(rows.grid, person, prepared.baseLoads[position], from)
    if (passed) reasons.push({ code: passed, personId })
  }
  return reasons
}

function clinicReasons(grid: Grid, person: PersonRows, from: number, to: number): readonly Reason[] {
  const { fields, labels } = clinicSpansOf(grid, person)
  const found = new Map<string, Reason>()
  for (let at = 0; at < fields.length; at += SPAN_FIELDS) {
    if (fields[at + 5] === 0 || (fields[at + 2] ?? 0) >= to || (fields[at + 3] ?? 0) <= from) continue
    const isInside = (fields[at] ?? 0) < to && (fields[at + 1] ?? 0) > from
    const code = isInside ? CODE_OF_KIND[CLINIC_KINDS[fields[at + 4] ?? 0] ?? 'unknown'] : 'near-clinic'
    const label = labels[fields[at + 6] ?? -1]
    found.set(`${code}/${label}`, { code, personId: person.person.id, ...(label === undefined ? {} : { label }) })
  }
  return [...found.values()]
}
