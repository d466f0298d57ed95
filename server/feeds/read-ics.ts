import { applyCodeMap, lookUpCodes } from './apply-code-map.ts'
import { ianaZone } from './feed-zone.ts'
import { openZoneFinder } from './find-feed-zone.ts'
import { listOccurrences } from './list-occurrences.ts'
import { readVevent } from './read-vevent.ts'
import { checkFeedText, FEED_LIMITS, ProblemList, refuseFeed } from './refuse-feed.ts'
import { splitIcs } from './split-ics.ts'
import type { FeedOptions, ReadFeed } from './types.ts'
import { withUnknownDays } from './unknown-days.ts'
import { dateText, dayOfText } from './wall-seconds.ts'

/** Components that take nobody's time. */
const NOT_BUSY = new Set(['VTIMEZONE', 'VTODO', 'VJOURNAL'])

/**
 * Reads the iCalendar file of one person (RFC 5545, as schedule systems and Outlook export it) into clinic blocks in
 * the person's wall time. ical.js reads the properties; recurrence is expanded here, on the clock of each entry's zone.
 * Entries that cannot be read make their days unknown and are listed in `problems`; nothing is dropped silently.
 * @throws DomainError `invalid-feed` when the file as a whole cannot be used (no calendar, cut off, beyond a limit):
 * then its whole period is unknown; `unknown-time-zone` for the zones of the options
 */
export function readIcs(text: string, options: FeedOptions): ReadFeed {
  const floating = ianaZone(options.timeZone)
  const person = ianaZone(options.personTimeZone ?? options.timeZone)
  const [from, to] = [dayOfText(options.from), dayOfText(options.to)]
  const calendars = splitIcs(checkFeedText(text))
  const components = calendars.flatMap((calendar) => calendar.children)
  const vevents = components.filter(({ name }) => name === 'VEVENT')
  if (vevents.length > FEED_LIMITS.entries) {
    refuseFeed('VEVENT', `The file has ${vevents.length} entries; at most ${FEED_LIMITS.entries} are read.`)
  }
  const problems = new ProblemList()
  const strange = components.filter(({ name }) => name !== 'VEVENT' && !NOT_BUSY.has(name))
  for (const { name, line } of strange) {
    problems.add(`${name} (line ${line})`, 'Only VEVENT is read, so the whole period counts as unknown.')
  }
  const stray = calendars
    .flatMap(({ lines }) => lines)
    .filter((each) => /^(DTSTART|DTEND|SUMMARY|RRULE)\b/i.test(each.text))
  for (const { line } of stray) {
    problems.add(`line ${line}`, 'This line of an entry stands outside of any, so the whole period counts as unknown.')
  }
  const lookUp = lookUpCodes(options.codeMap)
  const occurrences = listOccurrences(
    vevents.map((component, index) => readVevent(component, index + 1)),
    {
      zones: { floating, person, find: openZoneFinder(components) },
      from,
      to,
      problems,
      isIgnored: (texts) => {
        const meaning = lookUp(texts)?.meaning
        return meaning !== undefined && 'ignore' in meaning
      },
    },
  )
  const unknown = [...strange, ...stray].map(({ line }) => ({ from, to, label: `Unreadable entry, line ${line}` }))
  const { blocks, unknownCodes } = applyCodeMap(occurrences.entries, lookUp, { from, to })
  return {
    blocks: withUnknownDays(blocks, [...occurrences.unknownDays, ...unknown], { from, to }),
    unknownCodes,
    problems: problems.list,
    entries: vevents.length,
    ...(occurrences.from === undefined || occurrences.to === undefined
      ? {}
      : { from: dateText(occurrences.from), to: dateText(occurrences.to) }),
  }
}
