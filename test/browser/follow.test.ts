import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bookBest } from '../booking/book-a-series.ts'
import { type Cast, castOf } from '../practice-cast.ts'
import { type RunningService, startService } from '../start-service.ts'
import { tenantOf, untilWatched } from '../sync/by-hand.ts'
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

const pane = (page: Page) => page.frameLocator('iframe')
async function openAs(person: { readonly userPrincipalName: string }, path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(`${service.address}${path}`)
  await page.getByLabel('Look through the eyes of').selectOption(person.userPrincipalName)
  return page
}

test('what people do in Outlook is seen in the pane and by the coordinator without anybody asking', async () => {
  const pair = cast.pairs.find(({ mentee: { userPrincipalName } }) => !/^(joaquin|aisling)/.test(userPrincipalName))!
  const mentee = await cast.as(pair.mentee)
  const booked = await bookBest(mentee, pair.relationshipId)
  await untilWatched(service, tenantOf(mentee), pair.mentee.id)
  const coordinator = cast.people.find(({ appRoles }) => appRoles.includes('Coordinator'))!

  const dates = await openAs(pair.mentee, '/practice/')
  await dates.getByRole('button', { name: 'New mentoring series' }).click()
  await pane(dates).getByRole('link', { name: 'Mentoring series' }).click()
  await pane(dates)
    .getByRole('link', { name: /^See all dates/ })
    .click()
  await pane(dates).getByText(`All ${booked.meetings.length} meetings are booked.`).waitFor()
  const teams = await openAs(coordinator, '/practice/teams')
  const row = pane(teams).getByRole('row').filter({ hasText: pair.mentee.displayName })
  await row.first().waitFor()

  // The mentee moves the first meeting on by a day, by keyboard alone.
  const hands = await openAs(pair.mentee, '/practice/')
  await hands.getByRole('navigation', { name: 'Mentoring meetings ahead' }).getByRole('button').first().click()
  await hands.getByRole('button', { name: 'Move…' }).focus()
  await hands.keyboard.press('Enter')
  const when = hands.getByLabel(/^Day and time/)
  const before = await when.inputValue()
  const next = new Date(Date.parse(`${before}:00Z`) + 86_400_000).toISOString().slice(0, 16)
  await when.fill(next)
  await hands.keyboard.press('Enter')
  await pane(dates)
    .getByText(/^Moved from/)
    .waitFor()
  expect(await pane(dates).getByText(`All ${booked.meetings.length} meetings are booked.`).isVisible()).toBe(true)

  // The mentor declines the second one.
  const invited = await openAs(pair.mentor, '/practice/')
  await invited.getByRole('navigation', { name: 'Mentoring meetings ahead' }).getByRole('button').nth(1).click()
  await invited.getByRole('button', { name: 'Propose new time…' }).waitFor()
  await invited.getByRole('group', { name: 'Your answer' }).getByRole('button', { name: 'Decline' }).click()
  await pane(dates).getByText('One meeting has no date yet.').waitFor()
  await pane(dates).getByText('This time did not suit; the invitation was declined in Outlook.').waitFor()
  await row.getByText('A date is missing').waitFor({ timeout: 20_000 })
}, 120_000)
