import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findFaults } from '../../browser/find-faults.ts'
import { launchBrowser } from '../../browser/launch-browser.ts'
import { type Cast, castOf } from '../../practice-cast.ts'
import { type RunningService, send, startService } from '../../start-service.ts'

let service: RunningService
let cast: Cast
let browser: Browser
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await service?.close()
})

type Opened = { readonly page: Page; readonly refusals: readonly string[] }

/** Opens a host page of the running service; keeps what its content security policy refused. */
async function open(path: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'Asia/Kathmandu', ...options })
  const page = await context.newPage()
  const refusals: string[] = []
  page.on('console', (message) => {
    // teams-js asks a Microsoft server for a list of hosts it already holds; the practice tenant stays on this machine.
    const isKnown = message.text().includes('res.cdn.office.net')
    if (/Content.Security.Policy|Refused to/i.test(message.text()) && !isKnown) refusals.push(message.text())
  })
  await page.goto(`${service.address}${path}`)
  return { page, refusals }
}
const pane = (page: Page) => page.frameLocator('iframe')
const asPerson = (path: string, { userPrincipalName }: { readonly userPrincipalName: string }) =>
  `${path}?as=${encodeURIComponent(userPrincipalName)}`
const coordinator = () => cast.people.find(({ kind }) => kind === 'coordinator')!
const resident = () => cast.people.find(({ kind }) => kind === 'resident')!

test('the pages’ styles and scripts all pass the policy they are served with', async () => {
  for (const path of ['/practice/', asPerson('/practice/teams', coordinator())]) {
    const { page, refusals } = await open(path)
    if (path === '/practice/') await page.getByRole('button', { name: 'New mentoring series' }).click()
    await pane(page).getByRole('heading', { level: 1 }).waitFor()
    expect(refusals).toEqual([])
    await page.context().close()
  }
})

test('the look that is chosen reaches the add-in’s pane while it is open', async () => {
  const { page } = await open('/practice/', { colorScheme: 'light' })
  await page.getByRole('button', { name: 'New mentoring series' }).click()
  await pane(page).getByRole('heading', { level: 1 }).waitFor()
  const background = () =>
    pane(page)
      .locator('.fui-FluentProvider')
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor)
  expect(await background()).toBe('rgb(255, 255, 255)')
  await page.getByRole('button', { name: 'Dark look' }).click()
  await expect.poll(background).toBe('rgb(41, 41, 41)')
  await page.context().close()
})

test('moving the practice clock moves the calendar’s today, for everybody', async () => {
  const { page } = await open('/practice/')
  const before = (await send('GET', `${service.address}/practice/clock`)).body.now
  await page
    .getByRole('button', { name: /New York time/ })
    .first()
    .click()
  const moved = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.getByRole('button', { name: '4 weeks on' }).click()
  await moved
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Dec 21, 2026/ }).waitFor()
  await page.getByRole('button', { name: 'Today' }).click()
  await page.getByRole('heading', { name: /^Dec 21\s–\s27, 2026$/ }).waitFor()
  await send('POST', `${service.address}/practice/clock`, { body: { now: before } })
  await page.context().close()
})

test('shows what Graph holds: wall times in the mailbox’s zone, whatever the zone of the browser', async () => {
  const { page } = await open(asPerson('/practice/', resident()))
  await page
    .getByRole('button', { name: /Noon conference/ })
    .first()
    .waitFor()
  const name = await page
    .getByRole('button', { name: /Noon conference/ })
    .first()
    .textContent()
  expect(name).toMatch(/12:00\sPM/)
  expect(await page.getByText('Times in New York time').isVisible()).toBe(true)
  await page.context().close()
})

test('asks for consent where Entra would, and goes on when it is given', async () => {
  const person = resident()
  await send('PUT', `${service.address}/practice/consent`, {
    body: { userPrincipalName: person.userPrincipalName, hurdle: 'interaction-required' },
  })
  const { page } = await open(asPerson('/practice/', person))
  await page.getByRole('button', { name: 'New mentoring series' }).click()
  await pane(page).getByRole('button', { name: 'Find dates' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Accept' }).click()
  await pane(page)
    .getByRole('button', { name: /^Book \d+ meetings/ })
    .waitFor()
  await page.context().close()
})

test('Teams-like: the coordinator sees the programme, in the theme that is chosen', async () => {
  const { page } = await open(asPerson('/practice/teams', coordinator()))
  await pane(page).getByRole('rowheader').first().waitFor()
  await page.getByLabel('Teams theme').selectOption('contrast')
  const background = () =>
    pane(page)
      .locator('.fui-FluentProvider')
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor)
  await expect.poll(background).toBe('rgb(0, 0, 0)')
  await page.context().close()
})

test.each([
  [320, 'light'],
  [320, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
] as const)('the calendar is accessible and fits at %i px, %s', async (width, colorScheme) => {
  const { page } = await open('/practice/', { viewport: { width, height: 800 }, colorScheme })
  await page
    .getByRole('button', { name: /Noon conference/ })
    .first()
    .waitFor()
  const check = async () => {
    // The pane is another page with tests of its own.
    expect(await findFaults(page, 'host')).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
  await check()
  await page.getByRole('tab', { name: 'Month' }).click()
  await page.getByRole('table', { name: 'Month' }).waitFor()
  await check()
  await page.context().close()
})
