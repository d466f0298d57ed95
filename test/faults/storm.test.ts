import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MentoringSeries } from '../../shared/domain/series.ts'
import { MAILBOX, type Notice, startWatchedDepartment, type WatchedDepartment } from '../sync/watched-department.ts'

// A storm on the two addresses that are open to anybody: forged notices change nothing, and real ones sent again and
// again lead to one look at the calendar, which finds what it found before.

/** More of them: STORM_POSTS=10000; the same again: STORM_SEED, as printed. */
const POSTS = Number(process.env['STORM_POSTS'] ?? 500)
const SEED = Number(process.env['STORM_SEED'] ?? Date.now() % 1_000_000_007)
/** Posts until the jobs come to look. */
const GUST = 125
/** Posts of one sender, fewer than it may send in a minute. */
const PER_SENDER = 500

let department: WatchedDepartment
let series: MentoringSeries
beforeEach(async () => {
  department = await startWatchedDepartment()
  series = await department.bookFortnightly()
  await department.work()
  department.takeArrived()
})
afterEach(() => department.close())

type Item = Notice['item']
type Post = { readonly path: string; readonly body: object; readonly status: 202 | 400 }
const CHANGES = '/api/notifications'
const LIFECYCLE = '/api/notifications/lifecycle'
const anId = fc.uuid({ version: 4 })
const text = fc.string({ maxLength: 300, unit: 'grapheme' })

/** What somebody sends who knows all of a real notice but its secret, or the secret but not whose it is. */
function forgedOf(item: Item): fc.Arbitrary<Post> {
  const { clientState: secret, ...open } = item
  const unsealed = fc.oneof(
    text.filter((guess) => guess !== secret).map((clientState) => ({ ...open, clientState })),
    fc.constant(open),
    fc.constant({ ...open, clientState: null }),
    fc.constant({ ...open, clientState: String(secret).slice(0, -1) }),
    fc.constant({ ...open, clientState: `${secret} ` }),
    anId.map((subscriptionId) => ({ ...item, subscriptionId })),
  )
  const event = fc.constantFrom('missed', 'subscriptionRemoved', 'reauthorizationRequired', '__proto__')
  const broken = fc.constantFrom<object>(
    {},
    [],
    { value: 'x' },
    { value: [{}] },
    { value: [{ ...item, subscriptionId: { $ne: null } }] },
    { value: [{ ...item, clientState: { $gt: '' } }] },
    { value: Array.from({ length: 2_001 }, () => item) },
  )
  return fc.oneof(
    { weight: 6, arbitrary: batchOf(unsealed).map((body) => ({ path: CHANGES, body, status: 202 as const })) },
    {
      weight: 3,
      arbitrary: fc.record({ unsealed, event }).map(({ unsealed: forged, event: lifecycleEvent }) => ({
        path: LIFECYCLE,
        body: { value: [{ ...forged, lifecycleEvent }] },
        status: 202 as const,
      })),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({ path: fc.constantFrom(CHANGES, LIFECYCLE), body: broken })
        .map((post) => ({ ...post, status: 400 as const })),
    },
  )
}
const batchOf = (items: fc.Arbitrary<object>) =>
  fc.array(items, { minLength: 1, maxLength: 5 }).map((value) => ({ value }))

/** Real notices of what was followed long ago, once more. */
function replayedOf(items: readonly Item[]): fc.Arbitrary<Post> {
  const missed = { ...items[0], lifecycleEvent: 'missed' }
  return fc.oneof(
    batchOf(fc.constantFrom(...items)).map((body) => ({ path: CHANGES, body, status: 202 as const })),
    fc.constant({ path: LIFECYCLE, body: { value: [missed, missed] }, status: 202 as const }),
  )
}

const subscriptions = () => department.tenant.state.collection<{ readonly id: string }>('subscriptions').list()
const stateNow = async () => ({ series: await department.stored(series.id), subscriptions: subscriptions() })

test('a storm of notices changes nothing, and real ones sent again lead to one look', async () => {
  const eventId = series.events[0]?.eventId
  await department.asMentee('PATCH', `/me/events/${eventId}`, { location: { displayName: 'Room 4' } })
  const real = department.takeArrived()
  expect(real.length).toBeGreaterThan(0)
  await department.letIn(real)
  await department.work()
  const items = real.map(({ item }) => item)
  const forged = forgedOf(items[0]!)
  const mixed = fc.oneof(forged, replayedOf(items))
  const before = await stateNow()
  const milliseconds: number[] = []
  const wrongs: string[] = []
  const looks = { forForged: 0, forReal: 0 }
  let replays = 0
  for (let sent = 0, gust = 0; sent < POSTS; gust++) {
    const isForged = gust % 2 === 0
    const posts = fc.sample(isForged ? forged : mixed, { numRuns: Math.min(GUST, POSTS - sent), seed: SEED + gust })
    department.calls.length = 0
    for (const { path, body, status } of posts) {
      const began = performance.now()
      const answer = await department.post(path, body, senderOf(sent++))
      milliseconds.push(performance.now() - began)
      if (answer.statusCode !== status)
        wrongs.push(`${answer.statusCode} to ${path} ${JSON.stringify(body).slice(0, 300)}`)
      if (answer.statusCode === 202 && answer.body !== '') wrongs.push(`said ${answer.body}`)
    }
    const isNoted = (await department.watches.findChanges(MAILBOX)) !== undefined
    if (isForged && isNoted) wrongs.push(`gust ${gust} was believed`)
    if (!isForged) replays++
    await department.work()
    looks[isForged ? 'forForged' : 'forReal'] += department.calls.length
    if (department.calls.length > (isForged ? 0 : 1)) wrongs.push(`gust ${gust} led to ${department.calls.join(', ')}`)
    expect(await stateNow(), `after gust ${gust}`).toEqual(before)
  }
  const inOrder = milliseconds.toSorted((a, b) => a - b)
  process.stdout.write(
    `  ${POSTS} posts (seed ${SEED}): no change of meetings or subscriptions, ${looks.forReal} looks for ${replays} gusts with real notices, ${looks.forForged} for forged ones, ${wrongs.length} wrong; p99 ${inOrder[Math.floor(inOrder.length * 0.99)]?.toFixed(1)} ms\n`,
  )
  expect(wrongs).toEqual([])
  expect(looks).toEqual({ forForged: 0, forReal: replays })
}, 1_800_000)

const senderOf = (sent: number): string => `10.0.0.${1 + Math.floor(sent / PER_SENDER)}`
