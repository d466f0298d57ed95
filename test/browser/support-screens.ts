import type { Page } from 'playwright-core'
import type { Cast, CastPerson } from '../practice-cast.ts'
import type { Screen } from './take-screenshots.ts'

const ID = {
  goal: '5d0e6c1e-58b7-4b60-9a7f-7a52a1f0c301',
  talk: '5d0e6c1e-58b7-4b60-9a7f-7a52a1f0c302',
  chapter: '5d0e6c1e-58b7-4b60-9a7f-7a52a1f0c303',
  paper: '5d0e6c1e-58b7-4b60-9a7f-7a52a1f0c304',
  introduction: '5d0e6c1e-58b7-4b60-9a7f-7a52a1f0c305',
  course: '5d0e6c1e-58b7-4b60-9a7f-7a52a1f0c306',
  entry: '5d0e6c1e-58b7-4b60-9a7f-7a52a1f0c308',
  letter: '5d0e6c1e-58b7-4b60-9a7f-7a52a1f0c307',
} as const

const paneOf = (page: Page) => page.frameLocator('iframe')

/** Screens of what a pair has beside its meetings. Each begins by writing what it shows; writing it again changes nothing. */
export function supportScreensOf(cast: Cast): readonly Screen[] {
  const pairOf = (name: string) => cast.pairs.find(({ mentee }) => mentee.userPrincipalName.startsWith(name))!
  const working = pairOf('hana')
  const parting = pairOf('tobias')
  const open = async (page: Page, relationshipId: string, area: string, heading: string) => {
    await paneOf(page).getByRole('heading', { name: 'My pairs' }).waitFor()
    const frame = page.frames().find((one) => one !== page.mainFrame())!
    await frame.evaluate((place) => {
      window.location.hash = place
    }, `#/pair/${relationshipId}/${area}`)
    await paneOf(page).getByRole('heading', { name: heading }).first().waitFor()
  }
  const fill = async () => {
    const { relationshipId } = working
    const mentee = await cast.as(working.mentee)
    const mentor = await cast.as(working.mentor)
    const at = `/api/relationships/${relationshipId}`
    await mentee.put(`${at}/goals/${ID.goal}`, { title: 'Run a skills course', horizon: 'short', state: 'open' })
    await mentee.put(`${at}/hours-budget`, { hoursPerMonth: 6 })
    await mentee.put(`${at}/requests/${ID.talk}`, {
      title: 'Grand rounds on simulation in June',
      askedBy: 'Chief residents',
      hours: 12,
      rhythm: 'once',
      deadline: '2027-06-10',
      benefit: 'The whole department would see the course.',
      goalIds: [ID.goal],
      decision: 'open',
    })
    await mentee.put(`${at}/requests/${ID.chapter}`, {
      title: 'A book chapter with a former colleague',
      hours: 8,
      rhythm: 'monthly',
      goalIds: [],
      decision: 'open',
    })
    await mentor.put(`${at}/requests/${ID.chapter}/answer`, {
      choice: 'decline',
      note: 'Chapters are read by few and take a year. Offer two pages instead.',
      mayMentionMentor: true,
      revision: 1,
    })
    await mentee.put(`${at}/record/${ID.paper}`, {
      kind: 'achievement',
      type: 'paper',
      title: 'First paper accepted',
      date: '2026-11-02',
    })
    await mentor.put(`${at}/record/${ID.introduction}`, {
      kind: 'support',
      type: 'introduction',
      title: 'Introduce to the education committee',
      owner: 'mentor',
      dueDate: '2026-12-15',
      done: false,
    })
    await mentor.put(`${at}/record/${ID.course}`, {
      kind: 'resource',
      title: 'Teaching the teachers',
      url: 'https://learn.example.org/teachers',
      note: 'Ask for the spring dates',
    })
    await mentor.put(`${at}/record/${ID.letter}`, {
      kind: 'effort',
      activity: 'letter',
      date: '2026-11-10',
      minutes: 50,
    })
    const { roundId } = (await mentee.get(`${at}/feedback`)).body.feedback
    await mentor.put(`${at}/feedback/${roundId}/answer`, {
      kind: 'feedback',
      helps: 'You come prepared.',
      change: 'Tell me sooner when a date does not work.',
      willDo: 'Answer within three days.',
    })
    const endsAt = `/api/relationships/${parting.relationshipId}/ending`
    const leaving = await cast.as(parting.mentee)
    await leaving.put(endsAt, undefined)
    await leaving.put(`${endsAt}/part`, { wish: 'informal-mentor', steps: ['tell', 'homework'], thanks: 'Thank you.' })
  }
  const screen = (
    name: string,
    person: CastPerson,
    { pair, area, heading, act }: { pair: string; area: string; heading: string; act?: (page: Page) => Promise<void> },
  ): Screen => ({
    name: `pair-${name}`,
    person,
    path: '/practice/teams',
    open: async (page) => {
      await fill()
      await open(page, pair, area, heading)
      await act?.(page)
    },
  })
  const linked = async (page: Page) => {
    const at = `/api/relationships/${working.relationshipId}`
    const entry = { kind: 'decline', text: 'A book chapter with a former colleague', requestId: ID.chapter }
    await (await cast.as(working.mentee)).put(`${at}/priorities/${ID.entry}`, { ...entry, goalId: ID.goal })
    await page.reload()
    await open(page, working.relationshipId, 'priorities', 'Stop, decline, start, keep')
    await paneOf(page).getByRole('link', { name: 'Request: not decided' }).waitFor()
    await paneOf(page)
      .getByRole('button', { name: /^Edit “A book/ })
      .click()
  }
  const requests = { pair: working.relationshipId, area: 'requests', heading: 'Grand rounds on simulation in June' }
  const press = (name: string | RegExp) => async (page: Page) => {
    await paneOf(page).getByRole('button', { name }).first().click()
  }
  return [
    screen('requests', working.mentee, requests),
    screen('linked-priorities', working.mentee, {
      pair: working.relationshipId,
      area: 'priorities',
      heading: 'Stop, decline, start, keep',
      act: linked,
    }),
    screen('request-form', working.mentee, {
      ...requests,
      act: async (page) => {
        await press('Log a request')(page)
        await press(/^Save and ask/)(page)
      },
    }),
    screen('request-answer', working.mentor, { ...requests, act: press(/^Answer/) }),
    screen('reply-draft', working.mentee, {
      ...requests,
      act: async (page) => {
        await paneOf(page).getByRole('button', { name: 'Draft a reply' }).last().click()
      },
    }),
    screen('feedback', working.mentor, { pair: working.relationshipId, area: 'feedback', heading: 'Feedback' }),
    screen('feedback-form', working.mentee, {
      pair: working.relationshipId,
      area: 'feedback',
      heading: 'Feedback',
      act: press('Give feedback'),
    }),
    screen('reflection', parting.mentee, {
      pair: parting.relationshipId,
      area: 'feedback',
      heading: 'Looking back',
      act: async (page) => {
        const path = `/api/relationships/${parting.relationshipId}/questions`
        const text = 'My first talk abroad, and that I said no three times.'
        await (await cast.as(parting.mentee)).put(`${path}/menteereflection-1`, { text, isShared: false })
        await (await cast.as(parting.mentor)).put(`${path}/mentorreflection-1`, { text: 'Our paper.', isShared: true })
        await page.reload()
        await open(page, parting.relationshipId, 'feedback', 'Looking back')
        await paneOf(page).getByRole('heading', { name: 'Looking back' }).scrollIntoViewIfNeeded()
        await press('Answer')(page)
      },
    }),
    screen('record', working.mentor, { pair: working.relationshipId, area: 'record', heading: 'Achievements' }),
    screen('ending', parting.mentee, {
      pair: parting.relationshipId,
      area: 'ending',
      heading: '1. How to part or go on',
    }),
    screen('access-log', working.mentor, { pair: working.relationshipId, area: 'access', heading: 'Who has looked' }),
    screen('help', working.mentee, {
      pair: working.relationshipId,
      area: 'help',
      heading: 'People who help',
      act: async (page) => {
        await paneOf(page).getByText('I need to slow down').click()
      },
    }),
  ]
}
