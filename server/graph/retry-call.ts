import type { Middleware } from '@microsoft/microsoft-graph-client'
import { CalendarError } from '../ports/calendar.ts'
import { callOf, type GraphAnswer, type GraphCall, middleware, optionsOf } from './call.ts'
import { failureOf, neverArrived, refusalOf } from './errors.ts'
import type { MailboxGate } from './mailbox-gate.ts'
import type { Pace } from './pace.ts'
import { retryAfterMsOf } from './retry-after.ts'

const TRIES_MAX = 4
const FIRST_WAIT_MS = 400
/** One odd answer must not shut a mailbox for good. */
const HOLD_BACK_MS_MAX = 3_600_000

type Verdict =
  | { readonly kind: 'done' }
  | { readonly kind: 'again'; readonly afterMs: number | undefined; readonly error: CalendarError }
  | { readonly kind: 'over'; readonly error: CalendarError }

/**
 * Sends a call until it is answered, for at most four tries and `timeoutMs` in all (queue, token and waits included).
 * Waits as long as `Retry-After` says and never less, else longer each time. A write that may not be sent twice is
 * repeated only when Graph surely did not carry it out. Leaves the answer or the error on the call.
 * Graph docs: "Microsoft Graph throttling guidance".
 */
export function retryCall(options: { timeoutMs: number; gate: MailboxGate; pace: Pace }): Middleware {
  const { timeoutMs, gate, pace } = options
  return middleware(async (context, next) => {
    const call = callOf(context)
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(new Error('time limit')), timeoutMs)
    optionsOf(context).signal = limit.signal
    call.deadlineMs = pace.nowMs() + timeoutMs
    // Once true, a later "try again" does not mean that nothing happened.
    let mayHaveHappened = false
    try {
      for (let tryNumber = 1; ; tryNumber++) {
        const verdict = judge(call, await oneTry(call, next, limit.signal))
        if (verdict.kind === 'done') return
        call.answer = undefined
        if (call.isWrite && verdict.error.code === 'outcome-unknown') mayHaveHappened = true
        if (verdict.kind === 'over') {
          call.error = verdict.error
          return
        }
        const waitMs = Math.ceil(verdict.afterMs ?? backOffMs(tryNumber, pace))
        if (verdict.afterMs !== undefined) gate.holdBack(call.mailbox, Math.min(waitMs, HOLD_BACK_MS_MAX))
        if (tryNumber === TRIES_MAX || pace.nowMs() + waitMs >= call.deadlineMs || limit.signal.aborted) {
          call.error = mayHaveHappened ? asUnknown(call, verdict.error) : verdict.error
          return
        }
        await pace.wait(waitMs, limit.signal).catch(() => undefined)
        if (mayHaveHappened) call.wasRepeatedInDoubt = true
      }
    } finally {
      clearTimeout(timer)
    }
  })
}

type Tried = { readonly answer: GraphAnswer } | { readonly cause: unknown }

async function oneTry(call: GraphCall, next: () => Promise<void>, signal: AbortSignal): Promise<Tried> {
  call.answer = undefined
  call.mayHaveLeft = false
  try {
    await endingWith(signal, next())
    return call.answer === undefined ? { cause: new Error('no answer') } : { answer: call.answer }
  } catch (cause) {
    return { cause }
  }
}

/** The time limit also ends what does not listen to it, such as a token that never comes. */
async function endingWith(signal: AbortSignal, work: Promise<void>): Promise<void> {
  let stop: (() => void) | undefined
  const limit = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    await Promise.race([work, limit])
  } finally {
    if (stop) signal.removeEventListener('abort', stop)
  }
}

function judge(call: GraphCall, tried: Tried): Verdict {
  return 'answer' in tried ? judgeAnswer(call, tried.answer) : judgeFailure(call, tried.cause)
}

function judgeFailure(call: GraphCall, cause: unknown): Verdict {
  const error = failureOf(call, cause)
  if (neverArrived(cause)) {
    return { kind: 'again', afterMs: undefined, error: new CalendarError('outage', error.message, { cause }) }
  }
  return isAnotherTryHarmless(call, error) ? { kind: 'again', afterMs: undefined, error } : { kind: 'over', error }
}

function judgeAnswer(call: GraphCall, answer: GraphAnswer): Verdict {
  const { status } = answer
  if (status >= 200 && status < 300) {
    if (call.accepts(answer.body)) return { kind: 'done' }
    const error = new CalendarError(
      call.isWrite ? 'outcome-unknown' : 'outage',
      `Graph, ${call.name}: ${status} with an answer that makes no sense`,
    )
    return call.isRepeatable ? { kind: 'again', afterMs: undefined, error } : { kind: 'over', error }
  }
  const afterMs = retryAfterMsOf(answer.headers)
  const refusal = refusalOf(call, answer, Number.isFinite(afterMs) ? afterMs : undefined)
  if (status === 429 || (status === 503 && (call.isRepeatable || afterMs !== undefined))) {
    return { kind: 'again', afterMs, error: refusal }
  }
  if (status === 404 && call.mayLag && refusal.code === 'event-not-found') {
    return { kind: 'again', afterMs, error: refusal }
  }
  if (status === 408 || (status >= 500 && status !== 507 && status !== 509)) {
    const error = call.isWrite ? asUnknown(call, refusal) : refusal
    return call.isRepeatable ? { kind: 'again', afterMs, error } : { kind: 'over', error }
  }
  // A refusal whose text was lost: of a write that may be repeated it may have said "you did this already".
  const isMute = refusal.graphCodes.length === 0 && (status === 400 || status === 404 || status === 409)
  if (isMute && call.isWrite && call.isRepeatable) {
    return { kind: 'again', afterMs, error: status === 404 ? refusal : asUnknown(call, refusal) }
  }
  return { kind: 'over', error: refusal }
}

/** Not after a refused sign-in, and not where a write might then be done twice. */
function isAnotherTryHarmless(call: GraphCall, error: CalendarError): boolean {
  if (error.code !== 'outage' && error.code !== 'outcome-unknown') return false
  return call.isRepeatable || !call.mayHaveLeft
}

function asUnknown(call: GraphCall, error: CalendarError): CalendarError {
  if (error.code === 'outcome-unknown') return error
  return new CalendarError('outcome-unknown', `Graph, ${call.name}: it may have happened; last: ${error.message}`, {
    cause: error,
    retryAfterMs: error.retryAfterMs,
  })
}

/** 0.4 s, 0.8 s, 1.6 s, each with up to half as much again, so that callers do not come back in step. */
function backOffMs(tryNumber: number, pace: Pace): number {
  return FIRST_WAIT_MS * 2 ** (tryNumber - 1) * (1 + pace.spread() / 2)
}
