import { integer, listOf, nullable, oneOf, record, text } from './read-body.ts'

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const PATTERNS = ['daily', 'weekly', 'absoluteMonthly', 'relativeMonthly', 'absoluteYearly', 'relativeYearly']

/** Reads a recurrence as clients send it, of events, tasks and work hours alike. Graph docs: "patternedRecurrence resource type". */
export const recurrenceBody = record('microsoft.graph.patternedRecurrence', {
  pattern: record('microsoft.graph.recurrencePattern', {
    type: oneOf(PATTERNS),
    interval: integer,
    month: integer,
    dayOfMonth: integer,
    daysOfWeek: listOf(oneOf(DAYS)),
    firstDayOfWeek: oneOf(DAYS),
    index: oneOf(['first', 'second', 'third', 'fourth', 'last']),
  }),
  range: record('microsoft.graph.recurrenceRange', {
    type: oneOf(['endDate', 'noEnd', 'numbered']),
    startDate: text,
    endDate: nullable(text),
    recurrenceTimeZone: nullable(text),
    numberOfOccurrences: integer,
  }),
})
