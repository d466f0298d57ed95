import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { viewFix } from '../../server/http/view-meeting-change.ts'
import { askAbout } from '../../shared/domain/ask-about.ts'
import { threeSingles } from '../domain/builders.ts'

test.each([true, false])(
  'a question tells the two, and no coordinator, that its search was cut short: %s',
  (isCutShort) => {
    const series = threeSingles()
    const asked = askAbout(
      series,
      series.meetings[1]!,
      { state: 'movable', reasons: [], options: [{ start: '2027-02-10T16:30:00Z', reasons: [] }], isCutShort },
      { now: Temporal.Instant.from('2026-12-20T12:00:00Z'), id: 'fix', isPossible: () => true },
    )
    const fix = asked.meetings[1]!.fix!
    expect(viewFix(asked, fix, { ownRoles: ['mentee'] }).isCutShort).toBe(isCutShort)
    expect(viewFix(asked, fix, { ownRoles: [] }).isCutShort).toBe(false)
  },
)

test('a question that was stored before searches told is not shown as cut short', () => {
  const series = threeSingles()
  const fix = {
    id: 'fix',
    cause: 'person',
    state: 'asking',
    startsAt: '2027-02-09T16:30:00Z',
    brokenBy: [],
    options: [],
    answers: {},
    askedAt: '2026-12-20T12:00:00Z',
    expiresAt: '2027-02-08T16:30:00Z',
  } as const
  expect(viewFix(series, fix, { ownRoles: ['mentor'] }).isCutShort).toBe(false)
})
