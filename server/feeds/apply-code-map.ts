import type { CodeMap, CodeRule } from '../../shared/api/clinic.ts'
import type { DatedBlock } from '../../shared/scheduling/types.ts'
import { FEED_LIMITS, refuseFeed } from './refuse-feed.ts'
import type { ReadFeed } from './types.ts'
import {
  DAY_SECONDS,
  type DayNumber,
  dateText,
  dayNumberOf,
  isMidnight,
  minuteAfter,
  minuteBefore,
  momentText,
  secondsOfTime,
  type WallSeconds,
} from './wall-seconds.ts'

/** One duty of one person before anybody knows what its code means. Wall times are the person's. */
export type CodedEntry = {
  /** The code, then other texts (categories) that a rule may name. */
  readonly texts: readonly string[]
  readonly start: WallSeconds
  readonly end: WallSeconds
  readonly isAllDay: boolean
  readonly line?: number
}
type Meaning = Exclude<CodeRule['meaning'], { ignore: true }>
/** A part of an entry that lies on one day: what precedence is decided on. */
type Duty = {
  readonly code: string
  readonly day: DayNumber
  readonly start: WallSeconds
  readonly end: WallSeconds
  /** Absent: the code has no rule. */
  readonly meaning?: Meaning
}
type Block = { start: WallSeconds; end: WallSeconds; label: string; kind: Meaning['kind']; hardness: 'hard' | 'soft' }

/** A code map made ready for many look-ups: the first rule that fits any of the texts. */
export type CodeLookup = (texts: readonly string[]) => CodeRule | undefined

export function lookUpCodes(codeMap: CodeMap): CodeLookup {
  const rules = codeMap.rules.map((rule) => ({ rule, fits: matcher(rule.pattern) }))
  const known = new Map<string, CodeRule | undefined>()
  return (texts) => {
    const key = texts.join('\n')
    if (!known.has(key)) known.set(key, rules.find(({ fits }) => texts.some((text) => fits(foldCode(text))))?.rule)
    return known.get(key)
  }
}

/**
 * Turns codes into blocks of the person's wall time.
 * - The first rule whose pattern fits decides; a code without one is hard, of kind `unknown`, and reported.
 * - An all-day duty takes the hours of its rule on each of its days; an end at or before the start is the next morning.
 *   An entry that runs from midnight to midnight (or 23:59) is an all-day one too. Times that an entry has itself win.
 * - Where a day has several codes the highest precedence supersedes the others that begin that day; equal ones add up.
 *   A code without a rule is never superseded, since nobody said what it is.
 * - `restUntil` makes the morning after a duty `post-call`.
 * @param period days wanted, `to` exclusive; blocks that touch it are answered whole
 */
export function applyCodeMap(
  entries: readonly CodedEntry[],
  lookUp: CodeLookup,
  period: { readonly from: DayNumber; readonly to: DayNumber },
): Pick<ReadFeed, 'blocks' | 'unknownCodes'> {
  const unknownCodes = new Map<string, { code: string; count: number; firstDate: string; line?: number }>()
  const duties = new Map<string, Duty>()
  for (const entry of joinAtMidnight(entries)) {
    const [code = ''] = entry.texts
    const meaning = lookUp(entry.texts)?.meaning
    if (meaning && 'ignore' in meaning) continue
    const days = listDuties(entry, code, meaning, period)
    const fresh = days.filter((duty) => !duties.has(keyOf(duty)))
    for (const duty of fresh) duties.set(keyOf(duty), duty)
    if (duties.size > FEED_LIMITS.expansions) {
      refuseFeed('entries', `More than ${FEED_LIMITS.expansions} duties in the period.`)
    }
    if (meaning || fresh.length === 0) continue
    const seen = unknownCodes.get(foldCode(code))
    const firstDate = dateText(dayNumberOf(entry.start))
    if (seen && seen.firstDate <= firstDate) seen.count++
    else {
      const line = entry.line === undefined ? {} : { line: entry.line }
      unknownCodes.set(foldCode(code), { code: seen?.code ?? code, count: (seen?.count ?? 0) + 1, firstDate, ...line })
    }
  }
  return {
    blocks: joinDays(supersede([...duties.values()]).flatMap(blocksOf), period),
    unknownCodes: [...unknownCodes.values()].sort((a, b) => compareText(a.code, b.code)),
  }
}

/** Some exporters cut a night at midnight; its rest belongs to the morning after, not to the day after that. */
function joinAtMidnight(entries: readonly CodedEntry[]): readonly CodedEntry[] {
  const nights = new Map<string, CodedEntry>()
  const key = (code: string | undefined, midnight: WallSeconds) => `${midnight} ${code}`
  const isPart = (entry: CodedEntry) => !isWholeDays(entry) && entry.end - entry.start <= DAY_SECONDS / 2
  for (const entry of entries) {
    if (isPart(entry) && isMidnight(entry.start)) nights.set(key(entry.texts[0], entry.start), entry)
  }
  const used = new Set<CodedEntry>()
  const joined = entries.map((entry) => {
    const rest = isPart(entry) && isMidnight(entry.end) ? nights.get(key(entry.texts[0], entry.end)) : undefined
    if (!rest || used.has(rest)) return entry
    used.add(rest)
    return { ...entry, end: rest.end }
  })
  return joined.filter((entry) => !used.has(entry))
}
const isWholeDays = ({ isAllDay, start, end }: CodedEntry) =>
  isAllDay || (isMidnight(start) && end > start && (isMidnight(end) || isMidnight(end + 60)))

function listDuties(entry: CodedEntry, code: string, meaning: Meaning | undefined, period: Period): readonly Duty[] {
  const known = meaning ? { meaning } : {}
  if (!isWholeDays(entry)) {
    const { start, end } = entry
    if (end <= (period.from - 2) * DAY_SECONDS || start >= period.to * DAY_SECONDS) return []
    return [{ code, day: dayNumberOf(start), start: minuteBefore(start), end: minuteAfter(end), ...known }]
  }
  const from = Math.max(dayNumberOf(entry.start), period.from - 2)
  const to = Math.min(dayNumberOf(entry.end + DAY_SECONDS - 1), period.to)
  const duties: Duty[] = []
  for (let day = from; day < to; day++) {
    const midnight = day * DAY_SECONDS
    const start = meaning?.start === undefined ? 0 : secondsOfTime(meaning.start)
    const end = meaning?.end === undefined ? DAY_SECONDS : secondsOfTime(meaning.end)
    const nextDay = end <= start ? DAY_SECONDS : 0
    duties.push({ code, day, start: midnight + start, end: midnight + end + nextDay, ...known })
    if (duties.length > FEED_LIMITS.expansions) break
  }
  return duties
}
type Period = { readonly from: DayNumber; readonly to: DayNumber }
const keyOf = (duty: Duty) => `${duty.start} ${duty.end} ${duty.code}`

function supersede(duties: readonly Duty[]): readonly Duty[] {
  const highest = new Map<DayNumber, number>()
  for (const { day, meaning } of duties) {
    if (meaning) highest.set(day, Math.max(highest.get(day) ?? 0, meaning.precedence ?? 0))
  }
  return duties.filter(({ day, meaning }) => !meaning || (meaning.precedence ?? 0) === highest.get(day))
}

function blocksOf({ code, day, start, end, meaning }: Duty): readonly Block[] {
  if (!meaning) return [{ start, end, label: code, kind: 'unknown', hardness: 'hard' }]
  const { kind, restUntil } = meaning
  const hardness = meaning.hardness ?? (kind === 'jeopardy' ? 'soft' : 'hard')
  const block: Block = { start, end, label: code, kind, hardness }
  if (restUntil === undefined) return [block]
  // Rest follows the last night: a duty that ends by 18:00 closes the night before, and a day duty is followed by the next.
  const restDay = Math.max(day, dayNumberOf(end - 18 * 3600)) + 1
  const rest = restDay * DAY_SECONDS + secondsOfTime(restUntil)
  const restStart = Math.max(end, restDay * DAY_SECONDS)
  if (rest <= restStart) return [block]
  return [block, { start: restStart, end: rest, label: `After ${code}`, kind: 'post-call', hardness: 'hard' }]
}

/** Whole days in a row become one block; the rest stays as it is. Sorted by time, so the same file gives the same answer. */
function joinDays(blocks: readonly Block[], { from, to }: Period): readonly DatedBlock[] {
  const sorted = [...blocks].sort((a, b) => compareText(a.label, b.label) || a.start - b.start || a.end - b.end)
  const joined: Block[] = []
  for (const block of sorted) {
    const last = joined.at(-1)
    const follows =
      last &&
      last.end === block.start &&
      isMidnight(last.start) &&
      isMidnight(block.start) &&
      isMidnight(block.end) &&
      last.label === block.label &&
      last.kind === block.kind &&
      last.hardness === block.hardness
    if (follows) last.end = block.end
    else joined.push({ ...block })
  }
  return joined
    .filter((block) => block.end > from * DAY_SECONDS && block.start < to * DAY_SECONDS)
    .sort((a, b) => a.start - b.start || a.end - b.end || compareText(a.label, b.label))
    .map(({ start, end, label, kind, hardness }) => ({
      start: momentText(start),
      end: momentText(end),
      label,
      kind,
      hardness,
    }))
}
const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Letter case and spacing do not tell codes apart. */
export const foldCode = (text: string) => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

/** `*` stands for anything; found part by part from the left, so that no pattern takes longer than its text is long. */
function matcher(pattern: string): (text: string) => boolean {
  const parts = foldCode(pattern).split('*')
  const [first = ''] = parts
  if (parts.length === 1) return (text) => text === first
  const last = parts.at(-1) ?? ''
  const middle = parts.slice(1, -1)
  return (text) => {
    if (!text.startsWith(first)) return false
    let position = first.length
    for (const part of middle) {
      const found = text.indexOf(part, position)
      if (found === -1) return false
      position = found + part.length
    }
    return text.length - last.length >= position && text.endsWith(last)
  }
}
