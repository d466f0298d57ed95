import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { Brief } from '../../shared/domain/brief.ts'
import { asId } from '../../shared/domain/ids.ts'
import type { Relationship } from '../../shared/domain/relationship.ts'
import { remindersOf } from '../../shared/domain/reminders.ts'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import type { Homework } from '../../shared/domain/work.ts'

const relationship = (state: Relationship['state']) => ({ id: 'r', state }) as unknown as Relationship
const aTask = (title: string, fields: Partial<Homework> = {}): Homework => ({
  id: title,
  relationshipId: asId('r'),
  title,
  owner: 'mentee',
  done: false,
  dueDate: '2027-03-10',
  createdAt: '2027-01-01T00:00:00Z',
  updatedAt: '2027-01-01T00:00:00Z',
  ...fields,
})
// Only what is looked at.
const series = [
  {
    createdAt: '2027-01-01T00:00:00Z',
    meetings: [
      { id: 'past', startsAt: '2027-02-01T10:00:00Z' },
      { id: 'next', startsAt: '2027-03-15T10:00:00Z' },
    ],
  },
] as unknown as MentoringSeries[]
const remind = (
  change: { homework?: Homework[]; briefs?: Brief[]; role?: 'mentee' | 'mentor'; state?: Relationship['state'] },
  now = '2027-03-08T12:00:00Z',
  timeZone = 'UTC',
) =>
  remindersOf(
    { relationship: relationship(change.state ?? 'active'), role: change.role ?? 'mentee' },
    { homework: change.homework ?? [], briefs: change.briefs ?? [], series },
    { now: Temporal.Instant.from(now), timeZone },
  )
const titles = (homework: Homework[], now?: string, timeZone?: string) =>
  remind({ homework }, now, timeZone).flatMap((one) => (one.kind === 'homework' ? [one.title] : []))

test('own homework is mentioned from three days before it is due, and when it was', () => {
  const homework = [
    aTask('soon', { dueDate: '2027-03-11' }),
    aTask('later', { dueDate: '2027-03-12' }),
    aTask('over', { dueDate: '2027-03-07' }),
    aTask('done', { done: true }),
    aTask('theirs', { owner: 'mentor' }),
    aTask('some day', {}),
  ].map((task) => {
    if (task.title !== 'some day') return task
    const { dueDate: _, ...rest } = task
    return rest
  })
  expect(titles(homework)).toEqual(['over', 'soon'])
  expect(remind({ homework, role: 'mentor' })).toEqual([expect.objectContaining({ title: 'theirs' })])
})

test('days are those of the viewer\u2019s zone', () => {
  const homework = [aTask('Read', { dueDate: '2027-03-12' })]
  expect(titles(homework, '2027-03-08T19:00:00Z', 'America/St_Johns')).toEqual([])
  expect(titles(homework, '2027-03-08T19:00:00Z', 'Asia/Kathmandu')).toEqual(['Read'])
})

test('the next meeting\u2019s brief is mentioned to the mentee from a week before it is due until the meeting', () => {
  const due = { kind: 'brief', relationshipId: 'r', meetingId: 'next', dueDate: '2027-03-12' }
  expect(remind({}, '2027-03-05T09:59:59Z')).toEqual([])
  expect(remind({}, '2027-03-05T10:00:00Z')).toEqual([due])
  expect(remind({}, '2027-03-14T10:00:00Z')).toEqual([due])
  expect(remind({}, '2027-03-15T10:00:00Z')).toEqual([])
  expect(remind({ role: 'mentor' })).toEqual([])
  const shared = { id: 'next', sharedAt: '2027-03-06T00:00:00Z' } as unknown as Brief
  expect(remind({ briefs: [shared] })).toEqual([])
})

test.each(['paused', 'ended', 'informal'] as const)('a pair that is %s reminds nobody', (state) => {
  expect(remind({ homework: [aTask('Read')], state })).toEqual([])
})
