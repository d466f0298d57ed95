import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  type AgendaPlan,
  assertAreas,
  carriedItems,
  meetingsBefore,
  type PastAgenda,
  planAgenda,
  staleGoals,
} from '../../shared/domain/agenda.ts'
import { asId } from '../../shared/domain/ids.ts'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import type { AgendaEntry, Goal } from '../../shared/domain/work.ts'

const aPlan = (...areas: string[]): AgendaPlan => ({
  id: asId('m'),
  relationshipId: asId('r'),
  areas,
  needs: [],
  createdAt: '2027-01-01T00:00:00Z',
  updatedAt: '2027-01-01T00:00:00Z',
})
const anEntry = (itemId: string, fields: Partial<AgendaEntry> = {}): AgendaEntry => ({
  id: `m|${itemId}`,
  relationshipId: asId('r'),
  meetingId: asId('m'),
  itemId,
  done: true,
  createdAt: '2027-01-01T00:00:00Z',
  ...fields,
})
const past = (plan: AgendaPlan | undefined, ...ticked: string[]): PastAgenda => ({
  meetingId: asId('m'),
  plan,
  entries: ticked.map((itemId) => anEntry(itemId)),
})
const agenda = (change: Partial<Parameters<typeof planAgenda>[0]> = {}) =>
  planAgenda({ minutes: 45, plan: undefined, past: [], ...change })
const ranked = (change: Partial<Parameters<typeof planAgenda>[0]>) =>
  agenda(change)
    .items.filter(({ rank }) => rank !== undefined)
    .map(({ id, minutes }) => [id, minutes])

describe('the order', () => {
  test('is the mentee\u2019s, with the closing last', () => {
    const { items } = agenda({ plan: aPlan('worklife', 'research', 'career') })
    expect(items.slice(0, 6).map(({ id }) => id)).toEqual([
      'checkin',
      'agenda',
      'pending',
      'worklife',
      'research',
      'career',
    ])
    expect(items.at(-1)?.id).toBe('wrap')
    expect(items).toHaveLength(14)
  })

  test('is what was put off, then the stage, then what was not touched for two meetings, until the mentee says', () => {
    const stage = { planId: 'plan.year1', n: 3 }
    const earlier = [
      past(aPlan('clinical', 'teaching'), 'admin', 'research'),
      past(aPlan('clinical', 'teaching'), 'teaching'),
    ]
    const { areas, items } = agenda({ stage, past: earlier })
    expect(areas).toEqual(['clinical', 'career', 'advise', 'opps'])
    const reasons = (id: string) => items.find((item) => item.id === id)?.reasons
    expect(reasons('clinical')).toEqual(['carried-over', 'untouched'])
    expect(reasons('career')).toEqual(['stage', 'untouched'])
    expect(reasons('advocate')).toEqual(['untouched'])
    expect(reasons('teaching')).toEqual([])
    expect(reasons('checkin')).toEqual([])
  })

  test('carries nothing over from before there were two meetings', () => {
    expect(agenda({ past: [past(undefined)] }).areas).toEqual([])
  })

  test('leaves out an area that the checklist has no more', () => {
    expect(agenda({ plan: aPlan('gone', 'research') }).areas).toEqual(['research'])
  })
})

describe('the times', () => {
  test('share what the opening leaves, the first area taking the rest', () => {
    expect(ranked({ plan: aPlan('research', 'career') })).toEqual([
      ['research', 17],
      ['career', 16],
    ])
  })

  test.each([15, 20, 30, 45, 60, 90])('of a meeting of %i minutes fit it', (minutes) => {
    for (const plan of [undefined, aPlan('admin', 'clinical'), aPlan('admin', 'clinical', 'research', 'opps')]) {
      const total = agenda({ minutes, plan }).items.reduce((sum, item) => sum + (item.minutes ?? 0), 0)
      expect(total).toBeLessThanOrEqual(minutes)
      if (plan) expect(total).toBe(minutes)
    }
  })
})

test('own items come back until they are done, and not twice', () => {
  const earlier = [
    {
      ...past(undefined),
      entries: [anEntry('one', { title: 'One', done: false }), anEntry('two', { title: 'Two', done: false })],
    },
    {
      ...past(undefined),
      entries: [anEntry('two', { title: 'Two' }), anEntry('three', { title: 'Three', done: false })],
    },
  ]
  expect(carriedItems(earlier, []).map(({ itemId }) => itemId)).toEqual(['one', 'three'])
  expect(carriedItems(earlier, [anEntry('one', { title: 'One' })]).map(({ itemId }) => itemId)).toEqual(['three'])
})

test('earlier meetings are those whose time has come, of every series, without those called off', () => {
  // Only the meetings are looked at.
  const series = (...meetings: object[]) => ({ meetings }) as unknown as MentoringSeries
  const all = [
    series({ id: 'c', startsAt: '2027-03-01T10:00:00Z' }, { id: 'd', startsAt: '2027-04-01T10:00:00Z' }),
    series(
      { id: 'a', startsAt: '2027-01-01T10:00:00Z' },
      { id: 'b', startsAt: '2027-02-01T10:00:00Z', cancelled: true },
    ),
  ]
  const before = (startsAt: string, now: string) =>
    meetingsBefore(all, { startsAt }, Temporal.Instant.from(now)).map(({ id }) => id)
  expect(before('2027-04-01T10:00:00Z', '2027-03-15T00:00:00Z')).toEqual(['a', 'c'])
  expect(before('2027-04-01T10:00:00Z', '2027-02-15T00:00:00Z')).toEqual(['a'])
})

test('goals are stale after sixty days without a change, or when their date is over', () => {
  const aGoal = (id: string, fields: Partial<Goal>): Goal => ({
    id,
    relationshipId: asId('r'),
    title: id,
    horizon: 'short',
    state: 'open',
    createdAt: '2027-01-01T00:00:00Z',
    updatedAt: '2027-03-01T00:00:00Z',
    ...fields,
  })
  const goals = [
    aGoal('fresh', {}),
    aGoal('old', { updatedAt: '2027-01-11T12:00:00Z' }),
    aGoal('almost', { updatedAt: '2027-01-11T12:00:01Z' }),
    aGoal('late', { dueDate: '2027-03-11' }),
    aGoal('due-today', { dueDate: '2027-03-12' }),
    aGoal('reached', { updatedAt: '2026-01-01T00:00:00Z', state: 'reached' }),
  ]
  const stale = staleGoals(goals, Temporal.Instant.from('2027-03-12T12:00:00Z'), '2027-03-12')
  expect(stale.map(({ id }) => id)).toEqual(['old', 'late'])
})

test.each([
  ['one area', ['research']],
  ['five areas', ['research', 'career', 'admin', 'clinical', 'teaching']],
  ['an area twice', ['research', 'research']],
  ['the opening', ['research', 'checkin']],
  ['nothing known', ['research', 'astrology']],
])('refuses %s', (_name, areas) => {
  expect(() => assertAreas(areas)).toThrow(expect.objectContaining({ code: 'agenda-item-not-found' }))
})
