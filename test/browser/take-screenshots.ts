import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Frame, Page } from 'playwright-core'
import { type Cast, type CastPerson, castOf } from '../practice-cast.ts'
import { type RunningService, runningFrom, startService, TEST_NOW } from '../start-service.ts'
import { launchBrowser } from './launch-browser.ts'

// Takes a picture of every screen at 320 and 1280 px, light and dark, and names what axe finds on it.
//   npm run screenshots -- [folder] [names of screens, all unless told]

const folder = process.argv[2] ?? join('dist', 'screenshots')
const wanted = process.argv.slice(3)
const WIDTHS = [320, 1280]
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

type Look = 'light' | 'dark'
type Screen = {
  readonly name: string
  readonly person: CastPerson
  readonly path: string
  open(page: Page): Promise<void>
}

const paneOf = (page: Page) => page.frameLocator('iframe')
const settle = (page: Page) => page.waitForLoadState('networkidle')

function screensOf(cast: Cast): readonly Screen[] {
  const hero = cast.pairs.find(({ mentee }) => mentee.userPrincipalName.startsWith('priya'))!
  const booked = cast.pairs.find(({ mentee }) => mentee.userPrincipalName.startsWith('amara'))!
  const hopeless = cast.pairs.find(({ mentee }) => mentee.userPrincipalName.startsWith('joaquin'))!
  const coordinator = cast.people.find(({ appRoles }) => appRoles.includes('Coordinator'))!
  const newSeries = async (page: Page) => {
    await page.getByRole('button', { name: 'New mentoring series' }).click()
    await paneOf(page).getByRole('heading', { level: 1 }).waitFor()
  }
  const findDates = async (page: Page) => {
    await newSeries(page)
    await paneOf(page).getByRole('button', { name: 'Find dates' }).click()
    await paneOf(page).getByRole('button', { name: 'Back' }).waitFor()
  }
  const openMeeting = async (page: Page) => {
    await page.getByRole('tab', { name: 'Month' }).click()
    const meeting = page.getByRole('button', { name: /Mentoring meeting/ }).first()
    for (let month = 0; month < 3 && !(await meeting.isVisible()); month++) {
      await page.getByRole('button', { name: 'Next month' }).click()
      await meeting.waitFor({ timeout: 3_000 }).catch(() => {})
    }
    await meeting.click()
    await paneOf(page).getByRole('heading', { name: 'Agenda' }).waitFor()
  }
  const openArea = async (page: Page, area: string) => {
    await paneOf(page)
      .getByRole('link', { name: /^Goals, homework and more/ })
      .first()
      .click()
    const tab = paneOf(page).getByRole('tab', { name: area })
    const choice = paneOf(page).getByRole('combobox', { name: 'Area' })
    await tab.or(choice).first().waitFor()
    if (await choice.isVisible()) await choice.selectOption({ label: area })
    else await tab.click()
    await paneOf(page).getByRole('heading', { name: area }).waitFor()
  }
  return [
    { name: 'first-screen', person: hero.mentee, path: '/practice/', open: settle },
    { name: 'new-series', person: hero.mentee, path: '/practice/', open: newSeries },
    { name: 'proposals', person: hero.mentee, path: '/practice/', open: findDates },
    { name: 'no-common-time', person: hopeless.mentee, path: '/practice/', open: findDates },
    { name: 'booked-series', person: booked.mentee, path: '/practice/', open: newSeries },
    { name: 'meeting', person: booked.mentor, path: '/practice/', open: openMeeting },
    {
      name: 'outbox',
      person: booked.mentor,
      path: '/practice/',
      open: (page) => page.getByRole('button', { name: 'Outbox' }).click(),
    },
    {
      name: 'inbox',
      person: booked.mentor,
      path: '/practice/',
      open: (page) => page.getByRole('tab', { name: 'Inbox' }).click(),
    },
    {
      name: 'coordinator',
      person: coordinator,
      path: '/practice/teams',
      open: (page) => paneOf(page).getByText(booked.mentee.displayName).first().waitFor(),
    },
    {
      name: 'my-pairs',
      person: booked.mentor,
      path: '/practice/teams',
      open: (page) => paneOf(page).getByText(booked.mentee.displayName).first().waitFor(),
    },
    {
      name: 'meeting-in-teams',
      person: booked.mentor,
      path: '/practice/teams',
      open: async (page) => {
        await paneOf(page)
          .getByRole('link', { name: /^Agenda of/ })
          .first()
          .click()
        await paneOf(page).getByRole('heading', { name: 'Agenda' }).waitFor()
      },
    },
    {
      name: 'pair-in-outlook',
      person: booked.mentee,
      path: '/practice/',
      open: async (page) => {
        await newSeries(page)
        await paneOf(page).getByRole('link', { name: 'Mentoring series' }).click()
        await paneOf(page)
          .getByRole('link', { name: /^Goals, homework and more/ })
          .first()
          .click()
        await paneOf(page).getByRole('heading', { name: 'Homework' }).waitFor()
      },
    },
    {
      name: 'about-a-patient',
      person: booked.mentor,
      path: '/practice/teams',
      open: async (page) => {
        await paneOf(page)
          .getByRole('link', { name: /^Goals, homework and more/ })
          .first()
          .click()
        await paneOf(page).getByRole('button', { name: 'Add homework' }).click()
        await paneOf(page).getByRole('textbox').first().fill('Debrief bed 12 with the GI bleed, MRN 4482913')
        await page.keyboard.press('Enter')
        await paneOf(page).getByRole('alertdialog').waitFor()
      },
    },
    {
      name: 'pair-in-teams',
      person: booked.mentor,
      path: '/practice/teams',
      open: async (page) => {
        await paneOf(page)
          .getByRole('link', { name: /^Goals, homework and more/ })
          .first()
          .click()
        await paneOf(page).getByRole('heading', { name: 'Homework' }).waitFor()
      },
    },
    {
      name: 'where-we-stand',
      person: booked.mentee,
      path: '/practice/teams',
      open: (page) => openArea(page, 'Where we stand'),
    },
  ]
}

async function shoot(
  browser: Browser,
  service: RunningService,
  screen: Screen,
  width: number,
  look: Look,
): Promise<void> {
  const context = await browser.newContext({
    viewport: { width, height: width === 320 ? 720 : 860 },
    colorScheme: look,
  })
  await context.route(
    (url) => url.hostname !== '127.0.0.1',
    (route) => route.abort(),
  )
  const page = await context.newPage()
  const choices = new URLSearchParams({
    as: screen.person.userPrincipalName,
    look,
    'teams-look': look === 'dark' ? 'dark' : 'default',
  })
  await page.goto(`${service.address}${screen.path}?${choices}`)
  await settle(page)
  await screen.open(page)
  await settle(page)
  const file = join(folder, `${screen.name}-${width}-${look}.png`)
  await page.screenshot({ path: file })
  const faults = await findFaults(page)
  const sideways = await Promise.all(page.frames().map(isScrolledSideways))
  process.stdout.write(
    `${file}${faults.map((fault) => `\n  ${fault}`).join('')}${sideways.includes(true) ? '\n  scrolls sideways' : ''}\n`,
  )
  await context.close()
}

/** What axe finds; tabster's dummies are hidden and focusable by design. */
async function findFaults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(RULES)
    .exclude('[data-tabster-dummy]')
    .exclude(['iframe', '[data-tabster-dummy]'])
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

const isScrolledSideways = (frame: Frame) =>
  frame.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1)

/** The practice tenant books some pairs after its start. */
async function waitForBookedPairs({ coordinator, programmeId }: Cast): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const { pairs } = (await coordinator.get(`/api/programmes/${programmeId}/pairs`)).body
    const booked = pairs.filter(
      ({ planned, booked }: { planned: number; booked: number }) => planned > 0 && planned === booked,
    )
    if (booked.length >= 9) return
    await wait(200)
  }
  throw new Error('The practice tenant did not book its pairs.')
}

mkdirSync(folder, { recursive: true })
const service = await startService({}, runningFrom(TEST_NOW), true)
const browser = await launchBrowser()
try {
  const cast = await castOf(service)
  const screens = screensOf(cast).filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  await waitForBookedPairs(cast)
  for (const screen of screens) {
    for (const width of WIDTHS)
      for (const look of ['light', 'dark'] as const) await shoot(browser, service, screen, width, look)
  }
} finally {
  await browser.close()
  await service.close()
}
