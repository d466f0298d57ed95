import { type Static, Type } from 'typebox'
import type { Directory, DirectoryPerson } from '../ports/directory.ts'
import { UserAnswer } from './answers.ts'
import type { GraphSend } from './send.ts'
import { queryOf, quoted } from './translate.ts'

const PEOPLE_MAX = 25
export const USER_SELECT = 'id,displayName,mail,userPrincipalName,jobTitle'
const SEARCHED = ['displayName', 'givenName', 'surname', 'mail', 'userPrincipalName']
const UserPage = Type.Object({
  value: Type.Array(UserAnswer),
  '@odata.nextLink': Type.Optional(Type.Unknown()),
})

/**
 * Finds people whose name or address begins with the words: at most 25, and whether there are more. One page only,
 * asked one person larger than we answer. Graph docs: "List users" (user-list), "$filter", startswith.
 * Least permission: User.ReadBasic.All, which leaves `jobTitle` out.
 */
export async function searchPeople(send: GraphSend, words: string): ReturnType<Directory['searchPeople']> {
  const begin = words.trim()
  if (begin === '') return { people: [], more: false }
  const query = {
    $filter: SEARCHED.map((name) => `startswith(${name},${quoted(begin)})`).join(' or '),
    $select: USER_SELECT,
    $top: String(PEOPLE_MAX + 1),
  }
  const page: Static<typeof UserPage> = await send.request({
    name: 'search people',
    method: 'GET',
    path: `/users?${queryOf(query)}`,
    answer: UserPage,
    effect: 'read',
  })
  const people = page.value.slice(0, PEOPLE_MAX).map(personOf)
  return {
    people: people.toSorted((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
    more: page.value.length > PEOPLE_MAX || page['@odata.nextLink'] !== undefined,
  }
}

/** People without a mailbox have no `mail`; their sign-in name stands in, and calendar calls will say so. */
export function personOf(user: UserAnswer): DirectoryPerson {
  const email = user.mail || user.userPrincipalName || ''
  return {
    id: user.id,
    displayName: user.displayName || email,
    email,
    ...(user.jobTitle && { jobTitle: user.jobTitle }),
  }
}
