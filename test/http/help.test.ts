import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { openService, type Service } from '../../server/service.ts'
import { CONVERSATION_GUIDES, GUIDE_PARTS } from '../../shared/templates/conversation-guides.ts'
import { runningFrom, send, TEST_NOW } from '../start-service.ts'

let service: Service
let address: string
const lines: string[] = []
beforeAll(async () => {
  const root = join(import.meta.dirname, '../..')
  service = await openService({
    config: readConfig({ PORT: '0', DATA_DIR: ':memory:', LOG_LEVEL: 'trace' }),
    log: pino({ level: 'trace' }, { write: (line) => lines.push(line) }),
    webDir: join(root, 'dist', 'web'),
    iconsDir: join(root, 'server', 'packages', 'icons'),
    bookPracticePairs: false,
    realNow: runningFrom(TEST_NOW),
  })
  address = await service.listen()
})
afterAll(() => service.close())

const people: () => Promise<{ userPrincipalName: string; appRoles: string[]; kind: string }[]> = async () =>
  (await fetch(`${address}/practice/people`)).json()
async function tokenOf(userPrincipalName: string): Promise<string> {
  return (await send('POST', `${address}/practice/sign-in`, { body: { userPrincipalName } })).body.accessToken
}
const coordinatorToken = async () =>
  tokenOf((await people()).find(({ appRoles }) => appRoles.includes('Coordinator'))!.userPrincipalName)
const contact = { name: 'Ombudsperson', helpsWith: 'A talk off the record', isConfidential: true }

test('is the same for everybody, whoever they are and whatever they look for', async () => {
  const asked = (await people()).filter(({ kind }) => kind !== 'room').slice(0, 6)
  const answers = await Promise.all(
    asked.map(async ({ userPrincipalName }) =>
      JSON.stringify((await send('GET', `${address}/api/help`, { token: await tokenOf(userPrincipalName) })).body),
    ),
  )
  expect(new Set(answers).size).toBe(1)
  expect(JSON.parse(answers[0]!).programmes[0].contacts.length).toBeGreaterThan(0)
})

test('leaves no trace of who asked, when or how often', async () => {
  const token = await tokenOf((await people())[0]!.userPrincipalName)
  await send('GET', `${address}/api/me`, { token })
  const before = lines.length
  for (let times = 0; times < 3; times++) await send('GET', `${address}/api/help`, { token })
  await send('GET', `${address}/api/me`, { token })
  const routes = lines.slice(before).map((line) => JSON.parse(line).route ?? '')
  expect(routes.filter((route) => route.startsWith('/api'))).toEqual(['/api/me'])
  expect(lines.join()).not.toContain('/api/help')
  expect(await (await fetch(`${address}/metrics`)).text()).not.toContain('help"')
})

test('is said by the coordinator, whole each time', async () => {
  const token = await coordinatorToken()
  const { programmes } = (await send('GET', `${address}/api/help`, { token })).body
  const path = `${address}/api/programmes/${programmes[0].programmeId}/help`
  const body = { contacts: [contact], emergency: 'Dial 77.' }
  const put = await send('PUT', path, { token, body })
  expect(put).toMatchObject({ status: 200, body: { programmes: [body] } })
  expect(put.body.programmes[0]).not.toHaveProperty('policyUrl')
  expect((await send('GET', `${address}/api/help`, { token })).body).toEqual(put.body)
  expect(await send('PUT', `${address}/api/programmes/none/help`, { token, body })).toMatchObject({ status: 404 })
})

test('leads nowhere but to the web, a telephone or a mailbox', async () => {
  const token = await coordinatorToken()
  const { programmes } = (await send('GET', `${address}/api/help`, { token })).body
  const path = `${address}/api/programmes/${programmes[0].programmeId}/help`
  for (const wrong of [
    { webUrl: 'javascript:alert(1)' },
    { webUrl: 'http://plain.example' },
    { phone: '77;ext=javascript' },
    { email: 'nobody' },
  ]) {
    const body = { contacts: [{ ...contact, ...wrong }] }
    expect((await send('PUT', path, { token, body })).status, JSON.stringify(wrong)).toBe(400)
  }
})

test('every guide has its six parts', () => {
  expect(GUIDE_PARTS).toHaveLength(6)
  for (const guide of CONVERSATION_GUIDES)
    for (const [part] of GUIDE_PARTS) expect(guide[part].length, `${guide.id} ${part}`).toBeGreaterThan(20)
})
