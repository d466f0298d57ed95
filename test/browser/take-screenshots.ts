import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, Frame, Page } from 'playwright-core'
import { type Cast, type CastPerson, castOf } from '../practice-cast.ts'
import { type RunningService, runningFrom, startService, TEST_NOW } from '../start-service.ts'
import { committeeScreensOf } from './committee-screens.ts'
import { findFaults } from './find-faults.ts'
import { launchBrowser } from './launch-browser.ts'
import { supportScreensOf } from './support-screens.ts'

// Takes a picture of every screen at 320 and 1280 px, light and dark, and names what axe finds on it.
//   npm run screenshots -- [folder] [names of screens, all unless told]

const folder = process.argv[2] ?? join('dist', 'screenshots')
const wanted = process.argv.slice(3)
const WIDTHS = [320, 1280]

type Look = 'light' | 'dark'
export type Screen = {
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
  const leader = cast.people.find(({ userPrincipalName }) => userPrincipalName.startsWith('helena'))!
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
  const openPair = (page: Page) =>
    paneOf(page)
      .getByRole('link', { name: /^Goals, homework and more/ })
      .first()
      .click()
  const openArea = async (page: Page, area: string) => {
    await openPair(page)
    const tab = paneOf(page).getByRole('tab', { name: area })
    const choice = paneOf(page).getByRole('combobox', { name: 'Area' })
    await tab.or(choice).first().waitFor()
    if (await choice.isVisible()) await choice.selectOption({ label: area })
    else await tab.click()
    await paneOf(page).getByRole('heading', { name: area }).waitFor()
  }
  const openSettings = async (page: Page) => {
    await paneOf(page).getByRole('link', { name: 'Programme settings' }).click()
    await paneOf(page).getByRole('heading', { name: 'Clocks' }).waitFor()
  }
  return [
    { name: 'first-screen', person: hero.mentee, path: '/practice/', open: settle },
    { name: 'new-series', person: hero.mentee, path: '/practice/', open: newSeries },
    { name: 'proposals', person: hero.mentee, path: '/practice/', open: findDates },
    {
      name: 'find-mentor',
      person: hero.mentee,
      path: '/practice/',
      open: async (page) => {
        await newSeries(page)
        await paneOf(page).getByRole('radio', { name: 'Someone else' }).check()
        await paneOf(page).getByLabel('Who offers').selectOption({ label: 'Feedback' })
        await paneOf(page).getByRole('combobox', { name: 'Your mentor' }).click()
        await paneOf(page)
          .getByText(/Offers .*feedback/)
          .first()
          .waitFor()
      },
    },
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
    { name: 'settings', person: coordinator, path: '/practice/teams', open: openSettings },
    {
      name: 'settings-faults',
      person: coordinator,
      path: '/practice/teams',
      open: async (page) => {
        await openSettings(page)
        await paneOf(page).getByLabel('The assistant is asked, too, after').fill('20')
        await paneOf(page).getByRole('button', { name: 'Add a contact' }).click()
        await paneOf(page).getByRole('button', { name: 'Save contact' }).click()
        await paneOf(page).getByLabel('Months after a pair has parted').fill('24')
        await paneOf(page).getByRole('button', { name: 'Save', exact: true }).click()
        await paneOf(page).getByText('Not saved: see the marked fields.').waitFor()
      },
    },
    {
      name: 'leadership',
      person: leader,
      path: '/practice/teams',
      open: (page) => paneOf(page).getByRole('table', { name: 'Where they stand' }).waitFor(),
    },
    {
      name: 'my-pairs',
      person: booked.mentor,
      path: '/practice/teams',
      open: (page) => paneOf(page).getByText(booked.mentee.displayName).first().waitFor(),
    },
    {
      name: 'mentor-skills',
      person: booked.mentor,
      path: '/practice/teams',
      open: async (page) => {
        await paneOf(page)
          .getByRole('button', { name: /what you offer$/ })
          .click()
        await paneOf(page).getByRole('checkbox', { name: 'Networking' }).waitFor()
      },
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
        await openPair(page)
        await paneOf(page).getByRole('heading', { name: 'Homework' }).waitFor()
      },
    },
    {
      name: 'about-a-patient',
      person: booked.mentor,
      path: '/practice/teams',
      open: async (page) => {
        await openPair(page)
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
        await openPair(page)
        await paneOf(page).getByRole('heading', { name: 'Homework' }).waitFor()
      },
    },
    {
      name: 'where-we-stand',
      person: booked.mentee,
      path: '/practice/teams',
      open: (page) => openArea(page, 'Where we stand'),
    },
    {
      name: 'agreement',
      person: booked.mentor,
      path: '/practice/teams',
      open: async (page) => {
        await openArea(page, 'Agreement')
        const write = paneOf(page).getByRole('button', { name: 'Begin the agreement' })
        // Of the pictures before this one, the first wrote it.
        if (!(await write.isVisible())) return
        await write.click()
        await paneOf(page).getByRole('checkbox').first().check()
        await paneOf(page).getByRole('button', { name: 'Save and close' }).click()
        await paneOf(page).getByText('not signed yet').first().waitFor()
      },
    },
    {
      name: 'agreement-wizard',
      person: booked.mentor,
      path: '/practice/teams',
      open: async (page) => {
        await openArea(page, 'Agreement')
        await paneOf(page)
          .getByRole('button', { name: /^(Change it|Begin the agreement)$/ })
          .click()
        await paneOf(page)
          .getByRole('combobox', { name: /^Section/ })
          .selectOption('confidentiality')
        await paneOf(page).getByRole('heading', { name: 'Confidentiality and its limits' }).waitFor()
      },
    },
  ]
}

/** Screens of a pair's work, the last of them after their first meeting: these move the clock, so they come last. */
function workScreensOf(cast: Cast): readonly Screen[] {
  const { mentee, mentor, relationshipId } = cast.pairs.find(({ mentee }) =>
    mentee.userPrincipalName.startsWith('amara'),
  )!
  const relationship = `/api/relationships/${relationshipId}`
  const firstMeeting = async () => {
    const { body } = await (await cast.as(mentee)).get(`${relationship}/series`)
    return body.series[0].meetings[0]
  }
  const write = async () => {
    const by = await cast.as(mentee)
    const { meetingId } = await firstMeeting()
    const revisionOf = async (path: string) => (await by.get(`${relationship}${path}`)).body.revision
    const put = async (path: string, body: object, readFrom = path) => {
      const revision = await revisionOf(readFrom)
      await by.put(`${relationship}${path}`, { ...body, ...(revision === undefined ? {} : { revision }) })
    }
    await put('/vision', { text: 'Run a clinic for rare lung diseases, teach its residents, and be home for dinner.' })
    await put(`/meetings/${meetingId}/brief`, {
      done: 'Abstract submitted',
      wentWell: 'Two protected mornings in a row',
      wentNot: 'The data request takes longer than planned',
      barriers: 'No statistician until May',
      questions: ['Which journal first?', 'Should I join the wellness committee?'],
      isShared: true,
    })
    await by.put(`${relationship}/goals/3f0e6c1e-58b7-4b60-9a7f-7a52a1f0c301`, {
      title: 'Publish the case series',
      horizon: 'short',
      state: 'open',
      measure: 'Accepted paper',
      dueDate: '2027-05-01',
    })
    await by.put(`${relationship}/goals/3f0e6c1e-58b7-4b60-9a7f-7a52a1f0c301`, {
      title: 'Submit the case series as a letter',
      horizon: 'short',
      state: 'open',
      measure: 'Submitted',
      dueDate: '2027-05-01',
      barriers: 'No statistician until May',
      why: 'A letter needs fewer cases',
      revision: 1,
    })
    await by.put(`${relationship}/homework/3f0e6c1e-58b7-4b60-9a7f-7a52a1f0c302`, {
      title: 'Draft the aims page',
      owner: 'mentee',
      done: false,
      dueDate: '2026-11-25',
    })
    await by.put(`${relationship}/priorities/3f0e6c1e-58b7-4b60-9a7f-7a52a1f0c303`, {
      kind: 'decline',
      text: 'The wellness committee',
    })
  }
  const go = async (page: Page, hash: string, heading: string | RegExp) => {
    await write()
    const frame = page.frames().find((one) => one !== page.mainFrame())!
    await frame.evaluate((place) => {
      window.location.hash = place
    }, hash)
    await paneOf(page).getByRole('heading', { name: heading }).first().waitFor()
  }
  const area = (name: string, person: CastPerson, heading: string | RegExp): Screen => ({
    name: `pair-${name}`,
    person,
    path: '/practice/teams',
    open: async (page) => {
      await paneOf(page).getByRole('heading', { name: 'My pairs' }).waitFor()
      await go(page, `#/pair/${relationshipId}/${name}`, heading)
    },
  })
  const meeting = (name: string, person: CastPerson, act: (page: Page) => Promise<void>): Screen => ({
    name,
    person,
    path: '/practice/teams',
    open: async (page) => {
      await paneOf(page).getByRole('heading', { name: 'My pairs' }).waitFor()
      const { meetingId } = await firstMeeting()
      await go(page, `#/meeting/${relationshipId}/${meetingId}`, 'Agenda')
      await act(page)
    },
  })
  const afterMeeting = async (page: Page) => {
    const { endsAt, meetingId } = await firstMeeting()
    const { now } = await (await page.request.get(new URL('/practice/clock', page.url()).href)).json()
    if (now < endsAt) await page.request.post(new URL('/practice/clock', page.url()).href, { data: { now: endsAt } })
    await page.reload()
    await paneOf(page).getByRole('heading', { name: 'My pairs' }).waitFor()
    await go(page, `#/meeting/${relationshipId}/${meetingId}`, /After the meeting|Recap/)
  }
  return [
    area('goals', mentee, 'Vision'),
    area('brief', mentee, /^Prep brief/),
    area('priorities', mentee, 'Stop, decline, start, keep'),
    {
      ...area('priorities', mentee, 'Stop, decline, start, keep'),
      name: 'readiness',
      open: async (page) => {
        await (await cast.as(mentee)).put(`${relationship}/questions/menteereadiness-2`, {
          text: 'Finish the case series before the fellowship begins.',
          isShared: false,
        })
        await area('priorities', mentee, 'Stop, decline, start, keep').open(page)
        await paneOf(page).getByRole('button', { name: 'Make it a goal' }).click()
        await paneOf(page).getByText('Before you begin, for yourself').scrollIntoViewIfNeeded()
        await paneOf(page).getByLabel('How we will know').scrollIntoViewIfNeeded()
      },
    },
    {
      name: 'reminders',
      person: mentee,
      path: '/practice/teams',
      open: async (page) => {
        await write()
        await page.reload()
        await paneOf(page).getByRole('heading', { name: 'Coming up for you' }).waitFor()
      },
    },
    meeting('meeting-with-brief', mentor, async (page) => {
      await paneOf(page).getByText('Abstract submitted').waitFor()
    }),
    meeting('rank-agenda', mentee, async (page) => {
      await paneOf(page)
        .getByRole('button', { name: /what comes first/ })
        .click()
      await paneOf(page).getByRole('button', { name: 'Save agenda' }).waitFor()
    }),
    meeting('wrap-up', mentee, async (page) => {
      await afterMeeting(page)
      await paneOf(page).getByRole('button', { name: 'Wrap up' }).click()
      await paneOf(page).getByRole('button', { name: 'Save and finish' }).waitFor()
    }),
    meeting('recap', mentor, async (page) => {
      const by = await cast.as(mentee)
      const { meetingId } = await firstMeeting()
      await afterMeeting(page)
      const path = `${relationship}/meetings/${meetingId}`
      await by.put(`${path}/decisions`, { decisions: ['Submit as a letter by May', 'Decline the committee'] })
      await by.put(`${path}/attestation`, { met: true, minutes: 40 })
      await page.reload()
      await paneOf(page).getByRole('heading', { name: 'My pairs' }).waitFor()
      await go(page, `#/meeting/${relationshipId}/${meetingId}`, 'Recap')
      await paneOf(page).getByText('Submit as a letter by May').first().waitFor()
    }),
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
  const screens = [
    ...screensOf(cast),
    ...supportScreensOf(cast),
    ...workScreensOf(cast),
    ...(await committeeScreensOf(cast)),
  ].filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  await waitForBookedPairs(cast)
  for (const screen of screens) {
    for (const width of WIDTHS)
      for (const look of ['light', 'dark'] as const) await shoot(browser, service, screen, width, look)
  }
} finally {
  await browser.close()
  await service.close()
}
