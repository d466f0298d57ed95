import type { PracticeUser } from '../people.ts'
import { GraphError, type RouteContext } from './dispatch.ts'

/**
 * The user whose mailbox the path names.
 * @throws GraphError 404 `MailboxNotEnabledForRESTAPI` for a directory user without a mailbox
 */
export function requireMailbox({ user }: Pick<RouteContext, 'user'>): PracticeUser {
  if (!user) throw new GraphError(404, 'ErrorInvalidUser', 'The requested user is invalid.')
  if (!user.hasMailbox) {
    throw new GraphError(
      404,
      'MailboxNotEnabledForRESTAPI',
      'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    )
  }
  return user
}
