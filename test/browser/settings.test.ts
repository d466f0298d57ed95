import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, type CastPerson, castOf } from '../practice-cast.ts'
import { type RunningService, startService } from '../start-service.ts'
import { findFaults } from './find-faults.ts'
import { launchBrowser } from './launch-browser.ts'

let service: RunningService
let browser: Browser
let cast: Cast
let coordinator: CastPerson
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  coordinator = cast.people.find(({ appRoles }) => appRoles.includes('Coordinator'))!
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await service?.close()
})

/** Opens the Teams tab at a place, in a narrow pane. */
async function openAt(person: CastPerson, hash: string): Promise<{ readonly page: Page; readonly pane: FrameLocator }> {
  const page = await (await browser.newContext({ viewport: { width: 320, height: 900 } })).newPage()
  await page.goto(`${service.address}/practice/teams?${new URLSearchParams({ as: person.userPrincipalName })}`)
  const pane = page.frameLocator('iframe')
  await pane.getByRole('heading', { level: 1 }).waitFor()
  const frame = page.frames().find((one) => one !== page.mainFrame())!
  await frame.evaluate((place) => {
    window.location.hash = place
  }, hash)
  return { page, pane }
}
async function expectFitting(page: Page) {
  const frame = page.frames().find((one) => one !== page.mainFrame())!
  expect(await frame.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  expect(await findFaults(page, 'pane')).toEqual([])
}
const stored = async () => (await cast.coordinator.get(`/api/programmes/${cast.programmeId}/settings`)).body
const openSettings = () => openAt(coordinator, `#/settings/${cast.programmeId}`)

test('clocks are set by keyboard, told beside the field when out of order, set back, and set again by undo', async () => {
  const { page, pane } = await openSettings()
  const form = pane.getByRole('form', { name: 'Clocks' })
  const assistant = form.getByLabel('The assistant is asked, too, after')
  const save = form.getByRole('button', { name: 'Save clocks' })
  await assistant.fill('20')
  await form.getByText('What works here is more than 20, which comes before it.').waitFor()
  await save.press('Enter')
  await form.getByText('Not saved: see the marked fields.').waitFor()
  expect((await stored()).clocks).toEqual({})
  await expectFitting(page)
  await form.getByLabel('You are asked to offer help after').fill('30')
  await form.getByText('Not saved yet.').waitFor()
  await assistant.press('Enter')
  await form.getByText('Saved.').waitFor()
  expect((await stored()).clocks).toEqual({ assistantDays: 20, coordinatorDays: 30 })
  await pane.getByRole('button', { name: 'Back to the built-in values' }).press('Enter')
  await pane.getByText('Every clock is as built in again.').waitFor()
  expect((await stored()).clocks).toEqual({})
  await pane.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect.poll(async () => (await stored()).clocks).toEqual({ assistantDays: 20, coordinatorDays: 30 })
  expect(await assistant.inputValue()).toBe('20')
  await page.context().close()
})

test('what somebody else set meanwhile is told, and what was typed stays until it is decided', async () => {
  const path = `/api/programmes/${cast.programmeId}/clocks`
  await cast.coordinator.put(path, {})
  const { page, pane } = await openSettings()
  const form = pane.getByRole('form', { name: 'Clocks' })
  const quiet = form.getByLabel('Nothing booked for')
  const save = form.getByRole('button', { name: 'Save clocks' })
  await quiet.fill('45')
  await cast.coordinator.put(path, { reviewDays: 20 })
  await save.press('Enter')
  await form.getByText('A review that nobody answers closes after: 20, before as built in.').waitFor()
  expect((await stored()).clocks).toEqual({ reviewDays: 20 })
  expect(await quiet.inputValue()).toBe('45')
  await expectFitting(page)
  await form.getByRole('button', { name: 'Keep what I typed' }).press('Enter')
  await save.press('Enter')
  await form.getByText('Saved.').waitFor()
  expect((await stored()).clocks).toEqual({ quietDays: 45, reviewDays: 20 })
  await cast.coordinator.put(path, {})
  await page.context().close()
})

test('deleting text sooner is asked about first, and can be set back to never', async () => {
  const { page, pane } = await openSettings()
  const form = pane.getByRole('form', { name: 'How long text is kept' })
  await form.getByLabel('Months after a pair has parted').fill('0')
  await form.getByRole('button', { name: 'Save' }).press('Enter')
  await form.getByText('Give a whole number from 1 to 240.').waitFor()
  await form.getByLabel('Months after a pair has parted').fill('24')
  await form.getByRole('button', { name: 'Save' }).press('Enter')
  await form.getByText(/parted more than 24 months ago is then deleted/).waitFor()
  expect(await stored()).not.toHaveProperty('retention')
  await form.getByRole('button', { name: 'Delete text after 24 months' }).press('Enter')
  await form.getByText('Text is deleted 24 months after a pair has parted.').waitFor()
  expect((await stored()).retention).toEqual({ monthsAfterEnd: 24 })
  await pane.getByRole('button', { name: 'Back to keeping it until the pair deletes it' }).press('Enter')
  await form.getByText('As built in, text is kept until both of a pair delete it.').waitFor()
  expect(await stored()).not.toHaveProperty('retention')
  await page.context().close()
})

test('a contact is added with its faults beside the fields, reaches Get help, and comes back after it was removed', async () => {
  const before = (await stored()).help
  const { page, pane } = await openSettings()
  const addContact = pane.getByRole('button', { name: 'Add a contact' })
  await addContact.press('Enter')
  const form = pane.getByRole('form', { name: 'New contact' })
  await form.getByLabel('Office or person').fill('Night chaplain')
  await form.getByLabel('Web address').fill('http://plain.example')
  await form.getByRole('button', { name: 'Save contact' }).press('Enter')
  await form.getByText('Write something here.').waitFor()
  await form.getByText('Give an address that begins with https://.').waitFor()
  await expectFitting(page)
  await form.getByLabel('What they help with').fill('A talk off the record')
  await form.getByLabel('Web address').fill('https://hospital.example/ombuds')
  await form.getByLabel(/^Confidential/).press('Space')
  await form.getByRole('button', { name: 'Save contact' }).press('Enter')
  await pane.getByRole('button', { name: 'Change Night chaplain' }).waitFor()
  await expect.poll(() => addContact.evaluate((button) => button === document.activeElement)).toBe(true)
  const added = {
    name: 'Night chaplain',
    helpsWith: 'A talk off the record',
    webUrl: 'https://hospital.example/ombuds',
    isConfidential: true,
  }
  const mentee = await cast.as(cast.pairs[0]!.mentee)
  const shown = async () => (await mentee.get('/api/help')).body.programmes[0].contacts
  expect(await shown()).toEqual([...before.contacts, added])
  await pane.getByRole('button', { name: 'Remove Night chaplain' }).press('Enter')
  await pane.getByText('Night chaplain is no longer listed.').waitFor()
  expect(await shown()).toEqual(before.contacts)
  await pane.getByRole('button', { name: 'Undo' }).press('Enter')
  await pane.getByRole('button', { name: 'Change Night chaplain' }).waitFor()
  expect(await shown()).toEqual([...before.contacts, added])
  await page.context().close()
})

test('the settings are refused to who coordinates nothing', async () => {
  const { page, pane } = await openAt(cast.pairs[0]!.mentee, `#/settings/${cast.programmeId}`)
  await pane.getByText('The settings could not be loaded').waitFor()
  await page.context().close()
})

test('the two of a pair see who has looked, in kinds and with the zone of the times', async () => {
  const { mentee, mentor, relationshipId } = cast.pairs[0]!
  const goal = `/api/relationships/${relationshipId}/goals/3f0e6c1e-58b7-4b60-9a7f-7a52a1f0c3d1`
  await (await cast.as(mentee)).put(goal, { title: 'Publish', horizon: 'short', state: 'open' })
  await (await cast.as(mentor)).get(`/api/relationships/${relationshipId}/goals`)
  await cast.coordinator.get(`/api/relationships/${relationshipId}/goals`)
  const { page, pane } = await openAt(mentee, `#/pair/${relationshipId}/access`)
  const entries = pane.getByRole('list', { name: 'Looks and changes, newest first' }).getByRole('listitem')
  const looked = entries.filter({ hasText: mentor.displayName }).first()
  expect(await looked.textContent()).toMatch(/Read goals.*20\d\d.* time$/)
  await entries.filter({ hasText: 'Was not let in' }).first().waitFor()
  await expectFitting(page)
  await page.context().close()
})
