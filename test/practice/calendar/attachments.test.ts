import { expect, test } from 'vitest'
import { BASE, draft, type Json, openPractice, person } from './practice.ts'

const ada = person('Ada')
const HOUR = ['2026-03-03T15:00', '2026-03-03T16:00'] as const
const MB = 1024 * 1024
const file = (name: string, contentBytes: string, more = {}) => ({
  '@odata.type': '#microsoft.graph.fileAttachment',
  name,
  contentBytes,
  ...more,
})

async function event() {
  const practice = openPractice([ada])
  const asAda = practice.as(ada)
  const { id } = (await asAda('POST /me/events', { body: draft(...HOUR) })).body
  return { practice, asAda, path: `/me/events/${id}`, id }
}

test('a file is added, listed, read and removed', async () => {
  const { asAda, path } = await event()
  const added = await asAda(`POST ${path}/attachments`, { body: file('menu.txt', 'bWFjIGFuZCBjaGVlc2UgdG9kYXk=') })
  expect(added.status).toBe(201)
  expect(added.body).toMatchObject({
    '@odata.type': '#microsoft.graph.fileAttachment',
    name: 'menu.txt',
    contentType: 'text/plain',
    isInline: false,
    contentId: null,
    contentLocation: null,
    contentBytes: 'bWFjIGFuZCBjaGVlc2UgdG9kYXk=',
  })
  expect((await asAda(`GET ${path}`)).body.hasAttachments).toBe(true)
  const listed = await asAda(`GET ${path}/attachments?$select=name`)
  expect(listed.body.value).toEqual([expect.objectContaining({ id: added.body.id, name: 'menu.txt' })])
  expect(listed.body.value[0]).not.toHaveProperty('contentBytes')
  const bytes = await asAda(`GET ${path}/attachments/${added.body.id}/$value`)
  expect([Buffer.from(bytes.body).toString(), bytes.headers['content-type']]).toEqual([
    'mac and cheese today',
    'text/plain',
  ])
  expect((await asAda(`DELETE ${path}/attachments/${added.body.id}`)).status).toBe(204)
  expect((await asAda(`GET ${path}/attachments/${added.body.id}`)).status).toBe(404)
  expect((await asAda(`GET ${path}`)).body.hasAttachments).toBe(false)
})

test('the event’s version changes with its attachments', async () => {
  const { asAda, path } = await event()
  const before = (await asAda(`GET ${path}`)).body.changeKey
  await asAda(`POST ${path}/attachments`, { body: file('a.txt', 'YQ==') })
  expect((await asAda(`GET ${path}`)).body.changeKey).not.toBe(before)
})

test('an item is attached and comes when expanded', async () => {
  const { asAda, path } = await event()
  const item = { '@odata.type': 'microsoft.graph.event', ...draft(...HOUR, { subject: 'Gifts' }) }
  const added = await asAda(`POST ${path}/attachments`, {
    body: { '@odata.type': '#microsoft.graph.itemAttachment', name: 'Holiday event', item },
  })
  expect(added.body).toMatchObject({
    '@odata.type': '#microsoft.graph.itemAttachment',
    name: 'Holiday event',
    contentType: null,
  })
  expect(added.body).not.toHaveProperty('item')
  const expanded = await asAda(`GET ${path}/attachments/${added.body.id}?$expand=microsoft.graph.itemAttachment/item`)
  expect(expanded.body.item).toMatchObject({ '@odata.type': '#microsoft.graph.event', subject: 'Gifts' })
})

test.each([
  ['no type', { name: 'a.txt', contentBytes: 'YQ==' }],
  ['a cloud link', { '@odata.type': '#microsoft.graph.referenceAttachment', name: 'a' }],
  ['no name', { '@odata.type': '#microsoft.graph.fileAttachment', contentBytes: 'YQ==' }],
  ['no base64', file('a.txt', 'not base64!')],
  ['an unknown property', file('a.txt', 'YQ==', { sourceUrl: 'x' })],
])('refuses an attachment with %s', async (_name, body) => {
  const { asAda, path } = await event()
  expect((await asAda(`POST ${path}/attachments`, { body })).status).toBe(400)
})

test('a file of 3 MB needs an upload session', async () => {
  const { asAda, path } = await event()
  const large = Buffer.alloc(3 * MB).toString('base64')
  expect((await asAda(`POST ${path}/attachments`, { body: file('a.bin', large) })).status).toBe(413)
  const small = Buffer.alloc(3 * MB - 1).toString('base64')
  expect((await asAda(`POST ${path}/attachments`, { body: file('a.bin', small) })).status).toBe(201)
})

test('an upload session takes ranges in order and leaves a file', async () => {
  const { asAda, path } = await event()
  const size = 3 * MB + 5
  const bytes = Buffer.alloc(size, 'flower')
  const session = await asAda(`POST ${path}/attachments/createUploadSession`, {
    body: { AttachmentItem: { attachmentType: 'file', name: 'flower.png', size } },
  })
  expect(session.status).toBe(201)
  expect(session.body).toMatchObject({
    nextExpectedRanges: ['0-'],
    uploadUrl: expect.stringContaining(BASE),
    expirationDateTime: expect.any(String),
  })
  const put = (from: number, to: number, total = size) =>
    asAda(`PUT ${session.body.uploadUrl}`, {
      body: bytes.subarray(from, to),
      headers: { 'content-range': `bytes ${from}-${to - 1}/${total}` },
    })
  expect((await put(100, 200)).status).toBe(416)
  expect((await put(0, 100, 5)).status).toBe(400)
  const first = await put(0, 2 * MB)
  expect([first.status, first.body.nextExpectedRanges]).toEqual([200, [`${2 * MB}-`]])
  expect((await put(0, 2 * MB)).status).toBe(416)
  const last = await put(2 * MB, size)
  expect([last.status, last.body]).toEqual([201, undefined])
  const id = /attachments\('(.+)'\)$/.exec(last.headers['location']!)![1]!
  const read = await asAda(`GET ${path}/attachments/${id}`)
  expect(read.body).toMatchObject({ name: 'flower.png', contentType: 'image/png', size })
  expect(Buffer.from(read.body.contentBytes, 'base64').equals(bytes)).toBe(true)
  expect((await put(2 * MB, size)).status).toBe(404)
})

test('an upload session is for files of 3 to 150 MB and ends after a while', async () => {
  const { practice, asAda, path } = await event()
  const open = (size: number) =>
    asAda(`POST ${path}/attachments/createUploadSession`, {
      body: { AttachmentItem: { attachmentType: 'file', name: 'a', size } },
    })
  expect([(await open(3 * MB - 1)).status, (await open(150 * MB + 1)).status]).toEqual([400, 400])
  const { uploadUrl } = (await open(3 * MB)).body
  practice.moveTo('2026-01-05T14:00:00Z')
  const late = await asAda(`PUT ${uploadUrl}`, {
    body: Buffer.alloc(1),
    headers: { 'content-range': `bytes 0-0/${3 * MB}` },
  })
  expect(late.status).toBe(404)
})

test('attachment ids have an immutable form too', async () => {
  const { asAda, path } = await event()
  const added = await asAda(`POST ${path}/attachments`, { body: file('a.txt', 'YQ==') })
  const listed: Json = await asAda(`GET ${path}/attachments`, { prefer: 'IdType="ImmutableId"' })
  expect(listed.body.value[0].id).not.toBe(added.body.id)
  expect((await asAda(`GET ${path}/attachments/${listed.body.value[0].id}`)).body.id).toBe(added.body.id)
})
