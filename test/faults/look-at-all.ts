import { KEY_PROPERTY } from '../../server/graph/translate.ts'
import { eventStore } from '../../server/practice/graph/calendar/event-store.ts'
import { listMails } from '../../server/practice/graph/outbox.ts'
import type { Caller } from '../start-service.ts'
import type { SharedPractice } from '../start-shared-practice.ts'
import { until } from './until.ts'

/** A series of one meeting whose booking was acknowledged. */
export type BookedSeries = {
  readonly caller: Caller
  readonly path: string
  readonly seriesId: string
  /** Whose calendar it is in: whoever booked it. */
  readonly organizerId: string
  isCalledOff: boolean
}
export type Goal = { readonly caller: Caller; readonly path: string }

const SETTLE_MS = 180_000

/** Compares what people were told with what the service and the calendars hold when nothing is pending any more. */
export async function lookAtAll(
  { tenant }: SharedPractice,
  told: { readonly series: readonly BookedSeries[]; readonly goals: readonly Goal[] },
) {
  const events = eventStore(tenant.state)
  const keyOf = (event: ReturnType<typeof events.listByMailbox>[number]) =>
    event.singleValueProperties.find(({ id }) => id === KEY_PROPERTY)?.value
  let lost = 0
  let duplicated = 0
  let orphans = 0
  const uids = new Set<string>()
  for (const one of told.series) {
    const state = await settledState(one)
    // A cancellation may have been stored although its acknowledgement was lost.
    if (one.isCalledOff ? state !== 'cancelled' : state !== 'booked' && state !== 'cancelled') lost++
    const own = events.listByMailbox(one.organizerId).filter((event) => keyOf(event) === `${one.seriesId}:1`)
    const live = own.filter(({ isCancelled }) => !isCancelled)
    const invited = live.filter(({ attendees }) => attendees.length > 0)
    duplicated += Math.max(0, invited.length - 1)
    if (state === 'booked' && invited.length === 0) lost++
    const bare = live.length - invited.length
    const uncalled = state === 'cancelled' ? invited.length : 0
    orphans += bare + uncalled
    if (bare + uncalled > 0) process.stdout.write(`  ${state}: ${bare} without attendees, ${uncalled} not called off\n`)
    for (const { uid } of own) uids.add(uid)
  }
  const goalsOf = new Map<string, Promise<ReadonlySet<string>>>()
  for (const { caller, path } of told.goals) {
    const list = path.slice(0, path.lastIndexOf('/'))
    const kept = goalsOf.get(list) ?? readGoals(caller, list)
    goalsOf.set(list, kept)
    if (!(await kept).has(path.slice(list.length + 1))) lost++
  }
  const invitations = listMails(tenant.state).filter(
    ({ kind, iCalUId }) => kind === 'invitation' && uids.has(iCalUId ?? ''),
  )
  const invitedTo = new Set(invitations.map(({ iCalUId }) => iCalUId))
  return { lost, duplicated, orphans, repeatMails: invitations.length - invitedTo.size }
}

async function readGoals(caller: Caller, path: string): Promise<ReadonlySet<string>> {
  const { body } = await caller.get(path)
  return new Set(body.goals.map(({ goalId }: { readonly goalId: string }) => goalId))
}

/** The state when nothing is pending; throttled work waits for its next try, so this may take a while. */
async function settledState({ caller, path }: BookedSeries): Promise<string> {
  let state = 'not asked'
  await until(
    async () => {
      const { status, body } = await caller.get(path)
      state = status === 200 ? body.state : `status ${status}`
      return state !== 'booking' && state !== 'cancelling'
    },
    { withinMs: SETTLE_MS, everyMs: 300 },
  )
  return state
}
