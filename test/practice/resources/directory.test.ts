import { afterAll, beforeAll, expect, test } from 'vitest'
import { graphExchangeFaults } from '../../contract/graph-schema.ts'
import { ADA, BEN, CLEO, GROUP, NESTED_GROUP, type Practice, ROOM, startPractice } from '../start-practice.ts'

let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(() => practice.close())

const EVENTUAL = { consistencylevel: 'eventual' }
async function get(path: string, headers: Record<string, string> = {}) {
  const url = encodeURI(path)
  const answer = await practice.graph('GET', url, { headers })
  const body = String(answer.headers['content-type']).startsWith('text/plain') ? answer.payload : answer.json()
  if (typeof body !== 'string' && !path.includes('microsoft.graph.user')) {
    expect(graphExchangeFaults('GET', url, undefined, answer.statusCode, body)).toEqual([])
  }
  return { status: answer.statusCode, body }
}
const names = (body: { value: { displayName: string }[] }) => body.value.map(({ displayName }) => displayName).sort()

test('reads one user by id or principal name, the short profile unless more is selected', async () => {
  const byId = (await get(`/users/${BEN.id}`)).body
  expect(byId).toMatchObject({ id: BEN.id, displayName: 'Ben Ortiz', mail: BEN.mail, jobTitle: BEN.jobTitle })
  expect(byId).not.toHaveProperty('department')
  expect((await get(`/users/${BEN.userPrincipalName.toUpperCase()}`)).body.id).toBe(BEN.id)
  const selected = (await get(`/users/${BEN.id}?$select=displayName,department`)).body
  expect(Object.keys(selected).sort()).toEqual(['@odata.context', 'department', 'displayName'])
  expect((await get('/users/nobody')).status).toBe(404)
  expect((await get(`/users/${BEN.id}?$select=shoeSize`)).status).toBe(400)
})

test('lists users with $filter, $top and next links', async () => {
  expect(names((await get("/users?$filter=startswith(displayName,'b')")).body)).toEqual(['Ben Ortiz'])
  expect(names((await get(`/users?$filter=mail eq '${CLEO.mail}' or mail eq '${ADA.mail}'`)).body)).toEqual([
    'Ada Price',
    'Cleo Prescott',
  ])
  const seen: string[] = []
  let link: string | undefined = '/users?$top=2&$select=displayName'
  while (link) {
    const { body }: { body: { value: { displayName: string }[]; '@odata.nextLink'?: string } } = await get(link)
    expect(body.value.length).toBeLessThanOrEqual(2)
    seen.push(...body.value.map(({ displayName }) => displayName))
    link = body['@odata.nextLink'] && decodeURI(body['@odata.nextLink'].split('/v1.0')[1]!)
  }
  expect(seen).toHaveLength(5)
  expect(new Set(seen).size).toBe(5)
  expect((await get('/users?$top=1000')).status).toBe(400)
})

test('searches by the beginnings of words, with the header that Graph wants', async () => {
  const search = '$search="displayName:pr"'
  const refused = await get(`/users?${search}`)
  expect(refused.status).toBe(400)
  expect(refused.body.error).toMatchObject({
    code: 'Request_UnsupportedQuery',
    message: expect.stringContaining('ConsistencyLevel'),
  })
  expect(names((await get(`/users?${search}`, EVENTUAL)).body)).toEqual(['Ada Price', 'Cleo Prescott'])
  expect(names((await get('/users?$search="displayName:cleo pres"', EVENTUAL)).body)).toEqual(['Cleo Prescott'])
  expect(names((await get('/users?$search="displayName:pr" AND "mail:ada"', EVENTUAL)).body)).toEqual(['Ada Price'])
  expect(names((await get('/users?$search="displayName:ben" OR "mail:ada"', EVENTUAL)).body)).toEqual([
    'Ada Price',
    'Ben Ortiz',
  ])
  expect(names((await get('/users?$search="displayName:rtiz"', EVENTUAL)).body)).toEqual([])
  expect((await get('/users?$search=ben', EVENTUAL)).status).toBe(400)
})

test('counts and sorts only under the rules of advanced queries', async () => {
  expect((await get('/users?$count=true')).body).not.toHaveProperty('@odata.count')
  expect((await get('/users?$count=true', EVENTUAL)).body['@odata.count']).toBe(5)
  expect((await get('/users/$count')).status).toBe(400)
  expect((await get('/users/$count', EVENTUAL)).body).toBe('5')
  const advanced = "/users?$filter=endswith(mail,'clinic.example')&$orderby=displayName desc&$top=1"
  expect((await get(advanced)).status).toBe(400)
  expect((await get(advanced, EVENTUAL)).status).toBe(400)
  expect(names((await get(`${advanced}&$count=true`, EVENTUAL)).body)).toEqual(['Room Twelve'])
})

test('lists the members of a group, nested ones once when asked', async () => {
  const direct = (await get(`/groups/${GROUP.id}/members`)).body
  expect(direct.value).toMatchObject([
    { '@odata.type': '#microsoft.graph.user', id: BEN.id },
    { '@odata.type': '#microsoft.graph.group', id: NESTED_GROUP.id },
  ])
  const all = (await get(`/groups/${GROUP.id}/transitiveMembers`)).body
  expect(names(all)).toEqual(['Ben Ortiz', 'Chief residents', 'Cleo Prescott'])
  const users = (await get(`/groups/${GROUP.id}/transitiveMembers/microsoft.graph.user?$select=displayName`)).body
  expect(users.value).toEqual([{ displayName: 'Ben Ortiz' }, { displayName: 'Cleo Prescott' }])
  expect((await get(`/groups/${GROUP.id}/members/microsoft.graph.user/$count`, EVENTUAL)).body).toBe('1')
  expect((await get(`/groups/${GROUP.id}`)).body).toMatchObject({ displayName: 'Residents', mail: GROUP.mail })
  expect((await get('/groups/00000000-0000-4000-8000-000000000000/members')).status).toBe(404)
})

test('knows rooms as places', async () => {
  const rooms = (await get('/places/microsoft.graph.room')).body
  expect(rooms.value).toMatchObject([{ displayName: 'Room Twelve', emailAddress: ROOM.mail }])
  expect((await get(`/places/${ROOM.mail}`)).body).toMatchObject({
    '@odata.type': '#microsoft.graph.room',
    id: ROOM.id,
  })
  expect((await get('/places/nowhere')).status).toBe(404)
})
