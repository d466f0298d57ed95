import { describe, expect, test } from 'vitest'
import type { WrapUpView } from '../../shared/api/wrap-up.ts'
import { changesOf, draftOf, faultOf, onDifferentDays } from '../../shared/ui/wrap-up/wrap-up-draft.ts'

const aWrapUp = (fields: Partial<WrapUpView> = {}): WrapUpView => ({
  meetingId: '00000000-0000-4000-8000-000000000001',
  relationshipId: '00000000-0000-4000-8000-000000000002',
  startsAt: '2027-01-11T19:30:00Z',
  endsAt: '2027-01-11T20:15:00Z',
  timeZone: 'Asia/Kathmandu',
  isOpen: true,
  today: '2027-01-12',
  decisions: [],
  statements: {},
  held: { state: 'open' },
  ...fields,
})
const ids = () => {
  let last = 0
  return () => `id-${++last}`
}
const draftFor = (wrapUp: WrapUpView) => draftOf(wrapUp, { myRole: 'mentor', newId: ids() })

describe('a wrap-up begins with', () => {
  test('the planned day in the meeting\u2019s zone and the planned length', () => {
    expect(draftFor(aWrapUp())).toMatchObject({ met: true, date: '2027-01-12', minutes: '45' })
  })
  test('what the other one noted, and what I noted before that', () => {
    const theirs = { met: true, date: '2027-01-10', minutes: 30, at: '2027-01-11T21:00:00Z' }
    expect(draftFor(aWrapUp({ statements: { mentee: theirs } }))).toMatchObject({ date: '2027-01-10', minutes: '30' })
    const mine = { met: false, at: '2027-01-11T22:00:00Z' }
    expect(draftFor(aWrapUp({ statements: { mentee: theirs, mentor: mine } }))).toMatchObject({ met: false })
  })
  test('homework due at the next meeting, or in two weeks', () => {
    const due = (wrapUp: WrapUpView) => draftFor(wrapUp).tasks.map(({ owner, dueDate }) => [owner, dueDate])
    expect(due(aWrapUp())).toEqual([
      ['mentee', '2027-01-26'],
      ['mentor', '2027-01-26'],
    ])
    const nextMeeting = { meetingId: 'x', startsAt: '2027-03-01T18:30:00Z', endsAt: '2027-03-01T19:00:00Z' }
    expect(due(aWrapUp({ nextMeeting }))[0]).toEqual(['mentee', '2027-03-02'])
  })
})

describe('a wrap-up saves', () => {
  test('that they met, and nothing that was left empty', () => {
    const wrapUp = aWrapUp()
    expect(changesOf(draftFor(wrapUp), wrapUp)).toEqual({
      homework: [],
      decisions: undefined,
      booking: undefined,
      nextDate: undefined,
      attestation: { met: true, date: '2027-01-12', minutes: 45 },
    })
  })
  test('homework with the meeting it came from, decisions line by line with their revision', () => {
    const wrapUp = aWrapUp({ decisions: ['Old'], revision: 3 })
    const draft = draftFor(wrapUp)
    const [first, second] = draft.tasks
    const changes = changesOf(
      {
        ...draft,
        tasks: [
          { ...first!, title: ' Read ' },
          { ...second!, title: '' },
        ],
        decisions: 'Old\n\n New ',
      },
      wrapUp,
    )
    expect(changes.homework).toEqual([
      {
        homeworkId: 'id-1',
        body: { title: 'Read', owner: 'mentee', done: false, meetingId: wrapUp.meetingId, dueDate: '2027-01-26' },
      },
    ])
    expect(changes.decisions).toEqual({ decisions: ['Old', 'New'], revision: 3 })
  })
  test('an offered date as a series of one, a reason for none, and taking that back', () => {
    const wrapUp = aWrapUp({ nonePlanned: 'later' })
    const draft = draftFor(wrapUp)
    expect(draft.next).toEqual({ kind: 'none', reason: 'later' })
    expect(changesOf({ ...draft, next: { kind: 'none', reason: 'away' } }, wrapUp).nextDate).toEqual({ reason: 'away' })
    const booked = changesOf({ ...draft, next: { kind: 'book', startsAt: '2027-02-01T19:00:00Z' } }, wrapUp)
    expect(booked.nextDate).toEqual({})
    expect(booked.booking?.body).toEqual({
      plan: { kind: 'windows', windows: [{ from: '2027-01-26', to: '2027-03-23' }] },
      minutes: 45,
      meetings: [{ window: 0, startsAt: '2027-02-01T19:00:00Z' }],
    })
  })
})

test.each([
  ['no length', { minutes: '' }, 'minutes'],
  ['a length in words', { minutes: 'an hour' }, 'minutes'],
  ['a day ahead', { date: '2027-01-13' }, 'day'],
  ['a decision of a page', { decisions: 'x'.repeat(501) }, 'longer'],
])('says what is wrong with %s', (_name, change, word) => {
  const wrapUp = aWrapUp()
  expect(faultOf({ ...draftFor(wrapUp), ...change }, wrapUp)).toContain(word)
  expect(faultOf(draftFor(wrapUp), wrapUp)).toBeUndefined()
})

test('offers the best starts of different days in the viewer\u2019s zone', () => {
  const ranked = ['2027-01-26T18:00:00Z', '2027-01-26T18:10:00Z', '2027-01-26T19:00:00Z', '2027-01-29T10:00:00Z'].map(
    (startsAt) => ({ startsAt }),
  )
  const days = (timeZone: string) => onDifferentDays(ranked, { timeZone, count: 2 }).map(({ startsAt }) => startsAt)
  expect(days('UTC')).toEqual(['2027-01-26T18:00:00Z', '2027-01-29T10:00:00Z'])
  // 19:00 UTC is the next day in Kathmandu.
  expect(days('Asia/Kathmandu')).toEqual(['2027-01-26T18:00:00Z', '2027-01-26T19:00:00Z'])
})
