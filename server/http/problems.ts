import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../../shared/api/common.ts'
import { DomainError, type DomainErrorCode, type Fault } from '../../shared/domain/errors.ts'
import { challengeOf, InteractionRequired } from '../identity/interaction-required.ts'
import { SigningKeysUnavailable, TokenRefused } from '../identity/validate-token.ts'
import { CalendarError } from '../ports/calendar.ts'
import { StoreUnavailableError } from '../store/document-store.ts'

/** Exhaustive: a new code does not compile without a status. */
const PROBLEMS: Record<DomainErrorCode, { readonly status: number; readonly title: string }> = {
  'not-signed-in': { status: 401, title: 'Not signed in' },
  'not-allowed': { status: 403, title: 'Not allowed' },
  'not-a-participant': { status: 403, title: 'Not a participant' },
  'relationship-not-found': { status: 404, title: 'Relationship not found' },
  'series-not-found': { status: 404, title: 'Series not found' },
  'meeting-not-found': { status: 404, title: 'Meeting not found' },
  'todo-not-linked': { status: 409, title: 'Homework is not kept in To Do' },
  'question-not-found': { status: 404, title: 'Question not found' },
  'agenda-item-not-found': { status: 404, title: 'Agenda item not found' },
  'request-not-found': { status: 404, title: 'Request not found' },
  'round-not-found': { status: 404, title: 'Nothing to answer' },
  'already-revealed': { status: 409, title: 'Already shown to both' },
  'not-agreed': { status: 409, title: 'Not agreed' },
  'content-deleted': { status: 410, title: 'Deleted' },
  'person-not-found': { status: 422, title: 'Person not found' },
  'programme-not-found': { status: 404, title: 'Programme not found' },
  'trouble-not-found': { status: 404, title: 'Nothing to try again' },
  'mailbox-not-found': { status: 422, title: 'No mailbox' },
  'mailbox-not-reachable': { status: 503, title: 'Mailbox not reachable' },
  'consent-required': { status: 401, title: 'Consent required' },
  'id-already-used': { status: 409, title: 'Id already used' },
  'edited-meanwhile': { status: 409, title: 'Edited meanwhile' },
  'same-person': { status: 422, title: 'Mentee and mentor are the same person' },
  'committee-not-possible': { status: 422, title: 'Not a committee' },
  'slot-not-free': { status: 409, title: 'Slot not free' },
  'slot-in-the-past': { status: 422, title: 'Slot in the past' },
  'slot-outside-window': { status: 422, title: 'Slot outside its window' },
  'notice-too-short': { status: 422, title: 'Notice too short' },
  'availability-unknown': { status: 409, title: 'Availability unknown' },
  'unknown-time-zone': { status: 422, title: 'Unknown time zone' },
  'invalid-plan': { status: 422, title: 'Invalid plan' },
  'invalid-feed': { status: 422, title: 'Unreadable file' },
  'invalid-code-map': { status: 422, title: 'Invalid code map' },
  'too-large': { status: 413, title: 'Too large' },
  'patient-data-suspected': { status: 422, title: 'This may be about a patient' },
  'series-not-cancellable': { status: 409, title: 'Series cannot be cancelled' },
  'not-in-this-state': { status: 409, title: 'Not possible as things stand' },
  'resume-date-out-of-range': { status: 422, title: 'Resume date out of range' },
  'agreement-incomplete': { status: 422, title: 'The agreement is incomplete' },
  'mentor-has-no-room': { status: 409, title: 'The mentor has no room' },
  'homework-still-open': { status: 409, title: 'Homework is still open' },
  'clocks-out-of-order': { status: 422, title: 'These clocks do not go together' },
  'attestation-not-open': { status: 409, title: 'Nothing can be said of this meeting now' },
  'meeting-not-changeable': { status: 409, title: 'Meeting cannot be changed' },
  'question-closed': { status: 409, title: 'Not asked any more' },
  'slot-not-offered': { status: 409, title: 'Time not offered any more' },
}

/** Refusals of the HTTP layer itself. */
const HTTP_PROBLEMS: Readonly<Record<number, { readonly code: string; readonly title: string }>> = {
  400: { code: 'invalid-request', title: 'Invalid request' },
  404: { code: 'not-found', title: 'Not found' },
  405: { code: 'method-not-allowed', title: 'Method not allowed' },
  413: { code: 'too-large', title: 'Too large' },
  414: { code: 'too-large', title: 'Too large' },
  415: { code: 'unsupported-media-type', title: 'Unsupported media type' },
  429: { code: 'too-many-requests', title: 'Too many requests' },
  503: { code: 'unavailable', title: 'Not available just now' },
}

/** A database that elects a new primary, or a disk that somebody makes room on. */
const STORE_RETRY_S = 5

/** Turns every error into RFC 9457 problem details. A 5xx tells nothing of its cause and logs all of it. */
export function installProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) =>
    sendProblem(request, reply, problemOf(error, request, reply)),
  )
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, { status: 404, code: 'not-found', title: 'Not found' }),
  )
}

/** An address that cannot be read reaches no route. Fastify's own words for it repeat the address, queries and all. */
export function refuseUnreadableAddress(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode === 414 ? 414 : 400
  sendProblem(request, reply, { status, code: 'invalid-request', title: 'Invalid request', ...HTTP_PROBLEMS[status] })
}

type Draft = Pick<Problem, 'status' | 'code' | 'title'> & {
  readonly detail?: string
  readonly faults?: readonly Fault[]
}

function problemOf(error: FastifyError, request: FastifyRequest, reply: FastifyReply): Draft {
  if (error instanceof DomainError) {
    const { status, title } = PROBLEMS[error.code]
    if (status === 401) reply.header('www-authenticate', 'Bearer')
    return { status, code: error.code, title, detail: error.message, faults: error.faults }
  }
  if (error instanceof TokenRefused) {
    request.log.info({ code: error.code }, 'token refused')
    reply.header('www-authenticate', 'Bearer error="invalid_token"')
    return { status: 401, code: 'not-signed-in', title: 'Not signed in' }
  }
  if (error instanceof SigningKeysUnavailable) {
    request.log.error({ err: error }, 'nobody can sign in')
    return { status: 503, code: 'unavailable', title: 'Not available just now' }
  }
  if (error instanceof StoreUnavailableError) {
    request.log.error({ err: error }, 'the store does not answer')
    reply.header('retry-after', STORE_RETRY_S)
    return { status: 503, code: 'unavailable', title: 'Not available just now' }
  }
  if (error instanceof CalendarError) return calendarProblem(error, request, reply)
  if (error.validation) {
    return {
      status: 400,
      code: 'invalid-request',
      title: 'Invalid request',
      detail: `The ${error.validationContext ?? 'request'} does not have the expected form.`,
      faults: error.validation.map(faultOf),
    }
  }
  const status = error.statusCode ?? 500
  const known = HTTP_PROBLEMS[status]
  if (known && status < 500) return { status, ...known, detail: error.message }
  if (known) return { status, ...known }
  request.log.error({ err: error }, 'request failed')
  return { status: 500, code: 'internal', title: 'Something went wrong' }
}

function calendarProblem(error: CalendarError, request: FastifyRequest, reply: FastifyReply): Draft {
  request.log.warn({ err: error, code: error.code }, 'calendar refused')
  switch (error.code) {
    case 'consent-required':
      if (error.cause instanceof InteractionRequired) reply.header('www-authenticate', challengeOf(error.cause))
      return { status: 401, code: 'consent-required', title: 'Consent required' }
    case 'access-denied':
      return { status: 403, code: 'calendar-access-denied', title: 'The calendar refused access' }
    case 'mailbox-not-found':
      return { status: 422, code: 'mailbox-not-found', title: 'No mailbox' }
    case 'event-not-found':
      return { status: 404, code: 'event-not-found', title: 'This is not in the calendar any more' }
    case 'time-zone-not-supported':
      return { status: 422, code: 'unknown-time-zone', title: 'Unknown time zone' }
    case 'refused':
    case 'occurrence-crosses-neighbour':
      return { status: 422, code: 'calendar-refused', title: 'The calendar refused this' }
    case 'changed-meanwhile':
      return { status: 409, code: 'edited-meanwhile', title: 'Edited meanwhile' }
    // These pass: the same request may be sent again.
    case 'mailbox-not-reachable':
    case 'throttled':
    case 'outcome-unknown':
    case 'outage':
      if (error.retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(error.retryAfterMs / 1000))
      return { status: 503, code: 'calendar-unavailable', title: 'The calendar cannot be reached just now' }
  }
}

function faultOf({ instancePath, message, params }: NonNullable<FastifyError['validation']>[number]): Fault {
  const path = instancePath
    .slice(1)
    .replace(/\/(\d+)/g, '[$1]')
    .replace(/^(\d+)/, '[$1]')
    .replaceAll('/', '.')
  const extra = params['additionalProperty']
  return {
    path: typeof extra === 'string' ? [path, extra].filter(Boolean).join('.') : path,
    message: message ?? 'is not as expected',
  }
}

function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, code, title, detail, faults }: Draft,
): FastifyReply {
  const problem: Problem = {
    type: `urn:problem:${code}`,
    title,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(faults === undefined || faults.length === 0 ? {} : { faults: [...faults] }),
    requestId: request.id,
  }
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem))
}
