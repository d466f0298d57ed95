import { expect, test } from 'vitest'
import { graphError, serviceOver } from './scripted-graph.ts'

const user = (index: number, more: Record<string, unknown> = {}) => ({
  id: `oid-${index}`,
  displayName: `Person ${String(index).padStart(2, '0')}`,
  mail: `p${index}@example.org`,
  userPrincipalName: `p${index}@tenant.example`,
  jobTitle: null,
  ...more,
})

test('searches names and addresses by their beginning, quotes doubled, and answers by name', async () => {
  const graph = serviceOver([
    { status: 200, body: { value: [user(2, { jobTitle: 'Fellow' }), user(1, { mail: null })] } },
  ])
  const { people, more } = await graph.directory.searchPeople(" O'Neil ")
  expect(graph.sent[0]!.path).toBe(
    '/users?$filter=' +
      ['displayName', 'givenName', 'surname', 'mail', 'userPrincipalName']
        .map((name) => `startswith(${name},'O''Neil')`)
        .join(' or ') +
      '&$select=id,displayName,mail,userPrincipalName,jobTitle&$top=26',
  )
  expect(people).toEqual([
    { id: 'oid-1', displayName: 'Person 01', email: 'p1@tenant.example' },
    { id: 'oid-2', displayName: 'Person 02', email: 'p2@example.org', jobTitle: 'Fellow' },
  ])
  expect(more).toBe(false)
})

test('answers at most 25 people and says when there are more', async () => {
  const users = (count: number) => Array.from({ length: count }, (_, index) => user(index))
  const graph = serviceOver([
    { status: 200, body: { value: users(26) } },
    { status: 200, body: { value: users(25) } },
    { status: 200, body: { value: users(3), '@odata.nextLink': 'https://graph.example/v1.0/users?$skiptoken=x' } },
  ])
  expect(await graph.directory.searchPeople('p')).toMatchObject({ people: { length: 25 }, more: true })
  expect(await graph.directory.searchPeople('p')).toMatchObject({ people: { length: 25 }, more: false })
  expect(await graph.directory.searchPeople('p')).toMatchObject({ people: { length: 3 }, more: true })
})

test('asks nobody for no words', async () => {
  expect(await serviceOver([]).directory.searchPeople('  ')).toEqual({ people: [], more: false })
})

test('finds a person by id, and answers undefined for an id the directory does not have', async () => {
  const graph = serviceOver([
    { status: 200, body: user(1) },
    { status: 404, body: graphError('Request_ResourceNotFound') },
    { status: 403, body: graphError('Authorization_RequestDenied') },
  ])
  expect(await graph.directory.findPerson('oid-1')).toEqual({
    id: 'oid-1',
    displayName: 'Person 01',
    email: 'p1@example.org',
  })
  expect(graph.sent[0]!.path).toBe('/users/oid-1?$select=id,displayName,mail,userPrincipalName,jobTitle')
  expect(await graph.directory.findPerson('oid-2')).toBeUndefined()
  await expect(graph.directory.findPerson('oid-3')).rejects.toMatchObject({ code: 'access-denied' })
})
