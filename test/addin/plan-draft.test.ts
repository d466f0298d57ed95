import { describe, expect, test } from 'vitest'
import { findPair, relationshipBodyOf } from '../../addin/mentoring-series/find-pair.ts'
import {
  changeDraft,
  faultsOf,
  organizersOf,
  type PlanDraft,
  proposalsBodyOf,
  startDraft,
} from '../../addin/mentoring-series/plan-draft.ts'
import type { Me } from '../../shared/api/me.ts'
import { aPerson, aRelationship } from './builders.ts'

const today = '2027-01-04'
const me: Me = { person: aPerson('me'), principals: [], programmes: [], backgroundWork: true }
const aFound = (personId: string, ...programmeIds: string[]) => ({ ...aPerson(personId), programmeIds })
const start = (relationships = [aRelationship({ mentee: me.person })]) => startDraft(relationships, { today, me })
const aDraft = (rest: Partial<PlanDraft> = {}): PlanDraft => ({ ...start(), ...rest })

describe('the draft that opens', () => {
  test('can be sent as it stands when there is a pair', () => {
    const draft = start()
    expect(faultsOf(draft, today)).toEqual([])
    expect(proposalsBodyOf(draft)).toEqual({
      plan: { kind: 'template', templateId: 'plan.year1', startDate: today },
      minutes: 60,
      organizer: 'mentee',
      limit: 5,
    })
  })
  test('takes the first pair that has nothing booked', () => {
    const booked = aRelationship({ relationshipId: 'one', seriesIds: ['s'] })
    const free = aRelationship({ relationshipId: 'two' })
    expect(start([booked, free]).partner).toEqual({ kind: 'pair', relationshipId: 'two' })
    expect(start([booked]).partner).toEqual({ kind: 'pair', relationshipId: 'one' })
  })
  test('asks a newcomer without a pair for a mentor, and nothing else', () => {
    expect(faultsOf(start([]), today)).toEqual([{ field: 'person', message: 'Choose a mentor from the list.' }])
  })
})

describe('whose calendar holds the series', () => {
  const [priya, chen] = [aPerson('priya'), aPerson('chen')]
  const pairs = [aRelationship({ relationshipId: 'p', mentee: priya, mentor: chen })]
  const pair = { kind: 'pair', relationshipId: 'p' } as const
  test.each([
    ['the mentee', { person: priya }, ['mentee']],
    ['the mentor', { person: chen }, ['mentor']],
    ['an assistant of the mentor', { principals: [chen] }, ['mentor']],
    ['an assistant of the mentee', { principals: [priya] }, ['mentee']],
    ['an assistant of both', { principals: [chen, priya] }, ['mentee', 'mentor']],
    ['somebody without a part in it', {}, []],
  ])('%s has a say in their own or their principal\u2019s calendar alone', (_who, viewer, roles) => {
    expect(organizersOf(pair, pairs, { ...me, ...viewer })).toEqual(roles)
  })
  test('in a pair to be made, it is the viewer\u2019s', () => {
    expect(organizersOf({ kind: 'someone', myRole: 'mentor' }, pairs, me)).toEqual(['mentor'])
  })
  test('the draft begins with it', () => {
    expect(startDraft(pairs, { today, me: { ...me, person: chen } }).organizer).toBe('mentor')
  })
})

describe('changes', () => {
  test('to the plan bring its own length', () => {
    const monthly = changeDraft(aDraft({ minutes: 90 }), { kind: 'plan', planId: 'monthly-30' })
    expect(monthly).toMatchObject({ planId: 'monthly-30', minutes: 30, startDate: today })
  })
  test('to fields leave the rest alone', () => {
    const draft = aDraft()
    expect(changeDraft(draft, { kind: 'fields', fields: { minutes: 45 } })).toEqual({ ...draft, minutes: 45 })
  })
  test('to the partner keep the plan', () => {
    const partner = { kind: 'someone', myRole: 'mentor' } as const
    expect(changeDraft(aDraft(), { kind: 'partner', partner })).toEqual({ ...aDraft(), partner })
  })
})

describe('faults', () => {
  test.each([
    ['', 'Choose a date.'],
    ['2027-02-30', 'Choose a date.'],
    ['2027-1-5', 'Choose a date.'],
    ['2027-01-03', 'Choose today or a later date.'],
  ])('name the start %j', (startDate, message) => {
    expect(faultsOf(aDraft({ startDate }), today)).toEqual([{ field: 'startDate', message }])
  })
  test.each(['0', '27', '1.5', '-1', ''])('name weeks apart of %j', (every) => {
    const faults = faultsOf(aDraft({ planId: 'every-weeks', every, count: '12' }), today)
    expect(faults).toEqual([{ field: 'every', message: 'Use a number from 1 to 26.' }])
  })
  test('name months apart and a count that are too many', () => {
    const faults = faultsOf(aDraft({ planId: 'weekday-of-month', every: '13', count: '61' }), today)
    expect(faults.map(({ field }) => field)).toEqual(['every', 'count'])
  })
  test('pass over numbers that a built-in plan does not use', () => {
    expect(faultsOf(aDraft({ every: '', count: '' }), today)).toEqual([])
  })
  test('say mentee to a mentor', () => {
    const partner = { kind: 'someone', myRole: 'mentor' } as const
    expect(faultsOf(aDraft({ partner }), today)[0]?.message).toBe('Choose a mentee from the list.')
  })
})

test('asks for weeks and for weekdays of the month as typed', () => {
  const typed = { every: '2', count: '6', weekday: 4, index: 'last' } as const
  expect(proposalsBodyOf(aDraft({ planId: 'every-weeks', ...typed })).plan).toEqual({
    kind: 'every-weeks',
    weeks: 2,
    count: 6,
    startDate: today,
  })
  expect(proposalsBodyOf(aDraft({ planId: 'weekday-of-month', ...typed })).plan).toEqual({
    kind: 'weekday-of-month',
    weekday: 4,
    index: 'last',
    everyMonths: 2,
    count: 6,
    startDate: today,
  })
})

describe('the pair of a draft', () => {
  const asMentee = { kind: 'someone', myRole: 'mentee', person: aFound('chen', 'im') } as const

  test('is the one chosen', () => {
    const pair = aRelationship({ relationshipId: 'p' })
    expect(findPair({ kind: 'pair', relationshipId: 'p' }, [aRelationship(), pair], 'me')).toBe(pair)
  })
  test('is the old one when somebody found by search is an old acquaintance in the same roles', () => {
    const same = aRelationship({ mentee: aPerson('me'), mentor: aPerson('chen') })
    const reversed = aRelationship({ mentee: aPerson('chen'), mentor: aPerson('me') })
    expect(findPair(asMentee, [reversed, same], 'me')).toBe(same)
    expect(findPair(asMentee, [reversed], 'me')).toBeUndefined()
  })
  test('is made with the roles as chosen, in the only programme of both', () => {
    expect(relationshipBodyOf(asMentee, me)).toEqual({ menteeId: 'me', mentorId: 'chen', programmeId: 'im' })
    expect(relationshipBodyOf({ ...asMentee, myRole: 'mentor' }, me)).toMatchObject({
      menteeId: 'chen',
      mentorId: 'me',
    })
  })
  test('is made outside any programme where there is doubt', () => {
    const two = { ...asMentee, person: aFound('chen', 'im', 'su') }
    const none = { ...asMentee, person: aFound('chen') }
    for (const partner of [two, none]) {
      expect(relationshipBodyOf(partner, me)).toEqual({ menteeId: 'me', mentorId: 'chen' })
    }
  })
  test('is not made for a pair that exists, nor without a person', () => {
    expect(relationshipBodyOf({ kind: 'pair', relationshipId: 'p' }, me)).toBeUndefined()
    expect(relationshipBodyOf({ kind: 'someone', myRole: 'mentee' }, me)).toBeUndefined()
  })
})
