import { expect, test } from 'vitest'
import { outlookThrottle } from '../../../server/practice/graph/throttle.ts'

test('admits 10,000 requests in 10 minutes per application and mailbox, then says how long to wait', () => {
  let nowMs = 0
  const throttle = outlookThrottle(() => nowMs)
  const enter = (mailbox = 'ada') => {
    const admission = throttle.enter('app', mailbox, 0)
    if (admission.admitted) admission.leave()
    return admission
  }
  for (let index = 0; index < 10_000; index++) expect(enter().admitted).toBe(true)
  nowMs = 60_000
  expect(enter()).toMatchObject({ admitted: false, retryAfterSeconds: 540 })
  expect(enter('ben').admitted).toBe(true)
  nowMs = 600_000
  expect(enter().admitted).toBe(true)
})

test('admits 150 MB of uploads in 5 minutes', () => {
  let nowMs = 0
  const throttle = outlookThrottle(() => nowMs)
  const upload = () => throttle.enter('app', 'ada', 50_000_000)
  expect([upload(), upload(), upload()].map(({ admitted }) => admitted)).toEqual([true, true, true])
  expect(upload()).toMatchObject({ admitted: false, retryAfterSeconds: 300 })
  nowMs = 300_000
  expect(upload().admitted).toBe(true)
})

test('frees a place once, however often a call leaves', () => {
  const throttle = outlookThrottle(() => 0)
  const calls = Array.from({ length: 4 }, () => throttle.enter('app', 'ada', 0))
  expect(throttle.enter('app', 'ada', 0).admitted).toBe(false)
  const [first] = calls
  if (first?.admitted) {
    first.leave()
    first.leave()
  }
  expect(throttle.enter('app', 'ada', 0).admitted).toBe(true)
  expect(throttle.enter('app', 'ada', 0).admitted).toBe(false)
})
