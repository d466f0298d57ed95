import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { briefDueAt, draftBrief, prepRate } from '../../shared/domain/brief.ts'
import { asId, type MeetingId } from '../../shared/domain/ids.ts'
import type { Achievement } from '../../shared/domain/record.ts'
import type { Goal, Homework } from '../../shared/domain/work.ts'

const at = Temporal.Instant.from

describe('a brief is due', () => {
  const startsAt = '2027-04-20T15:00:00Z'
  const bookedAt = '2027-01-01T00:00:00Z'
  test.each([
    ['three days before', { startsAt }, { isFirst: false, bookedAt }, '2027-04-17T15:00:00Z'],
    ['fourteen before the first meeting', { startsAt }, { isFirst: true, bookedAt }, '2027-04-06T15:00:00Z'],
    [
      'fourteen before a committee meeting',
      { startsAt, stage: { planId: 'committee-every-6-months-60', n: 2 } },
      { isFirst: false, bookedAt },
      '2027-04-06T15:00:00Z',
    ],
    [
      'a day after a late booking',
      { startsAt },
      { isFirst: true, bookedAt: '2027-04-15T09:00:00Z' },
      '2027-04-16T09:00:00Z',
    ],
    [
      'at the latest when it begins',
      { startsAt },
      { isFirst: false, bookedAt: '2027-04-20T12:00:00Z' },
      '2027-04-20T15:00:00Z',
    ],
  ])('%s', (_name, meeting, how, expected) => {
    expect(briefDueAt(meeting, how).toString()).toBe(expected)
  })
})

test('the prep rate counts what was due, and what was shared by then', () => {
  const due = (['a', 'b', 'c', 'd'] as const).map((id, index) => ({
    meeting: { id: asId<MeetingId>(id) },
    dueAt: at(`2027-0${index + 1}-10T00:00:00Z`),
  }))
  const shared = (id: string, sharedAt?: string) => ({
    id: asId<MeetingId>(id),
    ...(sharedAt === undefined ? {} : { sharedAt }),
  })
  const briefs = [
    shared('a', '2027-01-10T00:00:00Z'),
    shared('b', '2027-02-10T00:00:01Z'),
    shared('c'),
    shared('d', '2027-01-01T00:00:00Z'),
  ]
  expect(prepRate(due, briefs, at('2027-03-10T00:00:00Z'))).toEqual({ onTime: 1, due: 3 })
  expect(prepRate(due, [], at('2026-12-01T00:00:00Z'))).toEqual({ onTime: 0, due: 0 })
})

describe('a brief begins with', () => {
  const dates = { createdAt: '2027-01-01T00:00:00Z', updatedAt: '2027-02-01T00:00:00Z' }
  const aGoal = (title: string, fields: Partial<Goal>): Goal => ({
    id: title,
    relationshipId: asId('r'),
    title,
    horizon: 'short',
    state: 'open',
    ...dates,
    ...fields,
  })
  const aTask = (title: string, fields: Partial<Homework>): Homework => ({
    id: title,
    relationshipId: asId('r'),
    title,
    owner: 'mentee',
    done: true,
    ...dates,
    ...fields,
  })
  const anAchievement = (title: string, date: string): Achievement => ({
    id: title,
    relationshipId: asId('r'),
    author: 'mentee',
    kind: 'achievement',
    type: 'other',
    title,
    date,
    ...dates,
  })
  const names = { mentee: 'Ada', mentor: 'Ben' }

  test('what both did since the last meeting, and barriers of open goals', () => {
    const goals = [
      aGoal('Grant', { barriers: 'No time' }),
      aGoal('Paper', { state: 'reached' }),
      aGoal('Talk', { state: 'reached', updatedAt: '2027-01-31T23:59:59Z' }),
      aGoal('Book', { state: 'dropped', barriers: 'Too long' }),
    ]
    const homework = [
      aTask('Read', {}),
      aTask('Call the dean', { owner: 'mentor' }),
      aTask('Old', { updatedAt: '2027-01-15T00:00:00Z' }),
      aTask('Open', { done: false }),
    ]
    const achievements = [anAchievement('Talk in Kathmandu', '2027-02-01'), anAchievement('Grant won', '2027-01-31')]
    expect(draftBrief({ goals, homework, achievements, since: '2027-02-01T00:00:00Z', names })).toEqual({
      done: 'Talk in Kathmandu\nPaper\nRead\nCall the dean (Ben)',
      barriers: 'Grant: No time',
    })
    expect(draftBrief({ goals, homework, achievements, since: undefined, names }).done).toContain('Old')
  })

  test('no more than fits its page, in whole lines', () => {
    const homework = Array.from({ length: 20 }, (_, index) => aTask(`${index} ${'x'.repeat(97)}`, {}))
    const { done } = draftBrief({ goals: [], homework, achievements: [], since: undefined, names })
    expect(done.length).toBeLessThanOrEqual(800)
    expect(done.split('\n')).toHaveLength(8)
  })
})
