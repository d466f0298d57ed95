import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { isOrphan } from '../../shared/domain/meeting-change.ts'
import { threeSingles } from './builders.ts'

const [meeting] = threeSingles().meetings
const lost = { ...meeting!, dateless: { reason: 'cancelled', since: '2026-12-20T12:00:00Z' } } as const
const isOrphanAt = (of: Parameters<typeof isOrphan>[0], now: string) => isOrphan(of, Temporal.Instant.from(now))

test('a meeting that lost its date is an orphan after 14 days without another one or an end', () => {
  expect(isOrphanAt(meeting!, '2027-01-11T12:00:00Z')).toBe(false)
  expect(isOrphanAt(lost, '2027-01-03T11:59:59Z')).toBe(false)
  expect(isOrphanAt(lost, '2027-01-03T12:00:00Z')).toBe(true)
  const ended = { as: 'excused', reason: 'away', at: '2026-12-21T12:00:00Z' } as const
  expect(isOrphanAt({ ...lost, cancelled: true, ended }, '2027-01-11T12:00:00Z')).toBe(false)
})
