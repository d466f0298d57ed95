import type { FeedOptions } from '../../server/feeds/types.ts'
import type { CodeMap } from '../../shared/api/clinic.ts'

/** An iCalendar text around the given lines. */
export const aCalendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Lakeside//Schedule//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n')

/** A VEVENT with the given lines; a title is added unless there is one. */
export const anEvent = (...lines: string[]): string =>
  [
    'BEGIN:VEVENT',
    ...(lines.some((line) => line.startsWith('SUMMARY')) ? [] : ['SUMMARY:Clinic']),
    ...lines,
    'END:VEVENT',
  ].join('\r\n')

export const codeMap: CodeMap = {
  rules: [
    { pattern: 'Lunch*', meaning: { ignore: true } },
    { pattern: 'Clinic*', meaning: { kind: 'clinic' } },
    { pattern: 'Late', meaning: { kind: 'service', start: '12:00', end: '20:00' } },
    {
      pattern: 'OB Night',
      meaning: { kind: 'night', start: '19:00', end: '07:00', restUntil: '12:00', precedence: 5 },
    },
    { pattern: 'Vacation', meaning: { kind: 'leave', precedence: 50 } },
    { pattern: 'Jeopardy', meaning: { kind: 'jeopardy' } },
    { pattern: '* call', meaning: { kind: 'call', restUntil: '12:00', precedence: 5 } },
  ],
}

export const options = (changes: Partial<FeedOptions> = {}): FeedOptions => ({
  codeMap,
  timeZone: 'America/New_York',
  from: '2027-01-01',
  to: '2028-01-01',
  ...changes,
})
