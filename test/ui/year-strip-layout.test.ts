import * as fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { layOutYear, type StripWindow } from '../../shared/ui/year-strip-layout.ts'

const timeZone = 'America/New_York'

test('shows nothing for no windows', () => {
  expect(layOutYear([], timeZone)).toEqual([])
})

test('shows at least twelve whole months', () => {
  const [row, ...others] = layOutYear([{ from: '2027-01-10', to: '2027-01-20' }], timeZone)
  expect(others).toEqual([])
  expect(row?.months.map(({ firstDay }) => firstDay)).toEqual(
    Array.from({ length: 12 }, (_, month) => `2027-${String(month + 1).padStart(2, '0')}-01`),
  )
  expect(row?.items).toEqual([{ window: 0, left: (9 / 365) * 100, width: expect.closeTo((10 / 365) * 100, 9) }])
})

test('puts the meeting in the middle of its day, on the calendar of the strip’s zone', () => {
  const late = {
    from: '2027-01-01',
    to: '2027-02-01',
    startsAt: '2027-01-12T23:30:00Z',
    endsAt: '2027-01-13T00:00:00Z',
  }
  const dayOf = (zone: string) => ((layOutYear([late], zone)[0]?.items[0]?.marker ?? 0) / 100) * 365
  expect(dayOf('America/New_York')).toBeCloseTo(11.5, 9)
  expect(dayOf('Asia/Kathmandu')).toBeCloseTo(12.5, 9)
})

test('fits fourteen months in one row and breaks longer plans into years', () => {
  const plan = (months: number): StripWindow[] =>
    Array.from({ length: months }, (_, month) => {
      const from = Temporal.PlainDate.from('2027-01-01').add({ months: month })
      return { from: from.toString(), to: from.add({ months: 1 }).toString() }
    })
  expect(layOutYear(plan(14), timeZone).map(({ months }) => months.length)).toEqual([14])
  expect(layOutYear(plan(15), timeZone).map(({ months }) => months.length)).toEqual([12, 12])
  expect(layOutYear(plan(36), timeZone).map(({ items }) => items.length)).toEqual([12, 12, 12])
})

test('stands a window in the row of its meeting', () => {
  const long = {
    from: '2027-12-20',
    to: '2028-01-20',
    startsAt: '2028-01-12T17:00:00Z',
    endsAt: '2028-01-12T18:00:00Z',
  }
  const rows = layOutYear(
    [{ from: '2027-01-01', to: '2027-02-01' }, long, { from: '2028-03-01', to: '2028-05-01' }],
    timeZone,
  )
  expect(rows.map(({ items }) => items.map(({ window }) => window))).toEqual([[0], [1, 2]])
  expect(rows[1]?.items[0]).toMatchObject({ left: 0 })
})

test('holds every window once, inside its row, with its meeting inside its band', () => {
  const day = fc.integer({ min: 0, max: 1000 })
  const window = fc
    .tuple(day, fc.integer({ min: 1, max: 60 }), fc.option(fc.nat({ max: 59 })))
    .map(([first, length, offset]): StripWindow => {
      const from = Temporal.PlainDate.from('2026-11-01').add({ days: first })
      const dates = { from: from.toString(), to: from.add({ days: length }).toString() }
      if (offset === null) return dates
      const noon = from.add({ days: offset % length }).toZonedDateTime({ timeZone, plainTime: '12:00' })
      return { ...dates, startsAt: noon.toInstant().toString(), endsAt: noon.add({ hours: 1 }).toInstant().toString() }
    })
  fc.assert(
    fc.property(fc.array(window, { minLength: 1, maxLength: 20 }), (windows) => {
      const items = layOutYear(windows, timeZone).flatMap((row) => row.items)
      expect(items.map((item) => item.window).toSorted((a, b) => a - b)).toEqual(windows.map((_, index) => index))
      for (const { left, width, marker = left } of items) {
        expect(left).toBeGreaterThanOrEqual(0)
        expect(left + width).toBeLessThanOrEqual(100 + 1e-9)
        expect(marker).toBeGreaterThanOrEqual(left - 1e-9)
        expect(marker).toBeLessThanOrEqual(left + width + 1e-9)
      }
    }),
  )
})
