import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SeriesView } from '../../shared/api/series.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'
import { moveClockTo } from '../work/practice-clock.ts'
import { launchBrowser } from './launch-browser.ts'

/** A wrap-up must not cost more clicks, or fields typed into, than this. */
const ACTS_MAX = 12

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
  await moveClockTo(service, series.meetings[0]!.endsAt)
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await service?.close()
})

/** Opens the first meeting's pane in Teams as a person. */
async function openMeeting(page: Page, userPrincipalName: string): Promise<FrameLocator> {
  const choices = new URLSearchParams({ as: userPrincipalName })
  await page.goto(`${service.address}/practice/teams?${choices}`)
  const tab = page.frameLocator('iframe')
  await tab.getByRole('link', { name: 'My pairs' }).waitFor()
  const frame = page.frames().find((one) => one !== page.mainFrame())!
  const hash = `#/meeting/${pair.relationshipId}/${series.meetings[0]!.meetingId}`
  await frame.evaluate((place) => {
    window.location.hash = place
  }, hash)
  await tab.getByRole('heading', { name: 'Agenda' }).waitFor()
  return tab
}

/** Counts what a person does: a click, or a run of typing into one field. */
function countedActs(pane: FrameLocator) {
  let acts = 0
  return {
    click: async (role: 'button' | 'radio' | 'checkbox', name: string) => {
      acts++
      await pane.getByRole(role, { name }).click()
    },
    type: async (label: string | RegExp, text: string) => {
      acts++
      await pane.getByLabel(label).fill(text)
    },
    count: () => acts,
  }
}

test('a meeting is wrapped up in at most twelve clicks and typed fields, and the other one confirms it with one', async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 720 } })
  const page = await context.newPage()
  const pane = await openMeeting(page, pair.mentee.userPrincipalName)
  const person = countedActs(pane)
  await person.click('button', 'Wrap up')
  await person.type('New homework for you', 'Draft the abstract')
  await person.type(`New homework for ${pair.mentor.displayName}`, 'Introduce me to the statistician')
  await person.type(/What you decided/, 'Submit in March')
  await person.type('Minutes', '40')
  await person.click('button', 'Save and finish')
  await pane.getByRole('heading', { name: 'Recap' }).waitFor()
  expect(person.count()).toBeLessThanOrEqual(ACTS_MAX)
  await pane.getByText('Submit in March').waitFor()
  // The keyboard goes on where the form was.
  expect(
    await pane.getByRole('heading', { name: 'Recap' }).evaluate((heading) => heading === document.activeElement),
  ).toBe(true)

  const mentorPane = await openMeeting(await context.newPage(), pair.mentor.userPrincipalName)
  await mentorPane.getByRole('heading', { name: 'Recap' }).waitFor()
  await mentorPane.getByText('Submit in March').waitFor()
  await mentorPane
    .getByRole('region', { name: 'Recap' })
    .getByText(/Introduce me to the statistician · You/)
    .waitFor()
  await mentorPane.getByRole('button', { name: 'Yes, we met' }).click()
  await mentorPane.getByText('You both noted that you met, 40 minutes.').waitFor()

  const at = `/api/relationships/${pair.relationshipId}`
  const { body } = await mentee.get(`${at}/meetings/${series.meetings[0]!.meetingId}/wrap-up`)
  expect(body).toMatchObject({ decisions: ['Submit in March'], held: { state: 'held', minutes: 40 } })
  expect((await mentee.get(`${at}/homework`)).body.homework).toEqual([
    expect.objectContaining({ title: 'Draft the abstract', owner: 'mentee', dueDate: expect.any(String) }),
    expect.objectContaining({ title: 'Introduce me to the statistician', owner: 'mentor' }),
  ])
  await context.close()
}, 120_000)

test('after the last meeting one of three dates that suit both is booked from the wrap-up', async () => {
  const last = series.meetings.at(-1)!
  await moveClockTo(service, last.endsAt)
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } })
  const page = await context.newPage()
  const pane = await openMeeting(page, pair.mentee.userPrincipalName)
  const frame = page.frames().find((one) => one !== page.mainFrame())!
  await frame.evaluate((place) => {
    window.location.hash = place
  }, `#/meeting/${pair.relationshipId}/${last.meetingId}`)
  await pane.getByText(`Meeting ${series.meetings.length} of ${series.meetings.length}`).waitFor()
  const person = countedActs(pane)
  await person.click('button', 'Wrap up')
  const offers = pane.getByRole('radiogroup', { name: 'Next date' }).getByRole('radio')
  await expect.poll(() => offers.count(), { timeout: 20_000 }).toBe(4)
  const [first] = await offers.all()
  await first!.click()
  await person.click('button', 'Save and finish')
  await pane.getByRole('heading', { name: 'Recap' }).waitFor()
  await pane
    .getByRole('region', { name: 'Recap' })
    .getByText(/^Next: /)
    .waitFor()
  const { body } = await mentee.get(`/api/relationships/${pair.relationshipId}/series`)
  expect(body.series).toHaveLength(2)
  await context.close()
}, 120_000)
