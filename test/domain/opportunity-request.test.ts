import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RelationshipId } from '../../shared/domain/ids.ts'
import {
  answerAfterEdit,
  fitOf,
  monthlyHours,
  type OpportunityRequest,
} from '../../shared/domain/opportunity-request.ts'

const aRequest = (rest: Partial<OpportunityRequest> = {}): OpportunityRequest => ({
  id: 'q1',
  relationshipId: 'r1' as RelationshipId,
  title: 'Review for the journal',
  hours: 6,
  rhythm: 'once',
  goalIds: [],
  decision: 'open',
  createdAt: '2027-01-01T00:00:00Z',
  updatedAt: '2027-01-01T00:00:00Z',
  ...rest,
})
const today = '2027-03-01'
const goals = [
  { id: 'g1', state: 'open' },
  { id: 'g2', state: 'reached' },
] as const
const held = (request: OpportunityRequest, others: readonly OpportunityRequest[] = [], hoursPerMonth?: number) =>
  fitOf(request, { others, goals, hoursPerMonth, today })

describe('hours a month', () => {
  test.each([
    ['a monthly task takes its hours each month', aRequest({ rhythm: 'monthly', deadline: '2028-01-01' }), 6],
    ['without a deadline it counts in full', aRequest(), 6],
    ['what is due within a month counts in full', aRequest({ deadline: '2027-03-20' }), 6],
    ['what is overdue counts in full', aRequest({ deadline: '2027-02-01' }), 6],
    ['until a year later it is a twelfth', aRequest({ hours: 12, deadline: '2028-02-29' }), 12 / (365 / (365.25 / 12))],
  ])('%s', (_name, request, hours) => expect(monthlyHours(request, today)).toBeCloseTo(hours, 10))

  test('never more than the hours themselves, and less the later it is due', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 900 }), (hours, days) => {
        const due = (n: number) => new Date(Date.UTC(2027, 2, 1 + n)).toISOString().slice(0, 10)
        const sooner = monthlyHours(aRequest({ hours, deadline: due(days) }), today)
        const later = monthlyHours(aRequest({ hours, deadline: due(days + 30) }), today)
        expect(sooner).toBeLessThanOrEqual(hours)
        expect(later).toBeLessThanOrEqual(sooner)
      }),
    )
  })
})

describe('the fit', () => {
  test.each([
    ['no budget', aRequest({ goalIds: ['g1'] }), undefined, 'no-budget'],
    ['time and a goal', aRequest({ goalIds: ['g1'] }), 6, 'fits'],
    ['time, but the goal it serves is reached', aRequest({ goalIds: ['g2'] }), 6, 'serves-no-goal'],
    ['a goal but no time', aRequest({ goalIds: ['g1'] }), 5.75, 'over-budget'],
    ['neither', aRequest(), 0, 'neither'],
  ] as const)('%s', (_name, request, budget, verdict) => expect(held(request, [], budget).verdict).toBe(verdict))

  test('what is accepted and not over takes from the budget; nothing else does', () => {
    const others = [
      aRequest({ id: 'a', decision: 'accepted', hours: 2, rhythm: 'monthly' }),
      aRequest({ id: 'over', decision: 'accepted', hours: 50, rhythm: 'monthly', deadline: '2027-02-28' }),
      aRequest({ id: 'lasts today', decision: 'accepted', hours: 1, deadline: '2027-03-01' }),
      aRequest({ id: 'declined', decision: 'declined', hours: 50 }),
      aRequest({ id: 'done', decision: 'done', hours: 50 }),
      aRequest({ id: 'open', hours: 50 }),
    ]
    expect(held(aRequest(), others, 10)).toMatchObject({ hoursPerMonth: 6, hoursLeft: 7 })
  })

  test('an accepted request is not held against itself', () => {
    const accepted = aRequest({ decision: 'accepted' })
    expect(held(accepted, [accepted], 10).hoursLeft).toBe(10)
  })
})

describe('an edit', () => {
  const answer = { choice: 'decline', mayMentionMentor: true } as const
  const answered = aRequest({ answer, deadline: '2027-05-01' })
  test('of what it is good for keeps the advice', () => {
    expect(answerAfterEdit(answered, { ...answered })).toEqual(answer)
  })
  test.each([
    ['another task', { title: 'Chair the committee' }],
    ['more hours', { hours: 7 }],
    ['other hours', { rhythm: 'monthly' }],
    ['somebody else', { askedBy: 'The dean' }],
    ['another date', { deadline: '2027-06-01' }],
  ] as const)('to %s takes back the advice and the consent', (_name, change) => {
    expect(answerAfterEdit(answered, { ...answered, ...change })).toBeUndefined()
  })
  test('that adds one begins without advice', () => expect(answerAfterEdit(undefined, aRequest())).toBeUndefined())
})
