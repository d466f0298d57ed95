import { strFromU8, unzipSync } from 'fflate'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CORE_AGENDA } from '../../shared/templates/agenda.ts'
import { type Cast, castOf } from '../practice-cast.ts'
import { type RunningService, send, startService } from '../start-service.ts'
import { launchBrowser } from './launch-browser.ts'

let service: RunningService
let cast: Cast
let browser: Browser
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  browser = await launchBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await service?.close()
})

/** A browser that never leaves this machine and keeps what goes wrong on its pages. */
async function openContext(): Promise<{ readonly context: BrowserContext; readonly faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const faults: string[] = []
  await context.route(
    (url) => url.hostname !== '127.0.0.1',
    (route) => {
      faults.push(`left the machine: ${route.request().url()}`)
      return route.abort()
    },
  )
  context.on('weberror', (error) => faults.push(error.error().message))
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`)
  })
  return { context, faults }
}

const pane = (page: Page) => page.frameLocator('iframe')
const lookAs = (page: Page, person: { readonly userPrincipalName: string }) =>
  page.getByLabel('Look through the eyes of').selectOption(person.userPrincipalName)

test('a newcomer books a series from the first screen; the mentor and the coordinator see it', async () => {
  const { context, faults } = await openContext()
  const page = await context.newPage()
  await page.goto(`${service.address}/`)

  // The first screen says who one is and what to do; three clicks book a year.
  await page.getByText(/^You are .*PGY-2/).waitFor()
  await page.getByRole('button', { name: 'New mentoring series' }).click()
  await pane(page).getByRole('heading', { name: 'Plan a mentoring series' }).waitFor()
  await pane(page).getByRole('button', { name: 'Find dates' }).click()
  await pane(page).getByText('The dates, and why').waitFor()
  await pane(page).getByRole('button', { name: 'Book 5 meetings' }).click()
  await pane(page).getByText('All 5 meetings are booked.').waitFor()

  const who = await page
    .getByText(/^You are /)
    .first()
    .textContent()
  const pair = cast.pairs.find(({ mentee }) => who!.includes(mentee.displayName))!
  const mails = (await send('GET', `${service.address}/practice/outbox?to=${encodeURIComponent(pair.mentor.mail)}`))
    .body
  expect(mails.map(({ kind }: { kind: string }) => kind)).toEqual(Array(5).fill('invitation'))
  for (const { attachments } of mails) {
    expect(attachments).toHaveLength(1)
    const document = unzipSync(Buffer.from(attachments[0].contentBytes, 'base64'))['word/document.xml']!
    const text = strFromU8(document)
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('&amp;', '&')
      .replace(/\s+/g, ' ')
    for (const { title } of CORE_AGENDA.items) expect(text).toContain(title)
  }

  // The mentee writes a goal and homework beside the agenda.
  await pane(page)
    .getByRole('link', { name: /^Agenda of/ })
    .first()
    .click()
  // A tick shows as soon as the change is under way, a moment after the click.
  await pane(page).getByRole('checkbox', { name: 'Check in' }).click()
  await pane(page).getByRole('checkbox', { name: 'Check in', checked: true }).waitFor()
  await pane(page).getByRole('button', { name: 'Add goal' }).click()
  await pane(page).getByRole('textbox', { name: /^Goal/ }).fill('Submit the case series')
  const saved = page.waitForResponse((response) => /\/goals\//.test(response.url()) && response.ok())
  await pane(page).getByRole('button', { name: 'Add', exact: true }).click()
  await saved
  await pane(page).getByText('Submit the case series').waitFor()

  // The mentor opens the invitation's calendar item and sees the same.
  await lookAs(page, pair.mentor)
  await page.getByRole('tab', { name: 'Month' }).click()
  const meeting = page.getByRole('button', { name: /^Mentoring meeting/ }).first()
  for (let month = 0; month < 3 && !(await meeting.isVisible()); month++) {
    await page.getByRole('button', { name: 'Next month' }).click()
    await page.getByRole('table', { name: 'Month' }).waitFor()
    await meeting.waitFor({ timeout: 3_000 }).catch(() => {})
  }
  await meeting.click()
  await pane(page).getByText('Submit the case series').waitFor()
  expect(await pane(page).getByRole('checkbox', { name: 'Check in' }).isChecked()).toBe(true)

  // The link of the invitation opens the agenda of its meeting in Teams, with the goal beside it.
  const [, link] = /href="([^"]*\/meetings\/[^"]*)"/.exec(mails[0].body)!
  await page.goto(link!)
  await pane(page).getByRole('heading', { name: 'Agenda' }).waitFor()
  await pane(page).getByText('Submit the case series').waitFor()
  expect(new URL(page.url()).pathname).toBe('/practice/teams')

  // The coordinator sees in Teams that it is booked, and nothing of what is in it.
  await page.goto(`${service.address}/practice/teams`)
  const coordinator = cast.people.find(({ appRoles }) => appRoles.includes('Coordinator'))!
  await lookAs(page, coordinator)
  await pane(page).getByText(pair.mentee.displayName).first().waitFor()
  const row = pane(page).getByRole('row').filter({ hasText: pair.mentee.displayName })
  await expect.poll(() => row.first().textContent()).toMatch(/5 of 5|5\/5|All 5|booked/i)
  expect(await pane(page).locator('body').textContent()).not.toContain('case series')
  expect(faults).toEqual([])
  await context.close()
}, 120_000)

test('panes keep nothing of people in the browser', async () => {
  const { context } = await openContext()
  const page = await context.newPage()
  await page.goto(`${service.address}/practice/`)
  await page.getByRole('button', { name: 'New mentoring series' }).click()
  await pane(page)
    .getByRole('heading', { name: /series|Mentoring/ })
    .first()
    .waitFor()
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  expect(kept).not.toMatch(/eyJ[\w-]+\./)
  expect(kept).not.toContain('case series')
  await context.close()
}, 60_000)

test('who looks for a mentor narrows the search to who offers a skill, without knowing a name', async () => {
  const { context, faults } = await openContext()
  const page = await context.newPage()
  await page.goto(`${service.address}/`)
  await page.getByRole('button', { name: 'New mentoring series' }).click()
  await pane(page).getByRole('radio', { name: 'Someone else' }).check()
  await pane(page).getByLabel('Who offers').selectOption({ label: 'Conflict resolution' })
  const name = pane(page).getByRole('combobox', { name: 'Your mentor' })
  await name.click()
  const found = pane(page).getByRole('listbox').getByRole('option')
  await found.getByText('Offers feedback, conflict resolution', { exact: false }).waitFor()
  expect(await found.count()).toBe(1)
  await found.first().click()
  await pane(page)
    .getByText(/· Offers .*conflict resolution/)
    .waitFor()
  expect(faults).toEqual([])
  await context.close()
})
