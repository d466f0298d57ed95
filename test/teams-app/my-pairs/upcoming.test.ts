import { expect, test } from 'vitest'
import { pairTitle } from '../../../shared/ui/pair/pair-texts.ts'
import { meetingsOf, ownPairs, pairSubtitle } from '../../../teams-app/my-pairs/upcoming.ts'
import { aRelationship, aSeries, aSeriesMeeting, uuid } from '../builders.ts'

const at = (date: string) => ({ startsAt: `${date}T16:00:00Z`, endsAt: `${date}T16:45:00Z` })

test('lists the dates of all series in order, without those called off, and the first that is not over', () => {
  const series = [
    aSeries([aSeriesMeeting({ meetingId: uuid(1), ...at('2027-05-04') })]),
    aSeries([
      aSeriesMeeting({ meetingId: uuid(2), ...at('2027-01-05') }),
      aSeriesMeeting({ meetingId: uuid(3), ...at('2027-03-02'), state: 'cancelled' }),
      aSeriesMeeting({ meetingId: uuid(4), ...at('2027-04-06'), state: 'pending' }),
    ]),
  ]
  const { meetings, next } = meetingsOf(series, Date.parse('2027-02-01T00:00:00Z'))
  expect(meetings.map(({ meetingId }) => meetingId)).toEqual([uuid(2), uuid(4), uuid(1)])
  expect(next).toMatchObject({ meetingId: uuid(4), timeZone: 'Asia/Kathmandu' })
})

test('a meeting under way is still the next one; at its end it is over', () => {
  const series = [aSeries([aSeriesMeeting(at('2027-03-16'))])]
  expect(meetingsOf(series, Date.parse('2027-03-16T16:44:59Z')).next).toBeDefined()
  expect(meetingsOf(series, Date.parse('2027-03-16T16:45:00Z')).next).toBeUndefined()
})

test('a coordinator’s pairs and ended ones are not one’s own', () => {
  const pairs = [
    aRelationship({ relationshipId: uuid(1) }),
    aRelationship({ relationshipId: uuid(2), myRole: 'coordinator' }),
    aRelationship({ relationshipId: uuid(3), myRole: 'assistant' }),
    aRelationship({ relationshipId: uuid(4), state: 'ended' }),
  ]
  expect(ownPairs(pairs).map(({ relationshipId }) => relationshipId)).toEqual([uuid(1), uuid(3)])
})

test.each([
  ['mentee', 'Ben Solberg', 'Your mentor'],
  ['mentor', 'Ada Osei', 'Your mentee'],
  ['assistant', 'Ada Osei and Ben Solberg', 'You book for Ben Solberg'],
] as const)('names the pair for the %s', (myRole, title, subtitle) => {
  expect(pairTitle(aRelationship({ myRole }))).toBe(title)
  expect(pairSubtitle(aRelationship({ myRole }))).toBe(subtitle)
})
