import { type CalendarItem, readItem } from '../../../server/practice/web/outlook/calendar-item.ts'

/** A timed item of a calendar; times are wall times. */
export const anItem = (id: string, start: string, end: string): CalendarItem =>
  readItem({
    id,
    subject: id,
    start: { dateTime: start },
    end: { dateTime: end },
    isAllDay: false,
    isCancelled: false,
    isOrganizer: true,
    showAs: 'busy',
    type: 'singleInstance',
    hasAttachments: false,
    bodyPreview: '',
  })
