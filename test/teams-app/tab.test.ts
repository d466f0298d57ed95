import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { FastifyInstance } from 'fastify'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findFaults } from '../browser/find-faults.ts'
import { launchBrowser } from '../browser/launch-browser.ts'
import {
  aGoal,
  aMe,
  aMeeting,
  aPair,
  aPairList,
  aPairMeeting,
  aPerson,
  aRelationship,
  aSeries,
  aSeriesMeeting,
  aTask,
  aTrouble,
  uuid,
} from './builders.ts'
import { type ApiAnswers, type OpenTabOptions, openTab, servePages } from './open-tab.ts'

const NEXT = '2027-03-16T16:00:00Z'
const PAIRS = aPairList([
  aPair({
    relationshipId: uuid(1),
    planned: 2,
    booked: 2,
    nextMeetingAt: NEXT,
    meetings: [
      aPairMeeting(),
      aPairMeeting({ meetingId: uuid(9), number: 2, startsAt: '2027-11-09T17:00:00Z', endsAt: '2027-11-09T17:45:00Z' }),
    ],
  }),
  aPair({ relationshipId: uuid(2), mentee: aPerson('=Evil Formula'), mentor: aPerson('Cy Ek') }),
  aPair({
    relationshipId: uuid(3),
    mentee: aPerson('Wei Lin'),
    needsAttention: 1,
    planned: 5,
    booked: 3,
    nextMeetingAt: '2027-04-06T16:00:00Z',
  }),
])
const COORDINATOR: ApiAnswers = {
  '/api/me': aMe(),
  '/api/programmes/im/pairs': PAIRS,
  '/api/programmes/im/troubles': { troubles: [] },
  '/api/relationships': { relationships: [] },
}
const MENTEE: ApiAnswers = {
  '/api/me': aMe({ programmes: [{ programmeId: 'im', name: 'Internal medicine', role: 'member' }] }),
  '/api/relationships': { relationships: [aRelationship()] },
  [`/api/relationships/${uuid(1)}/series`]: {
    series: [
      aSeries([
        aSeriesMeeting({
          startsAt: '2099-03-16T16:00:00Z',
          endsAt: '2099-03-16T16:45:00Z',
          from: '2099-03-01',
          to: '2099-04-01',
        }),
      ]),
    ],
  },
}

const MEETING_PATH = `/api/relationships/${uuid(1)}/meetings/${uuid(3)}`
const WITH_AGENDA: ApiAnswers = {
  ...MENTEE,
  [MEETING_PATH]: aMeeting(),
  [`/api/relationships/${uuid(1)}/goals`]: { goals: [aGoal()] },
  [`/api/relationships/${uuid(1)}/homework`]: { homework: [aTask()] },
}

let browser: Browser
let pages: FastifyInstance
beforeAll(async () => {
  pages = await servePages()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await pages.close()
})
const open = (options: OpenTabOptions) => openTab(browser, pages, options)

test('a coordinator sees figures and rows under the shipped policy, signed in with the token of Teams', async () => {
  const { page, tab, heard, tokens, violations } = await open({ answers: COORDINATOR })
  await tab.getByRole('heading', { name: 'Internal medicine' }).waitFor()
  const figures = await tab.getByRole('group', { name: 'Which pairs to show' }).getByRole('button').allTextContents()
  expect(figures.map((text) => text.replace(/(?<=\d)(?=\D)/, ' '))).toEqual([
    '3 Pairs',
    '2 With next meeting',
    '1 Nothing booked',
    '1 Need attention',
  ])
  const row = tab.getByRole('row', { name: /Ada Osei/ })
  expect(await row.textContent()).toMatch(/Tue, Mar 16, 2027\s*12:00\s–\s12:45 PM New York time\s*2 of 2\s*Booked/)
  expect(await tab.getByText('As of Mon, Mar 1, 2027, 9:05 AM New York time').isVisible()).toBe(true)
  expect(await heard()).toEqual(['appLoaded', 'success'])
  expect([...tokens]).toEqual(['Bearer token-of-teams'])
  expect(violations).toEqual([])
  await page.context().close()
})

test('leadership sees counts, says what is too small to show, and takes them along as a file', async () => {
  const programme = { programmeId: 'im', name: 'Internal medicine', timeZone: 'America/New_York' }
  const { page, tab, violations } = await open({
    answers: {
      '/api/me': aMe({ programmes: [{ programmeId: 'im', name: programme.name, role: 'leadership' }] }),
      '/api/programmes/im/figures': {
        programme,
        asOf: '2027-03-01T14:05:00Z',
        pairs: 37,
        phases: { starting: 'few', meeting: 21, quiet: 'few', paused: 0, parting: 9 },
        nextMeeting: { booked: 28, none: 9 },
        agreement: { signed: 12, open: 25 },
        meetings: { planned: 214, booked: 180, held: 96 },
        mentors: 19,
        capacity: 48,
      },
    },
    viewport: { width: 320, height: 900 },
  })
  const standing = tab.getByRole('table', { name: 'Where they stand' })
  await standing.waitFor()
  expect(await standing.getByRole('row').allTextContents()).toEqual([
    'Startingtoo few to show',
    'Meeting21',
    'Quiet for a whiletoo few to show',
    'Paused0',
    'Parting or parted9',
  ])
  expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  expect(await findFaults(page, 'pane')).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    tab.getByRole('button', { name: 'Export CSV' }).press('Enter'),
  ])
  const rows: string[][] = parse(readFileSync(await download.path()), { bom: true })
  expect(rows).toContainEqual(['Internal medicine', 'Where they stand', 'Starting', '', '2027-03-01T14:05:00Z'])
  expect(rows).toContainEqual(['Internal medicine', 'Meetings', 'Held', '96', '2027-03-01T14:05:00Z'])
  expect(violations).toEqual([])
  await page.context().close()
})

test('filters, searches and sorts, and opens a pair’s dates, by keyboard alone', async () => {
  const { page, tab } = await open({ answers: COORDINATOR })
  const names = async () => await tab.getByRole('rowheader').allTextContents()
  await tab.getByRole('button', { name: 'Nothing booked' }).press('Enter')
  await expect.poll(names).toEqual(['=Evil Formula'])
  await tab.getByRole('button', { name: /^3\s*Pairs/ }).press('Enter')
  await tab.getByRole('searchbox', { name: 'Search by name or address' }).fill('lin')
  await tab.getByText('1 pair', { exact: true }).waitFor()
  await expect.poll(names).toEqual(['Wei Lin'])
  await tab.getByRole('searchbox').fill('')
  await tab.getByRole('columnheader', { name: 'Mentee' }).getByRole('button').press('Enter')
  await tab.getByText('3 pairs', { exact: true }).waitFor()
  await expect.poll(names).toEqual(['=Evil Formula', 'Ada Osei', 'Wei Lin'])
  expect(await tab.getByRole('columnheader', { name: 'Mentee' }).getAttribute('aria-sort')).toBe('ascending')
  await tab.getByRole('button', { name: 'Dates of Ada Osei and Ben Solberg' }).press('Enter')
  const dates = await tab.getByRole('listitem').filter({ hasText: 'booked' }).allTextContents()
  // November: the clocks changed again, and 17:00 UTC is noon.
  expect(dates.at(-1)).toMatch(/Tue, Nov 9, 2027, 12:00\s–\s12:45 PM New York time · booked/)
  await page.context().close()
})

test('work that was given up is told in plain words and tried again by keyboard, also in a narrow pane', async () => {
  const stuck = aTrouble()
  const { page, tab, answer } = await open({
    answers: { ...COORDINATOR, '/api/programmes/im/troubles': { troubles: [stuck] } },
    viewport: { width: 320, height: 900 },
  })
  const part = tab.getByRole('region', { name: 'One thing is stuck' })
  await part.getByText('Ada Osei with Ben Solberg').waitFor()
  await part.getByText('The calendar could not be reached.').waitFor()
  expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  expect(await findFaults(page, 'pane')).toEqual([])
  answer({
    ...COORDINATOR,
    [`/api/programmes/im/troubles/${encodeURIComponent(stuck.troubleId)}/retry`]: { ...stuck, state: 'trying' },
  })
  await part.getByRole('button', { name: 'Try again: Ada Osei with Ben Solberg' }).press('Enter')
  await tab.getByText('Nothing is stuck.').waitFor()
  await page.context().close()
})

test('a search that finds nobody says so and leads back', async () => {
  const { page, tab } = await open({ answers: COORDINATOR })
  await tab.getByRole('searchbox').fill('nobody')
  await tab.getByRole('button', { name: 'Show all pairs' }).click()
  await tab.getByText('3 pairs', { exact: true }).waitFor()
  expect(await tab.getByRole('rowheader').count()).toBe(3)
  await page.context().close()
})

test('exports what is shown as a file that no spreadsheet runs', async () => {
  const { page, tab } = await open({ answers: COORDINATOR })
  await tab.getByRole('button', { name: 'Nothing booked' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    tab.getByRole('button', { name: 'Export CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('mentoring-pairs-2027-03-01.csv')
  const parts: Buffer[] = []
  for await (const part of await download.createReadStream()) parts.push(part)
  const rows: string[][] = parse(Buffer.concat(parts), { bom: true })
  expect(rows.map((row) => row[0])).toEqual(['Mentee', "'=Evil Formula"])
  await page.context().close()
})

test('a thousand pairs are drawn a page at a time, found all the same, and printed whole', async () => {
  const many = aPairList(
    Array.from({ length: 1000 }, (_, index) =>
      aPair({ relationshipId: uuid(index), mentee: aPerson(`Mentee ${String(index).padStart(4, '0')}`) }),
    ),
  )
  const { page, tab } = await open({ answers: { ...COORDINATOR, '/api/programmes/im/pairs': many } })
  await tab.getByText('1 – 50 of 1000').waitFor()
  expect(await tab.getByRole('rowheader').count()).toBe(50)
  await tab.getByRole('button', { name: 'Next', exact: true }).click()
  await tab.getByText('51 – 100 of 1000').waitFor()
  await tab.getByRole('searchbox').fill('0987')
  await tab.getByText('1 pair', { exact: true }).waitFor()
  expect(await tab.getByRole('rowheader').textContent()).toContain('Mentee 0987')
  await tab.getByRole('searchbox').fill('')
  await tab.getByText('1000 pairs').waitFor()
  const printed = await tab.evaluate(() => {
    window.dispatchEvent(new Event('beforeprint'))
    const rows = document.querySelectorAll('tbody tr').length
    window.dispatchEvent(new Event('afterprint'))
    return rows
  })
  expect(printed).toBe(1000)
  await page.context().close()
})

test('who coordinates nothing starts with own pairs, and the programme explains itself', async () => {
  const { page, tab } = await open({ answers: MENTEE })
  const card = tab.getByRole('article', { name: 'Ben Solberg' })
  await card.getByText('Next meeting').waitFor()
  const text = await card.textContent()
  expect(text).toMatch(/Your mentor[\s\S]*Mon, Mar 16, 2099\s*12:00\s–\s12:45 PM New York time/)
  expect(text).toContain('Kathmandu time')
  await tab.getByRole('link', { name: 'Programme', exact: true }).click()
  await tab.getByText('This list is for coordinators').waitFor()
  await page.context().close()
})

test('a date of a pair leads to its agenda, goals and homework, and back', async () => {
  const { page, tab } = await open({ answers: WITH_AGENDA })
  await tab.getByRole('link', { name: 'Agenda of Mon, Mar 16, 2099' }).click()
  await tab.getByRole('heading', { name: 'Mid-year review', level: 1 }).waitFor()
  expect(await tab.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  await tab.getByText('Submit the case series').waitFor()
  await tab.getByRole('checkbox', { name: 'Check in' }).waitFor()
  await tab.getByText('Read the draft').waitFor()
  await tab.getByRole('link', { name: 'All my pairs' }).click()
  await tab.getByRole('article', { name: 'Ben Solberg' }).waitFor()
  await page.context().close()
})

test('a deep link opens the meeting it names, accessible and fitting at 320 px', async () => {
  const { page, tab, violations } = await open({
    answers: WITH_AGENDA,
    subPageId: `meeting/${uuid(1)}/${uuid(3)}`,
    viewport: { width: 320, height: 720 },
  })
  await tab.getByText('Submit the case series').waitFor()
  expect(await tab.getByRole('navigation').getByRole('link', { name: 'My pairs' }).getAttribute('aria-current')).toBe(
    'page',
  )
  expect(await findFaults(page, 'pane')).toEqual([])
  expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  expect(violations).toEqual([])
  await page.context().close()
})

test('who is not one of the two is told so and sees nothing of the meeting', async () => {
  const { page, tab } = await open({ answers: COORDINATOR, subPageId: `meeting/${uuid(1)}/${uuid(3)}` })
  await tab.getByText('This meeting is not open to you').waitFor()
  expect(await tab.getByRole('heading', { name: 'Agenda' }).count()).toBe(0)
  await page.context().close()
})

test('an assistant sees the dates without a way into the agendas', async () => {
  const { page, tab } = await open({
    answers: { ...MENTEE, '/api/relationships': { relationships: [aRelationship({ myRole: 'assistant' })] } },
  })
  await tab.getByText('Next meeting').waitFor()
  expect(await tab.getByRole('link', { name: /^Agenda of/ }).count()).toBe(0)
  await page.context().close()
})

test('a deep link opens the pair it names', async () => {
  const { page, tab } = await open({ answers: COORDINATOR, subPageId: `programme/im/${uuid(1)}` })
  const button = tab.getByRole('button', { name: 'Dates of Ada Osei and Ben Solberg' })
  await button.waitFor()
  expect(await button.getAttribute('aria-expanded')).toBe('true')
  await page.context().close()
})

test('a refused list says so and can be tried again; a failed refresh keeps the list', async () => {
  const { page, tab, answer } = await open({ answers: { ...COORDINATOR, '/api/programmes/im/pairs': 403 } })
  await tab.getByRole('alert').getByText('The pairs could not be loaded').waitFor()
  answer(COORDINATOR)
  await tab.getByRole('button', { name: 'Try again' }).click()
  await tab.getByRole('rowheader', { name: /Ada Osei/ }).waitFor()
  answer({ ...COORDINATOR, '/api/programmes/im/pairs': 403 })
  await tab.getByRole('button', { name: 'Refresh' }).click()
  await tab.getByText('This list could not be refreshed').waitFor()
  expect(await tab.getByRole('rowheader').count()).toBe(3)
  await page.context().close()
})

test('a change of theme in Teams reaches the tab', async () => {
  const { page, tab, setTheme } = await open({ answers: COORDINATOR })
  await tab.getByRole('rowheader').first().waitFor()
  const background = () =>
    tab.evaluate(() => getComputedStyle(document.querySelector('.fui-FluentProvider')!).backgroundColor)
  expect(await background()).toBe('rgb(255, 255, 255)')
  await setTheme('contrast')
  await expect.poll(background).toBe('rgb(0, 0, 0)')
  await page.context().close()
})

test('a page that is not Teams may not frame the tab', async () => {
  const { page, tab, violations } = await open({ answers: COORDINATOR, hostOrigin: 'https://elsewhere.example' })
  await expect.poll(() => violations.length).toBeGreaterThan(0)
  expect(violations[0]).toContain('frame-ancestors')
  expect(await tab.getByRole('heading').count()).toBe(0)
  await page.context().close()
})

test('opened outside Teams, the page says where it belongs', async () => {
  const { page, tab } = await open({ answers: COORDINATOR })
  await page.goto(tab.url())
  await page.getByText('Open Protected Time in Teams').waitFor()
  await page.context().close()
})

test.each([
  [320, 'default', 'a coordinator', COORDINATOR],
  [320, 'dark', 'a coordinator', COORDINATOR],
  [1280, 'default', 'a coordinator', COORDINATOR],
  [1280, 'contrast', 'a coordinator', COORDINATOR],
  [320, 'contrast', 'a mentee', MENTEE],
  [1280, 'dark', 'a mentee', MENTEE],
] as const)('is accessible and fits at %i px in the theme %s for %s', async (width, theme, _who, answers) => {
  const { page, tab } = await open({ answers, theme, viewport: { width, height: 800 } })
  await tab
    .getByText(/New York time/)
    .first()
    .waitFor()
  const expander = tab.getByRole('button', { name: width < 760 ? 'All dates' : /^Dates of/ }).first()
  if (answers === COORDINATOR) await expander.click()
  expect(await findFaults(page, 'pane')).toEqual([])
  expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  await page.context().close()
})
