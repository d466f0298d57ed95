import { Temporal } from 'temporal-polyfill'
import { deriveUuid } from '../../derive-ids.ts'
import type { GraphReply } from '../graph/dispatch.ts'
import type { PracticeUser } from '../people.ts'
import type { PracticeDocument, PracticeState } from '../state.ts'
import { memberOf } from './cast.ts'
import { seededEvents } from './events.ts'
import { ASSISTED } from './pairs.ts'
import { personIdOf, practiceUsers, principalNameOf } from './people.ts'

/** Posts to Graph as a signed-in user; `path` as in `/me/events`. */
export type PostAs = (asUserId: string, path: string, body: unknown) => Promise<GraphReply>
/** `today` is kept from the first run, so that one that is taken up again posts the same items. */
type SeedMarker = PracticeDocument & { readonly today: string; readonly isDone: boolean }

const MARKER = 'department'

/**
 * Fills the practice tenant with the seeded hospital: directory, rooms and mailbox settings straight into the state,
 * calendars and who may manage them through Graph itself. Does nothing where it was finished before; a run that was
 * cut short is taken up again without a second copy of anything, since every event has a fixed `transactionId`.
 * @param today date around which the year lies
 * @throws Error with Graph's code when Graph refuses anything: then the seed and the emulator disagree, which is a bug
 */
export async function seedTenant(state: PracticeState, post: PostAs, today: Temporal.PlainDate): Promise<void> {
  const markers = state.collection<SeedMarker>('seed')
  const earlier = markers.get(MARKER)
  if (earlier?.isDone) return
  const day = earlier ? Temporal.PlainDate.from(earlier.today) : today
  markers.put({ id: MARKER, today: day.toString(), isDone: false })
  const users = state.collection<PracticeUser>('users')
  for (const user of practiceUsers()) users.put(user)
  for (const { assistant, principals } of ASSISTED) {
    const { given, surname } = memberOf(assistant)
    const emailAddress = { address: principalNameOf(assistant), name: `${given} ${surname}` }
    for (const principal of principals) {
      const permission = { emailAddress, isInsideOrganization: true, role: 'delegateWithoutPrivateEventAccess' }
      accept(await post(personIdOf(principal), '/me/calendar/calendarPermissions', permission))
    }
  }
  for (const { key, events } of seededEvents(day)) {
    for (const [index, event] of events.entries()) {
      const transactionId = deriveUuid('seeded event', principalNameOf(key), index)
      accept(await post(personIdOf(key), '/me/events', { ...event, transactionId }))
    }
  }
  markers.put({ id: MARKER, today: day.toString(), isDone: true })
}

function accept({ status, body }: GraphReply): void {
  if (status === 201) return
  const { error } = (body ?? {}) as { error?: { code?: string; message?: string } } // Graph's error shape
  if (error?.code === 'ErrorDuplicateTransactionId') return
  throw new Error(`Graph refused a seeded item: ${status} ${error?.code ?? ''} ${error?.message ?? ''}`.trim())
}
