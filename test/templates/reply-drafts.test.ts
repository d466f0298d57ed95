import { expect, test } from 'vitest'
import { draftReply, REPLY_TEMPLATES } from '../../shared/templates/reply-drafts.ts'

const asked = { title: 'Grand rounds in June', hours: 12, rhythm: 'once' } as const

test.each(REPLY_TEMPLATES.map(({ id }) => id))('the reply “%s” hints at no mentor without consent', (id) => {
  const text = draftReply(id, { ...asked, mentor: undefined })
  expect(text).toContain('Grand rounds in June')
  expect(text).not.toMatch(/mentor|advis|talked it over/i)
  expect(text).not.toMatch(/[{}]/)
})

test.each(REPLY_TEMPLATES.map(({ id }) => id))('the reply “%s” names the mentor who consented', (id) => {
  const text = draftReply(id, { ...asked, mentor: 'Ruth Abramowicz-Bell' })
  expect(text).toContain('my mentor, Ruth Abramowicz-Bell')
  expect(text).not.toMatch(/[{}]/)
})

test('what people wrote is never read as a place to fill in', () => {
  const text = draftReply('decline', { ...asked, title: 'A talk on {mentor} and $&', mentor: 'Dr. {title}' })
  expect(text).toContain('“A talk on {mentor} and $&”')
  expect(text).toContain('my mentor, Dr. {title},')
})

test('says the hours as people do', () => {
  expect(draftReply('accept', { ...asked, hours: 1, mentor: undefined })).toContain('give it 1 hour.')
  expect(draftReply('accept', { ...asked, rhythm: 'monthly', mentor: undefined })).toContain('12 hours a month')
})
