import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { instantsOf, isMentoring, isOn } from '../../../server/practice/web/outlook/calendar-item.ts'
import { daysOf, rangeText, stepFrom } from '../../../server/practice/web/outlook/calendar-range.ts'
import { anItem } from './builders.ts'

const date = (text: string) => Temporal.PlainDate.from(text)
const texts = (days: readonly Temporal.PlainDate[]) => [days[0]?.toString(), days.at(-1)?.toString(), days.length]

test('a week runs from Monday to Sunday, a month in whole weeks', () => {
  expect(texts(daysOf('week', date('2026-11-22')))).toEqual(['2026-11-16', '2026-11-22', 7])
  expect(texts(daysOf('month', date('2026-11-22')))).toEqual(['2026-10-26', '2026-12-06', 42])
  expect(texts(daysOf('month', date('2027-02-10')))).toEqual(['2027-02-01', '2027-02-28', 28])
})

test('steps by weeks and months; a month on from the 31st is its last day', () => {
  expect(stepFrom('week', date('2026-12-28'), 1).toString()).toBe('2027-01-04')
  expect(stepFrom('month', date('2027-01-31'), 1).toString()).toBe('2027-02-28')
  expect(stepFrom('month', date('2027-03-31'), -1).toString()).toBe('2027-02-28')
})

test('says which part of the calendar is shown', () => {
  expect(rangeText('month', date('2026-11-22'), 'en-US')).toBe('November 2026')
  expect(rangeText('week', date('2026-12-30'), 'en-US')).toMatch(/^Dec 28, 2026\s–\sJan 3, 2027$/)
})

test('an item is on every day it lasts into, and an end at midnight is not the next day', () => {
  const night = anItem('night', '2026-11-02T19:00', '2026-11-03T07:00')
  expect(['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'].map((day) => isOn(night, date(day)))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(isOn(anItem('evening', '2026-11-02T19:00', '2026-11-03T00:00'), date('2026-11-03'))).toBe(false)
  expect(isOn(anItem('moment', '2026-11-03T00:00', '2026-11-03T00:00'), date('2026-11-03'))).toBe(true)
})

test('wall times become instants in the mailbox’s zone, on both sides of a clock change', () => {
  const noon = (day: string) => anItem('noon', `${day}T12:00`, `${day}T12:45`)
  expect(instantsOf(noon('2027-03-13'), 'America/St_Johns').startsAt).toBe('2027-03-13T15:30:00Z')
  expect(instantsOf(noon('2027-03-14'), 'America/St_Johns').startsAt).toBe('2027-03-14T14:30:00Z')
  expect(instantsOf(noon('2027-03-14'), 'Asia/Kathmandu').endsAt).toBe('2027-03-14T07:00:00Z')
})

test('knows our invitations by their subject', () => {
  const named = (subject: string | null) =>
    isMentoring({ ...anItem('x', '2026-11-03T12:00', '2026-11-03T13:00'), subject })
  expect([named('Mentoring meeting'), named('Canceled: Mentoring meeting'), named('Clinic'), named(null)]).toEqual([
    true,
    true,
    false,
    false,
  ])
})
