import { Client } from '@microsoft/microsoft-graph-client'
import type { GraphTokens, TokenRequest } from '../identity/graph-tokens.ts'
import type { Calendar } from '../ports/calendar.ts'
import type { CalendarWatch } from '../ports/calendar-watch.ts'
import type { Directory } from '../ports/directory.ts'
import type { GraphAccess } from '../ports/graph-access.ts'
import { attachFile, listAttachmentNames } from './attach-file.ts'
import { attachToken } from './attach-token.ts'
import { cancelEvent } from './cancel-event.ts'
import { createEvent } from './create-event.ts'
import { deleteEvent } from './delete-event.ts'
import { exactUrls } from './exact-url.ts'
import { fetchAnswer } from './fetch-answer.ts'
import { findEventsByKey } from './find-events-by-key.ts'
import { findPerson } from './find-person.ts'
import { type FreshEvents, freshEvents } from './fresh-events.ts'
import { findEvent, getEvent } from './get-event.ts'
import { immutableIds } from './immutable-ids.ts'
import { inviteAttendees } from './invite-attendees.ts'
import { listOccurrences } from './list-occurrences.ts'
import { listSchedules } from './list-schedules.ts'
import { mailboxGate, mailboxPlaces } from './mailbox-gate.ts'
import { moveEvent } from './move-event.ts'
import { type Pace, realPace } from './pace.ts'
import { readChanges } from './read-changes.ts'
import { requestIds } from './request-id.ts'
import { retryCall } from './retry-call.ts'
import { searchPeople } from './search-people.ts'
import { type GraphSend, graphSend } from './send.ts'
import { endSubscription, renewSubscription, subscribeToEvents } from './subscribe-to-events.ts'
import { graphTaskLists } from './task-lists.ts'

export type GraphAccessOptions = {
  /** Address of Graph with its version, e.g. `https://graph.microsoft.com/v1.0`; asked at each use. */
  readonly baseUrl: () => string
  readonly tokens: GraphTokens
  /** Limit of one call to Graph, all its tries, waits and its token included. */
  readonly timeoutMs: number
  readonly fetch?: typeof fetch
  /** Requests in flight over all mailboxes; 64 unless told. */
  readonly concurrentMax?: number
  /** Longest period of one getSchedule, exclusive; 42 unless told. */
  readonly scheduleDaysPerCall?: number
  /** Waiting and its clock; real unless told. */
  readonly pace?: Pace
}

/**
 * Calendars and directory on Microsoft Graph. All callers share the places of a mailbox: Graph counts them per app.
 * @throws CalendarError from every method; `consent-required` carries `InteractionRequired` as its cause where the
 * person has to sign in again
 */
export function graphAccess(options: GraphAccessOptions): GraphAccess {
  const { baseUrl, tokens, timeoutMs, concurrentMax = 64, scheduleDaysPerCall = 42, pace = realPace } = options
  const fetchFrom = options.fetch ?? fetch
  const gate = mailboxGate(concurrentMax, pace)
  const fresh = freshEvents(pace)

  function accessWith(getToken: (request: TokenRequest) => Promise<string>) {
    const client = Client.initWithMiddleware({
      baseUrl: baseUrl(),
      // The base address carries its version.
      defaultVersion: '',
      middleware: [
        exactUrls(),
        retryCall({ timeoutMs, gate, pace }),
        requestIds(),
        immutableIds(),
        mailboxPlaces(gate, pace),
        attachToken(baseUrl, getToken),
        fetchAnswer(fetchFrom),
      ],
    })
    const send = graphSend(client, { baseUrl, gate })
    return {
      calendar: graphCalendar(send, fresh, scheduleDaysPerCall),
      directory: graphDirectory(send),
      watch: graphWatch(send, baseUrl),
      tasks: graphTaskLists(send, baseUrl),
    }
  }

  const { forService } = tokens
  return {
    asPerson: (accessToken) => accessWith((request) => tokens.forPerson(accessToken, request)),
    tasksOf: (accessToken) =>
      accessWith((request) => tokens.forPerson(accessToken, { ...request, permission: 'Tasks.ReadWrite' })).tasks,
    get asService() {
      return forService && accessWith(forService)
    },
  }
}

function graphCalendar(send: GraphSend, fresh: FreshEvents, daysPerCall: number): Calendar {
  return {
    listSchedules: (asMailbox, emails, period) => listSchedules(send, daysPerCall, asMailbox, emails, period),
    createEvent: (mailbox, draft) => createEvent(send, fresh, mailbox, draft),
    findEventsByKey: (mailbox, key) => findEventsByKey(send, mailbox, key),
    getEvent: (mailbox, eventId) => getEvent(send, mailbox, eventId),
    findEvent: (mailbox, eventId) => findEvent(send, mailbox, eventId),
    listOccurrences: (mailbox, seriesEventId, period) => listOccurrences(send, mailbox, seriesEventId, period),
    attachFile: (mailbox, eventId, file) => attachFile(send, fresh, mailbox, eventId, file),
    listAttachmentNames: (mailbox, eventId) => listAttachmentNames(send, mailbox, eventId),
    inviteAttendees: (mailbox, eventId, attendees) => inviteAttendees(send, fresh, mailbox, eventId, attendees),
    moveEvent: (mailbox, eventId, time) => moveEvent(send, mailbox, eventId, time),
    cancelEvent: (mailbox, eventId, comment) => cancelEvent(send, mailbox, eventId, comment),
    deleteEvent: (mailbox, eventId) => deleteEvent(send, mailbox, eventId),
  }
}

function graphWatch(send: GraphSend, baseUrl: () => string): CalendarWatch {
  return {
    subscribe: (mailbox, notices, expiresAt) => subscribeToEvents(send, mailbox, notices, expiresAt),
    renew: (subscriptionId, expiresAt) => renewSubscription(send, subscriptionId, expiresAt),
    unsubscribe: (subscriptionId) => endSubscription(send, subscriptionId),
    readChanges: (mailbox, since) => readChanges(send, baseUrl, mailbox, since),
  }
}

function graphDirectory(send: GraphSend): Directory {
  return { searchPeople: (words) => searchPeople(send, words), findPerson: (id) => findPerson(send, id) }
}
