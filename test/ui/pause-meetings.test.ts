import { expect, test } from 'vitest'
import { meetingsInPause } from '../../shared/ui/standing/pause-meetings.ts'
import { aSeries, aSeriesMeeting } from '../teams-app/builders.ts'

const at = (startsAt: string, fields = {}) => aSeriesMeeting({ startsAt, ...fields })
const startsOf = (timeZone: string, meetings: readonly ReturnType<typeof at>[]) =>
  meetingsInPause([aSeries(meetings)], { resumeDate: '2027-03-28', timeZone, now: '2027-03-01T12:00:00Z' }).map(
    ({ meeting }) => meeting.startsAt,
  )

test('booked meetings between now and the day on which the pair goes on, soonest first', () => {
  const soon = at('2027-03-02T16:00:00Z')
  const later = at('2027-03-20T16:00:00Z')
  const others = [
    at('2027-03-01T09:00:00Z'),
    at('2027-03-30T16:00:00Z'),
    at('2027-03-10T16:00:00Z', { state: 'needs-date' }),
    at('2027-03-11T16:00:00Z', { state: 'cancelled' }),
  ]
  expect(startsOf('America/New_York', [later, ...others, soon])).toEqual([soon.startsAt, later.startsAt])
})

test('the day begins at the viewer’s midnight, also on the day of a clock change', () => {
  // 28 March 2027 begins at 18:15 UTC the day before in Kathmandu, and at 02:30 UTC in St. John's.
  const evening = [at('2027-03-27T18:14:00Z'), at('2027-03-27T18:15:00Z')]
  expect(startsOf('Asia/Kathmandu', evening)).toEqual(['2027-03-27T18:14:00Z'])
  expect(startsOf('America/St_Johns', evening)).toHaveLength(2)
  expect(startsOf('Europe/Berlin', [at('2027-03-27T22:59:00Z'), at('2027-03-27T23:00:00Z')])).toHaveLength(1)
})
