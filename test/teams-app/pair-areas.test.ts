import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EndingView } from '../../shared/api/endings.ts'
import { launchBrowser } from '../browser/launch-browser.ts'
import { aMe, aPerson, aRelationship, uuid } from './builders.ts'
import { type ApiAnswers, openTab, servePages } from './open-tab.ts'

const PAIR = `/api/relationships/${uuid(1)}`
const MENTEE: ApiAnswers = {
  '/api/me': aMe({ person: aPerson('Ada Osei'), programmes: [] }),
  '/api/relationships': { relationships: [aRelationship()] },
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

const openArea = (area: string, answers: ApiAnswers) =>
  openTab(browser, pages, {
    answers: { ...MENTEE, ...answers },
    subPageId: `pair/${uuid(1)}/${area}`,
    viewport: { width: 320, height: 900 },
  })

const anEnding = (wish: EndingView['theirs']['wish'], meetingsAhead: number): ApiAnswers => {
  const ending: EndingView = {
    mine: { steps: [], ...(wish ? { wish } : {}) },
    theirs: wish ? { wish } : {},
    openHomework: 0,
    meetingsAhead,
    deletion: { iAgree: false, theyAgree: false },
  }
  return { [PAIR]: aRelationship({ state: 'transition' }), [`${PAIR}/ending`]: ending }
}

test.each([
  ['end', 3, '3 meetings ahead will be called off, and both calendars show it.'],
  ['end', 1, '1 meeting ahead will be called off, and both calendars show it.'],
  ['end', 0, undefined],
  ['informal-mentor', 2, '2 meetings ahead will stay in your calendars.'],
  ['informal-mentor', 0, undefined],
] as const)('choosing “%s” with %i meetings ahead says what becomes of them', async (wish, ahead, sentence) => {
  const { page, tab } = await openArea('ending', anEnding(wish, ahead))
  const known = wish === 'end' ? 'What you wrote stays readable' : 'The two of you go on in this way.'
  await tab.getByText(known, { exact: false }).waitFor()
  if (sentence === undefined) expect(await tab.getByText(/meetings? ahead/).count()).toBe(0)
  else expect(await tab.getByText(sentence, { exact: false }).isVisible()).toBe(true)
  await page.context().close()
})

test('older looks are added below the newer ones, until there are no more', async () => {
  const look = (at: string, things: string[]) => ({ at, by: aPerson('Ben Solberg'), outcome: 'read', things })
  const path = `${PAIR}/access-log`
  const base = { [PAIR]: aRelationship() }
  const { page, tab, answer } = await openArea('access', {
    ...base,
    [path]: { entries: [look('2027-03-02T10:00:00Z', ['goals'])], before: 7 },
  })
  const list = tab.getByRole('list', { name: 'Looks and changes, newest first' })
  await list.getByText('Read goals').waitFor()
  const more = tab.getByRole('button', { name: 'Show older ones' })
  answer({ ...MENTEE, ...base, [path]: 500 })
  await more.press('Enter')
  await tab.getByText('Older entries could not be loaded').waitFor({ timeout: 30_000 })
  expect(await list.getByRole('listitem').count()).toBe(1)
  answer({ ...MENTEE, ...base, [path]: { entries: [look('2027-03-01T10:00:00Z', ['homework'])] } })
  await more.press('Enter')
  await list.getByText('Read homework').waitFor()
  const shown = await list.getByRole('listitem').allTextContents()
  expect(shown.map((text) => /Read (goals|homework)/.exec(text)?.[0])).toEqual(['Read goals', 'Read homework'])
  await more.waitFor({ state: 'detached' })
  await page.context().close()
})

test('looks of one day are one line with how often, and an older page joins them; the file has each by itself', async () => {
  const look = (at: string) => ({ at, by: aPerson('Ben Solberg'), outcome: 'read', things: ['goals'] })
  const path = `${PAIR}/access-log`
  const base = { [PAIR]: aRelationship() }
  const { page, tab, answer } = await openArea('access', {
    ...base,
    [path]: { entries: [look('2027-03-02T15:00:00Z'), look('2027-03-02T14:00:00Z')], before: 7 },
  })
  const lines = tab.getByRole('list', { name: 'Looks and changes, newest first' }).getByRole('listitem')
  await lines.getByText('Read goals, 2 times').waitFor()
  expect(await lines.first().textContent()).toMatch(/last at .* time$/)
  answer({ ...MENTEE, ...base, [path]: { entries: [look('2027-03-02T13:00:00Z')] } })
  await tab.getByRole('button', { name: 'Show older ones' }).press('Enter')
  await lines.getByText('Read goals, 3 times').waitFor()
  expect(await lines.count()).toBe(1)
  const saved = page.waitForEvent('download')
  await tab.getByRole('button', { name: 'All of it as CSV' }).press('Enter')
  const file = await saved
  expect(file.suggestedFilename()).toBe('who-has-looked.csv')
  expect(await readFile(await file.path(), 'utf8')).toContain('2027-03-02T13:00:00Z,Ben Solberg,Read goals')
  await tab.getByRole('button', { name: 'Print' }).waitFor()
  await page.context().close()
})

test('a mentor says what they offer, and it is shown as they saved it', async () => {
  const path = `/api/people/${aPerson('Ben Solberg').personId}/mentor-skills`
  const mentor: ApiAnswers = {
    ...MENTEE,
    '/api/relationships': { relationships: [aRelationship({ myRole: 'mentor' })] },
  }
  const { page, tab, answer } = await openTab(browser, pages, { answers: { ...mentor, [path]: { skills: [] } } })
  await tab.getByRole('button', { name: 'Say what you offer' }).press('Enter')
  await tab.getByRole('checkbox', { name: 'Time management' }).check()
  await tab.getByRole('checkbox', { name: 'Research' }).check()
  const sent = page.waitForRequest((request) => request.method() === 'PUT')
  answer({ ...mentor, [path]: { skills: ['time-management', 'research'] } })
  await tab.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  expect((await sent).postDataJSON()).toEqual({ skills: ['time-management', 'research'] })
  await tab.getByText('You offer time management, research.').waitFor()
  await page.context().close()
})
