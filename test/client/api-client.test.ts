import { expect, test } from 'vitest'
import { type ApiClient, createApiClient } from '../../shared/client/api-client.ts'
import { ApiProblem } from '../../shared/client/problem.ts'
import { answer, scriptedFetch } from './scripted-fetch.ts'

const pair = '7c1f0f0a-0b60-4d7e-9a53-0c7f3d9b0a11'
const other = '0d9e6f52-6a44-4b0e-8f0c-5f3b6d6a2c22'
const plan = { kind: 'template', templateId: 'plan.year1', startDate: '2027-01-04' } as const

const routes: [string, (api: ApiClient) => Promise<unknown>, string, unknown?][] = [
  ['me', (api) => api.getMe(), 'GET /api/me'],
  ['a search', (api) => api.searchPeople({ query: 'Li', mentors: true }), 'GET /api/people?query=Li&mentors=true'],
  ['pairs of mine', (api) => api.listRelationships(), 'GET /api/relationships'],
  [
    'a pair',
    (api) => api.putRelationship(pair, { menteeId: 'a', mentorId: 'b' }),
    `PUT /api/relationships/${pair}`,
    { menteeId: 'a', mentorId: 'b' },
  ],
  [
    'proposals',
    (api) => api.postProposals(pair, { plan, minutes: 45 }),
    `POST /api/relationships/${pair}/proposals`,
    { plan, minutes: 45 },
  ],
  ['the series of a pair', (api) => api.listSeries(pair), `GET /api/relationships/${pair}/series`],
  [
    'one series',
    (api) => api.getSeries({ relationshipId: pair, seriesId: other }),
    `GET /api/relationships/${pair}/series/${other}`,
  ],
  [
    'booking',
    (api) => api.putSeries({ relationshipId: pair, seriesId: other }, { plan, minutes: 45, meetings: [] }),
    `PUT /api/relationships/${pair}/series/${other}`,
    { plan, minutes: 45, meetings: [] },
  ],
  [
    'a cancellation',
    (api) => api.putCancellation({ relationshipId: pair, seriesId: other }, { comment: 'Moving away' }),
    `PUT /api/relationships/${pair}/series/${other}/cancellation`,
    { comment: 'Moving away' },
  ],
  [
    'the meeting behind an event',
    (api) => api.findMeetingByEvent({ eventId: 'AA/+=', startsAt: '2027-01-04T17:00:00Z' }),
    'GET /api/meetings/by-event?eventId=AA%2F%2B%3D&startsAt=2027-01-04T17%3A00%3A00Z',
  ],
  [
    'a meeting',
    (api) => api.getMeeting({ relationshipId: pair, meetingId: other }),
    `GET /api/relationships/${pair}/meetings/${other}`,
  ],
  [
    'a tick',
    (api) => api.putAgendaItem({ relationshipId: pair, meetingId: other, itemId: 'check in' }, { done: true }),
    `PUT /api/relationships/${pair}/meetings/${other}/agenda/check%20in`,
    { done: true },
  ],
  [
    'an agenda item to delete',
    (api) => api.deleteAgendaItem({ relationshipId: pair, meetingId: other, itemId: 'x' }),
    `DELETE /api/relationships/${pair}/meetings/${other}/agenda/x`,
  ],
  ['goals', (api) => api.listGoals(pair), `GET /api/relationships/${pair}/goals`],
  [
    'a goal',
    (api) => api.putGoal(pair, other, { title: 'T', horizon: 'short', state: 'open' }),
    `PUT /api/relationships/${pair}/goals/${other}`,
    { title: 'T', horizon: 'short', state: 'open' },
  ],
  ['a goal to delete', (api) => api.deleteGoal(pair, other), `DELETE /api/relationships/${pair}/goals/${other}`],
  ['homework', (api) => api.listHomework(pair), `GET /api/relationships/${pair}/homework`],
  [
    'a task',
    (api) => api.putHomework(pair, other, { title: 'T', owner: 'mentor', done: false }),
    `PUT /api/relationships/${pair}/homework/${other}`,
    { title: 'T', owner: 'mentor', done: false },
  ],
  ['a task to delete', (api) => api.deleteHomework(pair, other), `DELETE /api/relationships/${pair}/homework/${other}`],
  ['a programme', (api) => api.listPairs('im/2027'), 'GET /api/programmes/im%2F2027/pairs'],
  ['work that was given up', (api) => api.listTroubles('im'), 'GET /api/programmes/im/troubles'],
  [
    'another try',
    (api) => api.putRetry('im', 'book-series|7'),
    'PUT /api/programmes/im/troubles/book-series%7C7/retry',
  ],
]

test.each(routes)('asks for %s at its address', async (_name, call, address, body) => {
  const { fetch, sent } = scriptedFetch(answer({}))
  await call(createApiClient({ getToken: async () => 't', fetch }))
  expect(`${sent[0]?.init.method} ${sent[0]?.url}`).toBe(address)
  expect(sent[0]?.init.body).toBe(body === undefined ? undefined : JSON.stringify(body))
})

test('tells of a refusal to delete', async () => {
  const { fetch } = scriptedFetch(answer({ code: 'not-allowed' }, 403))
  const refusal = createApiClient({ getToken: async () => 't', fetch }).deleteGoal(pair, other)
  await expect(refusal).rejects.toBeInstanceOf(ApiProblem)
})
