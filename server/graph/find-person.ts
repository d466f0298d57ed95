import { CalendarError } from '../ports/calendar.ts'
import type { DirectoryPerson } from '../ports/directory.ts'
import { UserAnswer } from './answers.ts'
import { personOf, USER_SELECT } from './search-people.ts'
import type { GraphSend } from './send.ts'
import { mailboxPath, queryOf } from './translate.ts'

/** A person by Entra object id; `undefined` when the directory has none. Graph docs: "Get user". Least permission: User.ReadBasic.All. */
export async function findPerson(send: GraphSend, id: string): Promise<DirectoryPerson | undefined> {
  try {
    const user = await send.request({
      name: 'find person',
      method: 'GET',
      path: `${mailboxPath(id)}?${queryOf({ $select: USER_SELECT })}`,
      answer: UserAnswer,
      effect: 'read',
    })
    return personOf(user)
  } catch (error) {
    const isNobody =
      error instanceof CalendarError && (error.code === 'mailbox-not-found' || error.code === 'event-not-found')
    if (isNobody) return undefined
    throw error
  }
}
