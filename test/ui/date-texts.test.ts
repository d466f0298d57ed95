import { expect, test } from 'vitest'
import type { FixView } from '../../shared/api/meeting-changes.ts'
import { cutShortText } from '../../shared/ui/meeting-date/date-texts.ts'

const fix: FixView = {
  fixId: '11111111-1111-4111-8111-111111111111',
  cause: 'roster',
  state: 'asking',
  until: '2027-02-08T16:30:00Z',
  reasons: [],
  options: [],
  isCutShort: true,
  answeredBy: [],
  waitsForMe: true,
}

test('while times are proposed, the two read that the search for them ran out of time', () => {
  expect(cutShortText(fix)).toContain('there may be better times')
  expect(cutShortText({ ...fix, isCutShort: false })).toBeUndefined()
  expect(cutShortText({ ...fix, state: 'moved' })).toBeUndefined()
})
