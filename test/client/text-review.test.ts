import { expect, test, vi } from 'vitest'
import { createTextReview } from '../../shared/client/text-review.ts'

const goal = { title: 'Debrief MRN 4482913', horizon: 'short', steps: [{ text: 'Write it up' }] }

test('text that tells of nobody goes through unasked', async () => {
  const review = createTextReview()
  const ask = vi.fn()
  review.listen(ask)
  const body = { title: 'Write the sepsis paper', done: true, on: null }
  expect(await review.review(body)).toEqual({ body, isConfirmed: false })
  expect(ask).not.toHaveBeenCalled()
})

test('what the writer changed is sent in place of what was written', async () => {
  const review = createTextReview()
  review.listen(({ texts, decide }) => decide(texts.map((text) => text.replace('MRN 4482913', 'a late diagnosis'))))
  expect(await review.review(goal)).toEqual({
    body: { ...goal, title: 'Debrief a late diagnosis' },
    isConfirmed: false,
  })
})

test('what the writer keeps is sent as confirmed', async () => {
  const review = createTextReview()
  review.listen(({ texts, decide }) => decide(texts))
  expect(await review.review(goal)).toEqual({ body: goal, isConfirmed: true })
})

test('nothing is sent when the writer gives up, or when nobody can be asked', async () => {
  const review = createTextReview()
  await expect(review.review(goal)).rejects.toMatchObject({ code: 'patient-data-suspected' })
  const stop = review.listen(({ decide }) => decide(undefined))
  await expect(review.review(goal)).rejects.toMatchObject({ code: 'patient-data-suspected' })
  stop()
  await expect(review.review(goal)).rejects.toMatchObject({ code: 'patient-data-suspected' })
})
