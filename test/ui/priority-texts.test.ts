import { expect, test } from 'vitest'
import type { OpportunityRequestView } from '../../shared/api/requests.ts'
import { linksOf } from '../../shared/ui/growth/priority-texts.ts'
import { aGoal, uuid } from '../teams-app/builders.ts'

const goals = [aGoal({ goalId: uuid(1), title: 'Grant' }), aGoal({ goalId: uuid(2), title: 'Paper', state: 'reached' })]
const request: OpportunityRequestView = {
  requestId: uuid(3),
  title: 'Review for the journal',
  hours: 6,
  rhythm: 'once',
  goalIds: [],
  decision: 'open',
  revision: 1,
  createdAt: '2027-03-01T14:05:00Z',
  updatedAt: '2027-03-01T14:05:00Z',
}
const targets = { goals, requests: [request] }

test('an entry tells the goal and the request that it is about, and how they stand', () => {
  expect(linksOf({ text: 'Say no more often', goalId: uuid(1), requestId: uuid(3) }, targets)).toEqual([
    { area: 'goals', text: 'Goal “Grant”' },
    { area: 'requests', text: 'Request “Review for the journal”: not decided' },
  ])
  expect(linksOf({ text: 'Writing day', goalId: uuid(2) }, targets)).toEqual([
    { area: 'goals', text: 'Goal “Paper”: reached' },
  ])
})

test('an entry named as its request does not tell the name twice', () => {
  expect(linksOf({ text: request.title, requestId: uuid(3) }, targets)).toEqual([
    { area: 'requests', text: 'Request: not decided' },
  ])
})

test('what is deleted, or not read yet, is not mentioned', () => {
  const entry = { text: 'Say no more often', goalId: uuid(8), requestId: uuid(9) }
  expect(linksOf(entry, targets)).toEqual([])
  expect(linksOf(entry, { goals: undefined, requests: undefined })).toEqual([])
})
