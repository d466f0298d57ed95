import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { calendarRoutes } from '../../../server/practice/graph/calendar-routes.ts'
import { type CalendarChange, onCalendarChange } from '../../../server/practice/graph/changes.ts'
import { dispatchGraph } from '../../../server/practice/graph/router.ts'
import type { PracticeUser } from '../../../server/practice/people.ts'
import { openPracticeState } from '../../../server/practice/state.ts'
import { draft, invite, openPractice, person } from './practice.ts'

const ada = person('Ada')
const ben = person('Ben')
const HOUR = ['2026-03-03T15:00', '2026-03-03T16:00'] as const

test('listeners hear what changed in which mailbox, with both ids; a changed occurrence names its master', async () => {
  const practice = openPractice([ada, ben])
  const heard: CalendarChange[] = []
  const stop = onCalendarChange(practice.state, (change) => heard.push(change))
  const recurrence = {
    pattern: { type: 'daily', interval: 1 },
    range: { type: 'numbered', startDate: '2026-03-03', numberOfOccurrences: 2 },
  }
  const asAda = practice.as(ada)
  const made = (await asAda('POST /me/events', { body: draft(...HOUR, { recurrence, attendees: invite(ben) }) })).body
  expect(heard.map(({ mailbox, changeType }) => [mailbox, changeType])).toEqual([
    [ada.id, 'created'],
    [ben.id, 'created'],
  ])
  expect(heard[0]).toMatchObject({ eventId: made.id, calendarId: ada.id, etag: made['@odata.etag'] })
  const immutable = await asAda(`GET /me/events/${made.id}`, { prefer: 'IdType="ImmutableId"' })
  expect(heard[0]!.immutableEventId).toBe(immutable.body.id)
  const [first] = (await asAda(`GET /me/events/${made.id}/instances?startDateTime=2026-03-01&endDateTime=2026-04-01`))
    .body.value
  await asAda(`DELETE /me/events/${first.id}`)
  expect(heard.at(-1)).toMatchObject({ changeType: 'updated', eventId: made.id })
  await asAda(`DELETE /me/events/${made.id}`)
  expect(heard.at(-1)).toMatchObject({ changeType: 'deleted', mailbox: ada.id })
  stop()
  const count = heard.length
  await asAda('POST /me/events', { body: draft(...HOUR) })
  expect(heard).toHaveLength(count)
})

test('a restart loses nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'practice-'))
  const file = join(folder, 'practice.db')
  const { graph } = openPractice([])
  const send = (state: ReturnType<typeof openPracticeState>, method: string, path: string, body?: unknown) =>
    dispatchGraph({ ...graph, state }, calendarRoutes, {
      method,
      path,
      query: new URLSearchParams(),
      headers: {},
      body,
      caller: { kind: 'user', userId: ada.id, scopes: [] },
    })
  try {
    const before = openPracticeState(file)
    before.collection<PracticeUser>('users').put(ada)
    await send(before, 'POST', '/me/events', draft(...HOUR, { subject: 'Kept' }))
    before.close()
    const after = openPracticeState(file)
    expect((await send(after, 'GET', '/me/events')).body).toMatchObject({ value: [{ subject: 'Kept' }] })
    after.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
