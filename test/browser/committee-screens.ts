import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import type { PairRow } from '../../shared/api/programmes.ts'
import type { SeriesView } from '../../shared/api/series.ts'
import { bodyOf, proposalsFor } from '../booking/book-a-series.ts'
import { until } from '../faults/until.ts'
import type { Cast, CastPerson } from '../practice-cast.ts'
import type { Screen } from './take-screenshots.ts'

const paneOf = (page: Page) => page.frameLocator('iframe')

/** Screens of the seeded mentorship committee. Its year is booked by the first that needs it. */
export async function committeeScreensOf(cast: Cast): Promise<readonly Screen[]> {
  const { pairs } = (await cast.coordinator.get(`/api/programmes/${cast.programmeId}/pairs`)).body
  const row: PairRow = pairs.find(({ members }: PairRow) => members !== undefined)
  const person = (personId: string): CastPerson => cast.people.find(({ id }) => id === personId)!
  const [mentee, chair, member] = [row.mentee, row.mentor, row.members![0]!].map(({ personId }) => person(personId))
  const at = `/api/relationships/${row.relationshipId}`

  const booked = async (): Promise<SeriesView> => {
    const caller = await cast.as(mentee!)
    const [known] = (await caller.get(`${at}/series`)).body.series
    if (known) return known
    const plan = { kind: 'template', templateId: 'committee-every-6-months-60', startDate: '2026-12-07' }
    const change = { plan, minutes: 60 }
    const [best] = (await proposalsFor(caller, row.relationshipId, change)).proposals
    const path = `${at}/series/${randomUUID()}`
    await caller.put(path, bodyOf(best!, change))
    await until(async () => (await caller.get(path)).body.state === 'booked', { withinMs: 15_000 })
    return (await caller.get(path)).body
  }
  const openAt = async (page: Page, hash: string, heading: string) => {
    await paneOf(page).getByRole('heading', { name: 'My pairs' }).waitFor()
    const frame = page.frames().find((one) => one !== page.mainFrame())!
    await frame.evaluate((place) => {
      window.location.hash = place
    }, hash)
    await paneOf(page).getByRole('heading', { name: heading }).first().waitFor()
  }
  return [
    {
      name: 'committee-form',
      person: mentee!,
      path: '/practice/',
      open: async (page) => {
        const pane = paneOf(page)
        await page.getByRole('button', { name: 'New mentoring series' }).click()
        await pane.getByRole('radio', { name: 'Someone else' }).check()
        await pane.getByRole('radio', { name: /^Mentorship committee/ }).check()
        const search = pane.getByRole('combobox', { name: 'Who else sits on it' })
        await search.click()
        await search.pressSequentially(member!.displayName.slice(0, 4))
        await pane.getByRole('option', { name: member!.displayName }).click()
        await pane.getByRole('combobox', { name: 'Another member' }).scrollIntoViewIfNeeded()
      },
    },
    {
      name: 'committee-meeting',
      person: member!,
      path: '/practice/teams',
      open: async (page) => {
        const [meeting] = (await booked()).meetings
        await openAt(page, `#/meeting/${row.relationshipId}/${meeting!.meetingId}`, 'Agenda')
      },
    },
    {
      name: 'committee-members',
      person: chair!,
      path: '/practice/teams',
      open: async (page) => {
        await openAt(page, `#/pair/${row.relationshipId}/standing`, 'Committee')
        await paneOf(page).getByRole('button', { name: 'Change who is on it' }).click()
        await paneOf(page).getByRole('combobox', { name: 'Another member' }).scrollIntoViewIfNeeded()
      },
    },
    {
      name: 'committee-of-programme',
      person: cast.people.find(({ appRoles }) => appRoles.includes('Coordinator'))!,
      path: '/practice/teams',
      open: async (page) => {
        await booked()
        await page.reload()
        const pane = paneOf(page)
        await pane.getByRole('searchbox').fill(row.mentee.displayName)
        await pane.getByText(`${row.mentor.displayName} and committee`).first().waitFor()
      },
    },
  ]
}
