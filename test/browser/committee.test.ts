import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, type CastPerson, castOf } from '../practice-cast.ts'
import { type RunningService, startService } from '../start-service.ts'
import { findFaults } from './find-faults.ts'
import { launchBrowser } from './launch-browser.ts'

let service: RunningService
let browser: Browser
let cast: Cast
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await service?.close()
})

type Opened = { readonly page: Page; readonly pane: FrameLocator }
async function open(person: CastPerson, path: '/practice/' | '/practice/teams', width: number): Promise<Opened> {
  const page = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage()
  await page.goto(`${service.address}${path}?${new URLSearchParams({ as: person.userPrincipalName })}`)
  return { page, pane: page.frameLocator('iframe') }
}
async function expectFitting({ page }: Opened) {
  const frame = page.frames().find((one) => one !== page.mainFrame())!
  expect(await frame.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  expect(await findFaults(page, 'pane')).toEqual([])
}
async function choose(pane: FrameLocator, label: string, person: CastPerson) {
  const search = pane.getByRole('combobox', { name: label })
  await search.click()
  await search.pressSequentially(person.displayName.split(' ')[0]!)
  await pane.getByRole('option', { name: person.displayName }).click()
}

test('a mentee calls a committee together, books its year, and a member reads the agenda and leaves', async () => {
  const { mentee } = cast.pairs.find((pair) => pair.mentee.userPrincipalName.startsWith('amara'))!
  const mentors = new Map(
    cast.pairs
      .filter(({ mentor }) => mentor.timeZone === mentee.timeZone)
      .map(({ mentor }) => [mentor.id, mentor] as const),
  )
  const [chair, one, two] = [...mentors.values()]
  const form = await open(mentee, '/practice/', 320)
  const { pane } = form
  await form.page.getByRole('button', { name: 'New mentoring series' }).click()
  await pane.getByRole('radio', { name: 'Someone else' }).check()
  await pane.getByRole('radio', { name: /^Mentorship committee/ }).check()
  await choose(pane, 'Who chairs it', chair!)
  await choose(pane, 'Who else sits on it', one!)
  await pane.getByRole('button', { name: 'Find dates' }).click()
  await pane.getByText('Choose 2 to 4 people beside the chair.').waitFor()
  await choose(pane, 'Another member', chair!)
  await pane.getByText('is on the committee already').waitFor()
  await choose(pane, 'Another member', two!)
  await pane.getByRole('list', { name: 'Members beside the chair' }).getByText(two!.displayName).waitFor()
  await expectFitting(form)
  await pane.getByRole('button', { name: 'Find dates' }).click()
  await pane.getByRole('button', { name: 'Book 2 meetings' }).click()
  await pane.getByText('All 2 meetings are booked.').waitFor()
  await pane.getByText(`${chair!.displayName} (chair)`).waitFor()
  await expectFitting(form)

  const member = await open(one!, '/practice/teams', 320)
  const card = member.pane.getByRole('article', { name: `${mentee.displayName}’s committee` })
  await card.getByText('You sit on this committee').waitFor()
  await card
    .getByRole('link', { name: /^Agenda of/ })
    .first()
    .click()
  await member.pane.getByRole('heading', { name: 'Agenda' }).waitFor()
  await member.pane.getByText('Check in').waitFor()
  expect(await member.pane.getByRole('checkbox').count()).toBe(0)
  await expectFitting(member)
  await member.pane.getByRole('button', { name: 'Leave this committee' }).click()
  await member.pane.getByRole('button', { name: 'Leave', exact: true }).click()
  await member.pane.getByText('You have left this committee.').waitFor()
  await member.page.reload()
  await member.pane.getByRole('heading', { level: 1 }).waitFor()
  expect(await card.count()).toBe(0)
})
