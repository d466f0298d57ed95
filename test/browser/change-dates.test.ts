import type { Browser, Page } from 'playwright-core'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SeriesView } from '../../shared/api/series.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type RunningService, startService } from '../start-service.ts'
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
const shoot = async (page: Page, name: string) => {
  const folder = process.env['SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

async function seriesOf({ relationshipId, mentee }: CastPair): Promise<SeriesView> {
  const caller = await cast.as(mentee)
  const { body } = await caller.get(`/api/relationships/${relationshipId}/series`)
  return body.series[0]
}

test('a date that duty broke is settled in the pane, another is moved and taken back, a third is called off and booked anew', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } })
  const page = await context.newPage()
  await page.goto(`${service.address}/`)
  await page.getByRole('button', { name: 'New mentoring series' }).click()
  await pane(page).getByRole('button', { name: 'Find dates' }).click()
  await pane(page).getByRole('button', { name: 'Book 5 meetings' }).click()
  await pane(page).getByText('All 5 meetings are booked.').waitFor()
  const who = await page
    .getByText(/^You are /)
    .first()
    .textContent()
  const pair = cast.pairs.find(({ mentee }) => who!.includes(mentee.displayName))!
  const mentor = await cast.as(pair.mentor)
  const booked = await seriesOf(pair)
  const broken = booked.meetings[1]!

  // Duty comes; the open pane asks without being reloaded.
  const day = broken.startsAt.slice(0, 10).replaceAll('-', '')
  const text = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//Test//EN',
    'BEGIN:VEVENT',
    'UID:duty',
    'DTSTAMP:20261101T000000Z',
    `DTSTART;VALUE=DATE:${day}`,
    'SUMMARY:Ward',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
  const path = `/api/people/${pair.mentor.id}/clinic-sources/duty`
  expect((await mentor.put(path, { kind: 'ics', label: 'Ward roster', text })).status).toBe(200)
  const question = pane(page).getByText(/^This time does not work any more/)
  await question.waitFor({ timeout: 30_000 })
  await shoot(page, 'asked-1280')
  await page.setViewportSize({ width: 400, height: 900 })
  await shoot(page, 'asked-narrow')
  await page.setViewportSize({ width: 1280, height: 1000 })
  await pane(page).getByRole('button', { name: 'Move here' }).click()
  await pane(page).getByText(`Waiting for ${pair.mentor.displayName}`).waitFor()
  await shoot(page, 'waiting-1280')
  const asked = (await seriesOf(pair)).meetings[1]!.fix!
  const accepted = asked.options.find(({ acceptedBy }) => acceptedBy.includes('mentee'))!
  const meetings = `/api/relationships/${pair.relationshipId}/series/${booked.seriesId}/meetings`
  const answer = `${meetings}/${broken.meetingId}/fixes/${asked.fixId}/answer`
  expect((await mentor.put(answer, { choice: 'accept', startsAt: accepted.startsAt })).status).toBe(202)
  await pane(page)
    .getByText(/^Moved from/)
    .waitFor()
  expect((await seriesOf(pair)).meetings[1]).toMatchObject({ startsAt: accepted.startsAt, state: 'booked' })

  // A move of one's own, and back.
  await pane(page).getByRole('button', { name: 'Move …' }).first().click()
  await pane(page).getByText('Here are three that work for both.').waitFor()
  await shoot(page, 'move-1280')
  await pane(page).getByRole('button', { name: 'Move here' }).click()
  await pane(page).getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await seriesOf(pair)).meetings[0]!.moves, { timeout: 20_000 }).toBe(2)
  await expect.poll(async () => (await seriesOf(pair)).state, { timeout: 20_000 }).toBe('booked')
  expect((await seriesOf(pair)).meetings[0]!.startsAt).toBe(booked.meetings[0]!.startsAt)

  // Called off: it does not vanish, three dates stand ready.
  await pane(page).getByRole('button', { name: 'Call it off …' }).last().click()
  await shoot(page, 'end-1280')
  await pane(page).getByRole('button', { name: 'Call it off', exact: true }).click()
  await pane(page)
    .getByText(/^No date yet - here are/)
    .waitFor({ timeout: 20_000 })
  await shoot(page, 'no-date-1280')
  await page.setViewportSize({ width: 400, height: 900 })
  await shoot(page, 'no-date-narrow')
  await page.setViewportSize({ width: 1280, height: 1000 })
  await pane(page).getByRole('button', { name: 'Book this time' }).click()
  await expect
    .poll(async () => (await seriesOf(pair)).meetings.map(({ state }) => state), { timeout: 20_000 })
    .toEqual(Array(5).fill('booked'))
  await context.close()
}, 120_000)

test('who takes a break sees what is booked in it, and moves it from there to after the break', async () => {
  const pair = cast.pairs.find(({ mentee }) => mentee.userPrincipalName.startsWith('ingrid'))!
  const mentee = await cast.as(pair.mentee)
  const booked = await bookBest(mentee, pair.relationshipId)
  const context = await browser.newContext({ viewport: { width: 400, height: 1000 } })
  const page = await context.newPage()
  await page.goto(`${service.address}/practice/teams?${new URLSearchParams({ as: pair.mentee.userPrincipalName })}`)
  await pane(page).getByRole('heading', { name: 'My pairs' }).waitFor()
  const frame = page.frames().find((one) => one !== page.mainFrame())!
  await frame.evaluate((place) => {
    window.location.hash = place
  }, `#/pair/${pair.relationshipId}/standing`)
  await pane(page).getByRole('button', { name: 'Take a break' }).click()
  const resumeDate = Temporal.PlainDate.from(booked.meetings[0]!.startsAt.slice(0, 10)).add({ days: 2 }).toString()
  await pane(page).getByLabel('Go on from').fill(resumeDate)
  const inPause = pane(page).getByRole('region', { name: 'Booked in the pause' })
  await inPause.getByText('One meeting is booked before that day.', { exact: false }).waitFor()
  expect(await inPause.getByRole('listitem').textContent()).toMatch(/\d{4}, .*time/)
  expect(await inPause.getByRole('button').count()).toBe(0)
  await shoot(page, 'pause-form')
  await pane(page).getByRole('button', { name: 'Pause', exact: true }).click()
  await inPause.getByText('One meeting is booked in the pause.', { exact: false }).waitFor()
  await shoot(page, 'paused')
  await inPause.getByRole('button', { name: /^Move … / }).click()
  await inPause.getByRole('button', { name: 'Move here' }).click()
  await inPause.waitFor({ state: 'detached' })
  const { startsAt, state } = (await seriesOf(pair)).meetings[0]!
  expect(state).toBe('booked')
  expect(startsAt >= resumeDate).toBe(true)
  await context.close()
}, 120_000)
