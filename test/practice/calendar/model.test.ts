import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draft, invite, type Json, openPractice, type Practice, person } from './practice.ts'

const ada = person('Ada')
const ben = person('Ben')
const ZONE = 'Eastern Standard Time'
const BOUNDS = 'startDateTime=2026-02-20T00:00:00Z&endDateTime=2026-04-10T00:00:00Z'
const at = (day: number, hour: number) => ({
  dateTime: new Date(Date.UTC(2026, 2, 1 + day, hour)).toISOString().slice(0, 19),
  timeZone: ZONE,
})

/** Something a person does to whatever is there: `pick` chooses among what is shown. */
const action = fc.record({
  what: fc.constantFrom('single', 'series', 'rename', 'move', 'cancel', 'delete', 'answer', 'invite', 'shorten'),
  pick: fc.nat({ max: 30 }),
  day: fc.integer({ min: -12, max: 45 }),
  hour: fc.integer({ min: 0, max: 22 }),
})
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

async function view(practice: Practice, who: typeof ada): Promise<Json[]> {
  return (await practice.as(who)(`GET /me/calendarView?${BOUNDS}&$top=1000`)).body.value
}

async function act(practice: Practice, { what, pick, day, hour }: Action): Promise<void> {
  const asAda = practice.as(ada)
  const times = { start: at(day, hour), end: at(day, hour + 1) }
  if (what === 'single')
    await asAda('POST /me/events', { body: { subject: `S${day}`, ...times, attendees: invite(ben) } })
  if (what === 'series') {
    const startDate = times.start.dateTime.slice(0, 10)
    const recurrence = {
      pattern: { type: 'daily', interval: 1 + (pick % 9) },
      range: { type: 'numbered', startDate, numberOfOccurrences: 2 + (pick % 5) },
    }
    await asAda('POST /me/events', {
      body: draft(times.start.dateTime, times.end.dateTime, { recurrence, attendees: pick % 2 ? invite(ben) : [] }),
    })
  }
  const shown = await view(practice, ada)
  const chosen = shown[pick % Math.max(shown.length, 1)]
  if (!chosen) return
  const whole = chosen.seriesMasterId ?? chosen.id
  if (what === 'rename')
    await asAda(`PATCH /me/events/${pick % 2 ? chosen.id : whole}`, { body: { subject: `N${day}` } })
  if (what === 'move') await asAda(`PATCH /me/events/${chosen.id}`, { body: times })
  if (what === 'cancel') await asAda(`POST /me/events/${chosen.id}/cancel`, { body: {} })
  if (what === 'delete') await asAda(`DELETE /me/events/${pick % 3 ? chosen.id : whole}`)
  if (what === 'invite') await asAda(`PATCH /me/events/${whole}`, { body: { attendees: pick % 3 ? invite(ben) : [] } })
  if (what === 'shorten' && chosen.seriesMasterId) {
    const { recurrence } = (await asAda(`GET /me/events/${whole}`)).body
    const range = { ...recurrence.range, type: 'numbered', numberOfOccurrences: 1 + (pick % 3) }
    await asAda(`PATCH /me/events/${whole}`, { body: { recurrence: { ...recurrence, range } } })
  }
  if (what === 'answer') {
    const theirs = await view(practice, ben)
    const one = theirs[pick % Math.max(theirs.length, 1)]
    const verb = ['accept', 'decline', 'tentativelyAccept'][Math.max(day % 3, 0)]
    if (one && !one.isCancelled)
      await practice.as(ben)(`POST /me/events/${pick % 2 ? one.id : (one.seriesMasterId ?? one.id)}/${verb}`, {
        body: {},
      })
  }
}

/** What a client that follows delta links knows: dated items by id, with their start. */
async function follow(practice: Practice, known: Map<string, string>, call: string): Promise<string> {
  for (let next = call; ; ) {
    const { status, body } = await practice.as(ada)(next, { prefer: 'odata.maxpagesize=3' })
    expect(status).toBe(200)
    for (const item of body.value) {
      if (item['@removed']) known.delete(item.id)
      else if (item.type !== 'seriesMaster') known.set(item.id, item.start.dateTime)
    }
    if (body['@odata.deltaLink']) return `GET ${body['@odata.deltaLink']}`
    next = `GET ${body['@odata.nextLink']}`
  }
}

test('whatever happens, delta rounds add up to the view, and attendees see the organizer’s dates', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(action, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      async (rounds) => {
        const practice = openPractice([ada, ben])
        const known = new Map<string, string>()
        let link = `GET /me/calendarView/delta?${BOUNDS}`
        for (const actions of rounds) {
          for (const one of actions) await act(practice, one)
          link = await follow(practice, known, link)
          const shown = await view(practice, ada)
          expect([...known].sort()).toEqual(shown.map(({ id, start }) => [id, start.dateTime]).sort())
          expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length)
          for (const event of shown.filter(({ type }) => type !== 'singleInstance')) {
            expect((await practice.as(ada)(`GET /me/events/${event.id}`)).body.start).toEqual(event.start)
          }
          // A copy that is still on lies where the organizer's item with the same iCalUId does.
          const mine = new Map(shown.map(({ iCalUId, start }) => [iCalUId, start.dateTime]))
          for (const copy of await view(practice, ben)) {
            if (!copy.isCancelled) expect(mine.get(copy.iCalUId)).toBe(copy.start.dateTime)
          }
        }
      },
    ),
    { numRuns: 60 },
  )
})
