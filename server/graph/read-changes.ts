import { asId, type EventId } from '../../shared/domain/ids.ts'
import type { Mailbox, Period } from '../ports/calendar.ts'
import type { CalendarChanges } from '../ports/calendar-watch.ts'
import { ChangeAnswer } from './answers.ts'
import { isInsideGraph } from './base-address.ts'
import { GraphRefusal } from './errors.ts'
import type { GraphSend } from './send.ts'
import { mailboxPath, queryOf } from './translate.ts'

const PAGE_SIZE = 200
/** Graph docs: "Microsoft Graph error responses": the state of a delta query is not kept for ever. */
const EXPIRED = ['syncstatenotfound', 'resyncrequired', 'syncstateinvalid']

/**
 * What changed in a mailbox's default calendar, within one fixed period. The token is Graph's own link for the next
 * round. Occurrences come as bare stubs that name their master, and as removed without it.
 * Graph docs: "event: delta", "Get incremental changes to events in a calendar view". Least permission: Calendars.Read.
 */
export async function readChanges(
  send: GraphSend,
  baseUrl: () => string,
  mailbox: Mailbox,
  since: { readonly period: Period } | { readonly token: string },
): Promise<CalendarChanges> {
  const token = 'token' in since ? since.token : undefined
  // The service may have moved to another address of Graph; its links go no further.
  if (token !== undefined && !isInsideGraph(baseUrl(), token)) return { kind: 'expired' }
  const query =
    'period' in since ? `?${queryOf({ startDateTime: since.period.start, endDateTime: since.period.end })}` : ''
  try {
    const { items, link } = await send.listChanges(
      {
        name: 'read changes',
        method: 'GET',
        path: `${mailboxPath(mailbox)}/calendarView/delta${query}`,
        mailbox,
        answer: ChangeAnswer,
        effect: 'read',
        prefer: `odata.maxpagesize=${PAGE_SIZE}`,
      },
      token,
    )
    const isRemoved = (item: (typeof items)[number]) => item['@removed'] !== undefined
    const idsOf = (of: typeof items, idOf: (item: (typeof items)[number]) => string) => [
      ...new Set(of.map((item) => asId<EventId>(idOf(item)))),
    ]
    return {
      kind: 'changes',
      changed: idsOf(
        items.filter((item) => !isRemoved(item)),
        ({ id, seriesMasterId }) => seriesMasterId ?? id,
      ),
      removed: idsOf(items.filter(isRemoved), ({ id }) => id),
      token: link,
    }
  } catch (error) {
    if (error instanceof GraphRefusal && isExpiredToken(error)) return { kind: 'expired' }
    throw error
  }
}

export const isExpiredToken = ({ status, graphCodes }: GraphRefusal): boolean =>
  status === 410 || graphCodes.some((code) => EXPIRED.includes(code.toLowerCase()))
