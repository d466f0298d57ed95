/** Somebody of the practice department, as `GET /practice/people` names them. */
export type PracticePerson = {
  readonly id: string
  readonly userPrincipalName: string
  readonly displayName: string
  readonly mail: string
  readonly jobTitle: string
  readonly kind: 'resident' | 'fellow' | 'attending' | 'assistant' | 'coordinator' | 'room' | 'other'
  /** Windows time zone name, as mailboxes keep it. */
  readonly timeZone: string
}

/** A mail that Exchange would have sent to one person, as `GET /practice/outbox` lists it. */
export type OutboxMail = {
  readonly id: string
  readonly to: string
  readonly from: string
  readonly subject: string
  /** Instants, RFC 3339 in UTC; `startsAt` and `endsAt` on mails about a meeting. */
  readonly sentAt: string
  readonly startsAt?: string
  readonly endsAt?: string
  readonly kind: 'invitation' | 'update' | 'cancellation' | 'response' | 'forward' | 'message'
  /** How a series repeats, in words. */
  readonly recurrence?: string
  /** As it was sent; `bodyText` is the same in plain words. */
  readonly body: string
  readonly bodyText: string
  readonly attachments: readonly {
    readonly name: string
    readonly contentType: string
    readonly contentBytes: string
  }[]
}

const TIME_LIMIT_MS = 15_000

export async function listPeople(signal: AbortSignal): Promise<readonly PracticePerson[]> {
  return readJson(await ask('/practice/people', { signal }))
}

/** The practice clock's instant. */
export async function readClock(signal: AbortSignal): Promise<string> {
  const { now } = await readJson<{ now: string }>(await ask('/practice/clock', { signal }))
  return now
}

export async function moveClock(now: string): Promise<string> {
  const answer = await ask('/practice/clock', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now }),
  })
  return (await readJson<{ now: string }>(answer)).now
}

/** Every mail to one address, or to anybody, newest first. */
export async function listOutbox(to: string | undefined, signal: AbortSignal): Promise<readonly OutboxMail[]> {
  const query = to === undefined ? '' : `?${new URLSearchParams({ to })}`
  return readJson(await ask(`/practice/outbox${query}`, { signal }))
}

/** The JSON of a successful answer. Its shape is the practice tenant's own, on the same server and of the same build. */
export async function readJson<Answer>(response: Response): Promise<Answer> {
  return response.json()
}

/** Sends a request with a time limit. @throws Error naming path and status for any answer that is not a success */
export async function ask(path: string, { signal, ...init }: RequestInit = {}): Promise<Response> {
  const limit = AbortSignal.timeout(TIME_LIMIT_MS)
  const response = await fetch(path, { ...init, signal: signal ? AbortSignal.any([signal, limit]) : limit })
  if (!response.ok) throw new Error(`${new URL(path, window.location.href).pathname} answered ${response.status}.`)
  return response
}
