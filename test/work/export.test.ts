import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SeriesView } from '../../shared/api/series.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'

let service: RunningService
let mentee: Caller
let mentor: Caller
let relationship: string
let series: SeriesView
beforeAll(async () => {
  service = await startService()
  const cast = await castOf(service)
  const pair = cast.pairs[0]!
  mentee = await cast.as(pair.mentee)
  mentor = await cast.as(pair.mentor)
  relationship = `/api/relationships/${pair.relationshipId}`
  series = await bookBest(mentee, pair.relationshipId)
}, 60_000)
afterAll(() => service.close())

test('an export holds what one prepared, and of the other one only what they share', async () => {
  const [first, second] = series.meetings.map(({ meetingId }) => `${relationship}/meetings/${meetingId}`)
  const brief = { done: '', wentWell: '', wentNot: '', barriers: '' }
  await mentee.put(`${relationship}/vision`, { text: 'A clinic of my own' })
  await mentee.put(`${relationship}/questions/role-1`, { text: 'Shared answer', isShared: true })
  await mentee.put(`${relationship}/questions/life-1`, { text: 'Kept answer', isShared: false })
  await mentee.put(`${first}/brief`, { ...brief, questions: ['Shared question'], isShared: true })
  await mentee.put(`${second}/brief`, { ...brief, questions: ['Drafted question'], isShared: false })
  await mentee.put(`${first}/priorities`, { areas: ['worklife', 'career'], needs: ['listen'] })
  await mentee.put(`${first}/note`, { text: 'Note of the mentee' })
  await mentor.put(`${first}/note`, { text: 'Note of the mentor' })

  const exportOf = async (who: Caller) => JSON.stringify((await who.get(`${relationship}/export`)).body)
  const forBoth = ['A clinic of my own', 'Shared answer', 'Shared question', 'Work-life balance']
  const own = await exportOf(mentee)
  for (const text of [...forBoth, 'Kept answer', 'Drafted question', 'Note of the mentee']) expect(own).toContain(text)
  expect(own).not.toContain('Note of the mentor')
  const theirs = await exportOf(mentor)
  for (const text of [...forBoth, 'Note of the mentor']) expect(theirs).toContain(text)
  for (const text of ['Kept answer', 'Drafted question', 'Note of the mentee']) expect(theirs).not.toContain(text)
})
