import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TEAMS_APP_ID, TEAMS_TAB_ID } from '../../server/packages/teams-tab-link.ts'
import { readPlace } from '../../teams-app/places.ts'
import { bookBest } from '../booking/book-a-series.ts'
import { castOf } from '../practice-cast.ts'
import { type RunningService, send, startService } from '../start-service.ts'
import { servePages } from '../teams-app/open-tab.ts'

const PAIR = '5a0d3e0f-7c7e-4c59-9a3f-0c2b6f1d8e11'
const MEETING = '9b1c2d3e-4f50-4617-8a9b-0c1d2e3f4a55'

let service: RunningService
let realTenant: FastifyInstance
beforeAll(async () => {
  service = await startService()
  realTenant = await servePages()
}, 60_000)
afterAll(async () => {
  await realTenant?.close()
  await service?.close()
})

const linkIn = (body: string) => /href="([^"]*\/meetings\/[^"]*)"/.exec(body)?.[1]
const placeOf = (location: string | null) => new URL(location!, service.address).searchParams.get('place')!

test('the link of each invitation opens the meeting it belongs to', async () => {
  const cast = await castOf(service)
  const pair = cast.pairs[0]!
  const series = await bookBest(await cast.as(pair.mentee), pair.relationshipId)
  const mails: { body: string }[] = (
    await send('GET', `${service.address}/practice/outbox?to=${encodeURIComponent(pair.mentor.mail)}`)
  ).body
  const places = []
  for (const { body } of mails) {
    const answer = await fetch(linkIn(body)!, { redirect: 'manual' })
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toMatch(/^\/practice\/teams\?place=meeting\//)
    places.push(readPlace(placeOf(answer.headers.get('location'))))
  }
  const expected = series.meetings.map(({ meetingId }) => ({
    name: 'meeting',
    relationshipId: pair.relationshipId,
    meetingId,
  }))
  expect(places).toHaveLength(expected.length)
  expect(places).toEqual(expect.arrayContaining(expected))
})

test('in a real tenant it opens the place in Teams, in the app and tab of the manifest', async () => {
  const answer = await realTenant.inject(`/meetings/${PAIR}/${MEETING}`)
  expect(answer.statusCode).toBe(302)
  const { origin, pathname, searchParams } = new URL(answer.headers.location!)
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../teams-app/manifest.json'), 'utf8'))
  const personalTab = manifest.staticTabs.find(({ scopes }: { scopes: string[] }) => scopes.includes('personal'))
  expect([TEAMS_APP_ID, TEAMS_TAB_ID]).toEqual([manifest.id, personalTab.entityId])
  expect(origin + pathname).toBe(`https://teams.microsoft.com/l/entity/${manifest.id}/${personalTab.entityId}`)
  expect(JSON.parse(searchParams.get('context')!)).toEqual({ subEntityId: `meeting/${PAIR}/${MEETING}` })
})

test.each([`/meetings/${PAIR}/x`, `/meetings/x/${MEETING}`, `/meetings/${PAIR}/${encodeURIComponent('"<b>')}`])(
  'refuses %s, which names no meeting',
  async (path) => {
    expect((await realTenant.inject(path)).statusCode).toBe(400)
    expect((await send('GET', service.address + path)).status).toBe(400)
  },
)

test('the link is no part of the documented interface', async () => {
  const { body } = await send('GET', `${service.address}/api/openapi.json`)
  expect(Object.keys(body.paths).filter((path) => path.startsWith('/meetings'))).toEqual([])
})

test('browsers that ask for an icon by themselves get one', async () => {
  const answer = await fetch(`${service.address}/favicon.ico`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
})
