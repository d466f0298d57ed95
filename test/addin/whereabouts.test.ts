import { describe, expect, test } from 'vitest'
import { missingTexts, whereaboutsOf } from '../../addin/mentoring-series/whereabouts.ts'
import { aMeeting, aSeries } from './builders.ts'

const ZONE = 'America/St_Johns'
const movedFrom = { startsAt: '2027-01-11T16:30:00Z', endsAt: '2027-01-11T17:30:00Z' }
/** With plain spaces for the thin ones between times. */
const told = (more: Parameters<typeof aMeeting>[0]) =>
  whereaboutsOf(aMeeting(more), aSeries(), ZONE).map((text) => text.replace(/[\u2009\u202f]/g, ' '))

describe('what became of a meeting', () => {
  test('nothing to tell of one that is where it was booked', () => {
    expect(told({})).toEqual([])
  })
  test('where it was moved from, and how often', () => {
    expect(told({ movedFrom, moves: 1 })).toEqual(['Moved from Mon, Jan 11, 2027, 1:00 – 2:00 PM St Johns time.'])
    expect(told({ movedFrom, moves: 3 })[0]).toBe(
      'Moved 3 times, last from Mon, Jan 11, 2027, 1:00 – 2:00 PM St Johns time.',
    )
  })
  test('who of a committee said no to it', () => {
    const absent = ['Ada', 'Ben'].map((name) => ({ personId: name, displayName: name, email: `${name}@x.example` }))
    expect(told({ absent })).toEqual(['Ada and Ben said no to this time; the others meet, or move it together.'])
  })
  test('that it left its window, by the wall dates of the series', () => {
    // In New York it is still 14 February, the last day of the window.
    const late = { startsAt: '2027-02-15T04:30:00Z', endsAt: '2027-02-15T05:30:00Z' }
    expect(told({ movedFrom, moves: 1, ...late })).toHaveLength(1)
    const later = { startsAt: '2027-02-15T05:00:00Z', endsAt: '2027-02-15T06:00:00Z' }
    expect(told({ movedFrom, moves: 1, ...later })[1]).toBe('This is outside its window, Jan 4 – Feb 14, 2027.')
  })
  test('why it has no date, and the time that is asked for', () => {
    expect(
      told({ state: 'needs-date', noDateSince: '2027-01-02T12:00:00Z', declined: true, proposal: movedFrom }),
    ).toEqual([
      'This time did not suit; the invitation was declined in Outlook.',
      'Margaret Chen asks for Mon, Jan 11, 2027, 1:00 – 2:00 PM St Johns time instead.',
    ])
    expect(told({ state: 'needs-date', noDateSince: '2027-01-02T12:00:00Z' })).toEqual(['It was called off.'])
  })
})

test('the headline names everything that is missing', () => {
  const series = aSeries({
    calendarProblem: 'mailbox-not-found',
    meetings: [aMeeting({ state: 'needs-date' }), aMeeting({ state: 'needs-attention' }), aMeeting()],
  })
  expect(missingTexts(series)).toEqual([
    'The calendar of Priya Raman is not in this organization any more.',
    '1 of 3 meetings could not be booked.',
    'One meeting has no date yet.',
  ])
})
