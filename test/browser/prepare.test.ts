import type { Browser, Frame, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SeriesView } from '../../shared/api/series.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'
import { launchBrowser } from './launch-browser.ts'

/** A4 at 96 dpi with margins of 10 mm, in CSS pixels. */
const A4 = { width: 718, height: 1047 }

let service: RunningService
let browser: Browser
let pair: CastPair
let mentee: Caller
let series: SeriesView
beforeAll(async () => {
  service = await startService()
  const cast = await castOf(service)
  pair = cast.pairs[0]!
  mentee = await cast.as(pair.mentee)
  series = await bookBest(mentee, pair.relationshipId)
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await service?.close()
})

type Tab = { readonly page: Page; readonly pane: FrameLocator; readonly frame: Frame }

/** Opens a place of the Teams tab as the mentee. */
async function openAt(hash: string, viewport = { width: 1280, height: 860 }): Promise<Tab> {
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  await page.goto(`${service.address}/practice/teams?${new URLSearchParams({ as: pair.mentee.userPrincipalName })}`)
  const pane = page.frameLocator('iframe')
  await pane.getByRole('heading', { name: 'My pairs' }).waitFor()
  const frame = page.frames().find((one) => one !== page.mainFrame())!
  await frame.evaluate((place) => {
    window.location.hash = place
  }, hash)
  return { page, pane, frame }
}

test('the mentee puts areas in order with the keyboard alone', async () => {
  const { page, pane } = await openAt(`#/meeting/${pair.relationshipId}/${series.meetings[0]!.meetingId}`)
  await pane.getByRole('button', { name: 'Choose what comes first' }).focus()
  await page.keyboard.press('Enter')
  const order = pane.getByRole('list', { name: 'In this order' }).getByRole('listitem')
  await order.first().waitFor()
  const before = await order.allTextContents()
  await pane
    .getByRole('button', { name: /^Move .* up$/ })
    .last()
    .focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(() => order.allTextContents()).not.toEqual(before)
  await pane.getByRole('checkbox', { name: 'Connect me' }).focus()
  await page.keyboard.press('Space')
  await pane.getByRole('button', { name: 'Save agenda' }).focus()
  await page.keyboard.press('Enter')
  await pane.getByRole('button', { name: 'Change what comes first' }).waitFor()
  const path = `/api/relationships/${pair.relationshipId}/meetings/${series.meetings[0]!.meetingId}`
  const { body } = await mentee.get(path)
  expect(body.priorities).toMatchObject({ isRanked: true, needs: ['connect'] })
  await pane.getByText('You ask for this: make a connection.').waitFor()
  await page.context().close()
}, 60_000)

test('a full brief prints on one page', async () => {
  const full = 'Long words of a busy physician, line after line. '.repeat(16).slice(0, 800)
  const questions = Array.from({ length: 5 }, (_, index) => `${index} ${'What next? '.repeat(17)}`.slice(0, 200))
  const path = `/api/relationships/${pair.relationshipId}`
  for (let index = 0; index < 9; index++) {
    await mentee.put(`${path}/goals/${crypto.randomUUID()}`, {
      title: `Goal ${index} with a title of some length`,
      horizon: 'short',
      state: 'open',
    })
  }
  await mentee.put(`${path}/meetings/${series.meetings[0]!.meetingId}/brief`, {
    done: full,
    wentWell: full,
    wentNot: full,
    barriers: full,
    questions,
    isShared: true,
  })
  const { page, pane, frame } = await openAt(`#/pair/${pair.relationshipId}/brief`, A4)
  await pane.getByRole('article', { name: 'Prep brief' }).waitFor()
  await page.emulateMedia({ media: 'print' })
  const bottom = await frame.evaluate(() => {
    const sheet = document.querySelector('article')
    return sheet ? sheet.getBoundingClientRect().bottom + window.scrollY : Number.POSITIVE_INFINITY
  })
  expect(bottom).toBeLessThanOrEqual(A4.height)
  await page.context().close()
}, 60_000)

test('homework is kept in To Do once its owner switches that on', async () => {
  const id = crypto.randomUUID()
  const path = `/api/relationships/${pair.relationshipId}/homework/${id}`
  await mentee.put(path, { title: 'Read the protocol', owner: 'mentee', done: false })
  const { page, pane } = await openAt(`#/pair/${pair.relationshipId}/goals`)
  await pane.getByText(/outside of what is sealed here/).waitFor()
  await pane.getByRole('switch', { name: /To Do/ }).click()
  await pane.getByRole('button', { name: 'Bring into step now' }).waitFor()
  const tasks = service.services.graph.tasksOf(mentee.accessToken)
  const listId = await tasks.ensureList(pair.mentee.id, 'Mentoring homework')
  const changes = await tasks.readChanges(pair.mentee.id, listId, undefined)
  expect(changes).toMatchObject({ kind: 'changes', changed: [{ title: 'Read the protocol', done: false }] })
  await page.context().close()
}, 60_000)

test('a logged request goes on the priorities in one press, shows where it stands, and may be deleted', async () => {
  const path = `/api/relationships/${pair.relationshipId}`
  const requestId = crypto.randomUUID()
  const asked = { title: 'Review for the journal', hours: 6, rhythm: 'once', goalIds: [], decision: 'open' }
  await mentee.put(`${path}/requests/${requestId}`, asked)
  const { page, pane } = await openAt(`#/pair/${pair.relationshipId}/requests`)
  await pane.getByRole('button', { name: `Add to decline: “${asked.title}”` }).press('Enter')
  await pane.getByText('On the priorities: Decline').waitFor()
  const { body } = await mentee.get(`${path}/priorities`)
  expect(body.priorities).toEqual([expect.objectContaining({ kind: 'decline', text: asked.title, requestId })])
  await pane.getByRole('link', { name: 'Decline' }).press('Enter')
  const entries = pane.getByRole('list', { name: 'Decline' }).getByRole('listitem')
  await entries.getByRole('link', { name: 'Request: not decided' }).waitFor()
  await mentee.delete(`${path}/requests/${requestId}`)
  await page.context().close()
  const later = await openAt(`#/pair/${pair.relationshipId}/priorities`)
  await later.pane.getByRole('list', { name: 'Decline' }).getByText(asked.title).waitFor()
  await later.pane.getByRole('button', { name: `Edit “${asked.title}”` }).press('Enter')
  await later.pane.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  await expect
    .poll(async () => (await mentee.get(`${path}/priorities`)).body.priorities[0])
    .not.toHaveProperty('requestId')
  await later.page.context().close()
}, 60_000)
