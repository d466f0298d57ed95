import { refuseFeed } from './refuse-feed.ts'

/** A content line with its folded parts joined; `line` counts from 1 in the file. */
export type IcsLine = { readonly line: number; readonly text: string }
export type IcsComponent = {
  /** Upper case, e.g. `VEVENT`. */
  readonly name: string
  readonly line: number
  readonly lines: readonly IcsLine[]
  readonly children: readonly IcsComponent[]
}

const MAX_DEPTH = 8

/**
 * The components of an iCalendar text with their line numbers (RFC 5545, 3.1 and 3.4). Only the frame is read here, so
 * that one broken line costs one entry and not the file.
 * @throws DomainError `invalid-feed` where the frame itself is broken: then entries may be missing and none can be trusted.
 */
export function splitIcs(text: string): readonly IcsComponent[] {
  const calendars: IcsComponent[] = []
  const open: { name: string; line: number; lines: IcsLine[]; children: IcsComponent[] }[] = []
  for (const { line, text: content } of unfold(text)) {
    const [, mark, rawName] = /^(BEGIN|END)[ \t]*:[ \t]*([A-Za-z0-9-]+)[ \t]*$/i.exec(content) ?? []
    const name = rawName?.toUpperCase()
    const inner = open.at(-1)
    if (mark === undefined || name === undefined) {
      if (!inner) refuseFeed(`line ${line}`, 'Not an iCalendar file: BEGIN:VCALENDAR is expected here.')
      inner.lines.push({ line, text: content })
    } else if (mark.toUpperCase() === 'BEGIN') {
      if (!inner && name !== 'VCALENDAR') {
        refuseFeed(`line ${line}`, 'Not an iCalendar file: BEGIN:VCALENDAR is expected here.')
      }
      if (inner && (name === 'VCALENDAR' || name === inner.name)) {
        refuseFeed(`line ${line}`, `${inner.name}, begun in line ${inner.line}, is not closed before this line.`)
      }
      if (open.length === MAX_DEPTH) refuseFeed(`line ${line}`, `Components are nested more than ${MAX_DEPTH} deep.`)
      open.push({ name, line, lines: [], children: [] })
    } else {
      if (!inner) refuseFeed(`line ${line}`, `END:${name} closes nothing.`)
      if (inner.name !== name) {
        refuseFeed(
          `line ${line}`,
          `END:${name} stands where END:${inner.name} (begun in line ${inner.line}) is expected.`,
        )
      }
      open.pop()
      const parent = open.at(-1)
      if (parent) parent.children.push(inner)
      else calendars.push(inner)
    }
  }
  const cut = open.at(-1)
  if (cut) refuseFeed(`line ${cut.line}`, `${cut.name} begins here and never ends: the file is cut off.`)
  return calendars
}

function* unfold(text: string): Generator<IcsLine> {
  const lines = text.split(/\r\n|\n|\r/)
  let parts: string[] = []
  let first = 0
  for (const [index, line] of lines.entries()) {
    if (parts.length > 0 && (line.startsWith(' ') || line.startsWith('\t'))) {
      parts.push(line.slice(1))
      continue
    }
    if (parts.length > 0) yield { line: first, text: parts.join('') }
    parts = line.trim() === '' ? [] : [line]
    first = index + 1
  }
  if (parts.length > 0) yield { line: first, text: parts.join('') }
}
