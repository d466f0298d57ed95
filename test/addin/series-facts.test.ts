import { describe, expect, test } from 'vitest'
import {
  commonReasons,
  factsOf,
  ownReasons,
  proposalTitle,
  seriesBodyOf,
  stripOf,
} from '../../addin/mentoring-series/proposal-facts.ts'
import { aheadOf, pairName, replanBodyOf } from '../../addin/mentoring-series/series-facts.ts'
import { aMeeting, aPerson, aProposal, aRelationship, aSeries } from './builders.ts'

const placed = (window: number, onPattern = true) => ({
  window,
  startsAt: `2027-0${window + 1}-12T17:00:00Z`,
  endsAt: `2027-0${window + 1}-12T18:00:00Z`,
  onPattern,
  reasons: [],
})
const tuesdays = { weekday: 2, startTime: '12:15', timeZone: 'America/New_York' }
const single = { kind: 'single', description: 'Single', meetings: 1, moved: 0 } as const
const recurring = { kind: 'recurring', description: 'Recurring', meetings: 12, moved: 1 } as const

describe('a proposal', () => {
  test('is titled by its pattern, with the zone', () => {
    const title = (proposal: Parameters<typeof proposalTitle>[0]) =>
      proposalTitle(proposal, 'en-US').replaceAll('\u202f', ' ')
    expect(title(aProposal({ pattern: tuesdays, meetings: [placed(0)] }))).toBe('Tuesdays, 12:15 PM New York time')
    expect(title(aProposal({ pattern: tuesdays, meetings: [placed(0), placed(1, false)] }))).toBe(
      'Tuesdays, mostly 12:15 PM New York time',
    )
    expect(title(aProposal())).toBe('Different days and times')
  })
  test('says what sets it apart', () => {
    const texts = (proposal: Parameters<typeof factsOf>[0]) => factsOf(proposal).map(({ text }) => text)
    expect(
      texts(aProposal({ pattern: tuesdays, meetings: [placed(0), placed(1, false)], events: [recurring] })),
    ).toEqual(['All 2 placed', '1 at another time', 'One recurring invitation'])
    const missing = { window: 1, reasons: [] }
    expect(texts(aProposal({ meetings: [placed(0)], unplaced: [missing], events: [single, recurring] }))).toEqual([
      '1 of 2 placed',
      '1 recurring, 1 separate',
    ])
    expect(texts(aProposal({ meetings: [placed(0), placed(1)], events: [single, single] }))).toEqual([
      'All 2 placed',
      '2 separate invitations',
    ])
  })
  test('says once what is true of every date, and of each only what sets it apart', () => {
    const usual = { code: 'on-pattern', text: 'At the usual time' }
    const lunch = (who: string) => ({ code: 'lunch', text: `In the lunch time of ${who}` })
    const first = { ...placed(0), reasons: [usual, lunch('Ana'), lunch('Bo')] }
    const second = { ...placed(1), reasons: [lunch('Ana'), usual] }
    const common = commonReasons(aProposal({ meetings: [first, second] }))
    expect(common).toEqual([usual, lunch('Ana')])
    expect([first, second].map(({ reasons }) => ownReasons(reasons, common))).toEqual([[lunch('Bo')], []])
    expect(commonReasons(aProposal({ meetings: [first] }))).toEqual([])
  })
  test('is booked exactly as it was shown', () => {
    const plan = { kind: 'template', templateId: 'plan.year1', startDate: '2027-01-04' } as const
    const body = seriesBodyOf(
      { plan, minutes: 45, organizer: 'mentor', limit: 5 },
      aProposal({ meetings: [placed(2)] }),
    )
    expect(body).toEqual({
      plan,
      minutes: 45,
      organizer: 'mentor',
      meetings: [{ window: 2, startsAt: '2027-03-12T17:00:00Z' }],
    })
  })
  test('shows every window on the strip, with why one stays empty', () => {
    const window = { from: '2027-01-01', to: '2027-02-01', possibleStarts: 0, reasons: [] }
    const reasons = [{ code: 'busy', text: 'Both are away.' }]
    const strip = stripOf(aProposal({ meetings: [placed(0)], unplaced: [{ window: 1, reasons }] }), [
      { ...window, purpose: 'Start' },
      { ...window, from: '2027-02-01', to: '2027-03-01' },
    ])
    expect(strip).toEqual([
      {
        from: '2027-01-01',
        to: '2027-02-01',
        label: 'Start',
        state: 'proposed',
        startsAt: placed(0).startsAt,
        endsAt: placed(0).endsAt,
      },
      { from: '2027-02-01', to: '2027-03-01', label: undefined, state: 'refused', reason: 'Both are away.' },
    ])
  })
})

describe('a pair', () => {
  const pair = aRelationship({ mentee: aPerson('a', 'Ana'), mentor: aPerson('b', 'Bo') })
  test.each([
    ['a', 'Bo'],
    ['b', 'Ana'],
    ['c', 'Ana and Bo'],
    [undefined, 'Ana and Bo'],
  ])('is called for viewer %s %s', (viewer, name) => {
    expect(pairName(pair, viewer)).toBe(name)
  })
})

describe('a series', () => {
  const now = '2027-02-01T00:00:00Z'
  test('has ahead what is booked or being booked and not over, first one first', () => {
    const at = (id: string, startsAt: string, state: 'booked' | 'pending' | 'cancelled' | 'needs-attention') =>
      aMeeting({ meetingId: id, startsAt, endsAt: startsAt.replace('T17', 'T18'), state })
    const series = aSeries({
      meetings: [
        at('late', '2027-05-01T17:00:00Z', 'booked'),
        at('over', '2027-01-01T17:00:00Z', 'booked'),
        at('off', '2027-03-01T17:00:00Z', 'cancelled'),
        at('failed', '2027-03-02T17:00:00Z', 'needs-attention'),
        at('soon', '2027-03-03T17:00:00Z', 'pending'),
      ],
    })
    expect(aheadOf(series, now).map(({ meetingId }) => meetingId)).toEqual(['soon', 'late'])
  })
  test('asks for new dates in what is left of the windows that failed', () => {
    const failed = (from: string, to: string) => aMeeting({ from, to, state: 'needs-attention' })
    const series = aSeries({
      organizer: 'mentor',
      meetings: [
        aMeeting(),
        failed('2027-01-01', '2027-02-01'),
        failed('2027-01-20', '2027-02-20'),
        failed('2027-05-01', '2027-06-01'),
      ],
    })
    expect(replanBodyOf(series, '2027-02-01', ['mentor'])).toEqual({
      plan: {
        kind: 'windows',
        windows: [
          { from: '2027-02-01', to: '2027-02-20' },
          { from: '2027-05-01', to: '2027-06-01' },
        ],
      },
      minutes: 60,
      organizer: 'mentor',
      limit: 5,
    })
    expect(replanBodyOf(series, '2027-02-01', ['mentee'])).not.toHaveProperty('organizer')
    expect(replanBodyOf(series, '2027-06-01', ['mentee'])).toBeUndefined()
  })
})
