import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { CalendarItem } from '../../../server/practice/web/outlook/calendar-item.ts'
import { layOutDay } from '../../../server/practice/web/outlook/lay-out-day.ts'
import { anItem } from './builders.ts'

const TUESDAY = Temporal.PlainDate.from('2026-11-03')
const lanes = (items: readonly CalendarItem[]) =>
  layOutDay(items, TUESDAY).map(({ item, lane, lanes }) => [item.id, lane, lanes])

test('items that overlap stand side by side; the next one has the whole width again', () => {
  const items = [
    anItem('a', '2026-11-03T08:00', '2026-11-03T10:00'),
    anItem('b', '2026-11-03T09:00', '2026-11-03T11:00'),
    anItem('c', '2026-11-03T10:00', '2026-11-03T10:45'),
    anItem('d', '2026-11-03T11:00', '2026-11-03T12:00'),
  ]
  expect(lanes(items)).toEqual([
    ['a', 0, 2],
    ['b', 1, 2],
    ['c', 0, 2],
    ['d', 0, 1],
  ])
})

test('a night duty is cut at midnight, and a short item is drawn long enough to read', () => {
  const night = anItem('night', '2026-11-02T19:00', '2026-11-03T07:00')
  const evening = anItem('evening', '2026-11-03T19:00', '2026-11-04T07:00')
  const short = anItem('short', '2026-11-03T12:00', '2026-11-03T12:05')
  expect(layOutDay([night, evening, short], TUESDAY)).toMatchObject([
    { fromMinute: 0, toMinute: 420 },
    { fromMinute: 720, toMinute: 745 },
    { fromMinute: 1140, toMinute: 1440 },
  ])
})

test('leaves out all-day items and other days', () => {
  const items = [
    { ...anItem('day', '2026-11-03T00:00', '2026-11-04T00:00'), isAllDay: true },
    anItem('before', '2026-11-02T08:00', '2026-11-03T00:00'),
    anItem('after', '2026-11-04T00:00', '2026-11-04T09:00'),
  ]
  expect(lanes(items)).toEqual([])
})

test('no two items share a lane at the same minute, and every item is drawn once', () => {
  const anySpan = fc.tuple(fc.integer({ min: 0, max: 1400 }), fc.integer({ min: 0, max: 300 }))
  fc.assert(
    fc.property(fc.array(anySpan, { maxLength: 15 }), (spans) => {
      const midnight = TUESDAY.toPlainDateTime()
      const items = spans.map(([from, length], index) =>
        anItem(
          String(index),
          midnight.add({ minutes: from }).toString(),
          midnight.add({ minutes: from + length }).toString(),
        ),
      )
      const placed = layOutDay(items, TUESDAY)
      expect(placed.map(({ item }) => item.id).sort()).toEqual(items.map(({ id }) => id).sort())
      for (const a of placed) {
        expect(a.lane).toBeLessThan(a.lanes)
        for (const b of placed) {
          const overlap = a.fromMinute < b.toMinute && b.fromMinute < a.toMinute
          if (a !== b && overlap) {
            expect(a.lane).not.toBe(b.lane)
            expect(a.lanes).toBe(b.lanes)
          }
        }
      }
    }),
  )
})
