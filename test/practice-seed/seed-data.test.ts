import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { checkCodeMap } from '../../server/feeds/check-code-map.ts'
import { CAST_KEYS, memberOf, zoneOf } from '../../server/practice/seed/cast.ts'
import { eventsOf, seededEvents } from '../../server/practice/seed/events.ts'
import { ASSISTED, CAPACITIES, PAIRINGS } from '../../server/practice/seed/pairs.ts'
import { personIdOf, practiceUsers } from '../../server/practice/seed/people.ts'
import { programmeSeed } from '../../server/practice/seed/programme-seed.ts'
import { attendingFeeds, traineeCsv } from '../../server/practice/seed/rosters.ts'
import { readSeededFeeds } from './free-time.ts'

const today = Temporal.PlainDate.from('2027-01-04')
const feeds = readSeededFeeds(today)
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('has at least forty people in three zones, rooms, a coordinator and somebody without a mailbox', () => {
  const users = practiceUsers()
  expect(users.filter(({ kind }) => kind !== 'room').length).toBeGreaterThanOrEqual(40)
  expect(users.filter(({ kind }) => kind === 'room')).toHaveLength(2)
  expect(new Set(users.map(({ timeZone }) => timeZone))).toEqual(
    new Set(['Eastern Standard Time', 'Central Standard Time', 'Nepal Standard Time']),
  )
  expect(users.filter(({ appRoles }) => appRoles.includes('Coordinator')).map(({ kind }) => kind)).toEqual([
    'coordinator',
  ])
  expect(users.filter(({ hasMailbox }) => !hasMailbox).map(({ displayName }) => displayName)).toEqual([
    'Ezekiel Marsh-Okafor',
  ])
})

test('gives everybody an address of their own in an example domain and an id that never changes', () => {
  const users = practiceUsers()
  expect(new Set(users.map(({ id }) => id)).size).toBe(users.length)
  expect(new Set(users.map(({ mail }) => mail)).size).toBe(users.length)
  for (const { id, mail, userPrincipalName } of users) {
    expect(id).toMatch(UUID)
    expect(mail).toMatch(/^[a-z0-9.-]+@lakeside\.example$/)
    expect(userPrincipalName).toBe(mail)
  }
  expect(personIdOf('priya')).toBe('31815e7b-72c4-8b3c-b3ac-250a394148ae')
})

test('is the same whenever it is made for the same day', () => {
  expect(programmeSeed(today)).toEqual(programmeSeed(today))
  expect(seededEvents(today)).toEqual(seededEvents(today))
})

test('gives a date the same duties whatever day the tenant is seeded on', () => {
  const later = today.add({ days: 10 })
  const rows = (csv: string) => new Set(csv.split('\r\n'))
  const [first, second] = [rows(traineeCsv(today)), rows(traineeCsv(later))]
  const inBoth = [...second].filter((row) => row.includes(',2027-06-'))
  expect(inBoth.length).toBeGreaterThan(100)
  expect(inBoth.filter((row) => !first.has(row))).toEqual([])
})

test('has the pairs that a newcomer needs: a hero, a full mentor, one without common time, one with an unknown code', () => {
  const { pairs, members, assistants, programme } = programmeSeed(today)
  expect(programme).toMatchObject({ name: 'Internal Medicine Mentoring', timeZone: 'America/New_York' })
  expect(pairs).toHaveLength(24)
  expect(new Set(pairs.map(({ relationshipId }) => relationshipId)).size).toBe(24)
  for (const { relationshipId, menteeId, mentorId, domains } of pairs) {
    expect(relationshipId).toMatch(UUID)
    expect(menteeId).not.toBe(mentorId)
    expect(domains.length).toBeGreaterThan(0)
  }
  const mentees = (key: 'ruth' | 'margaret') => pairs.filter(({ mentorId }) => mentorId === personIdOf(key)).length
  expect(mentees('ruth')).toBe(6)
  for (const { mentor } of PAIRINGS) {
    expect(PAIRINGS.filter((other) => other.mentor === mentor).length).toBeLessThanOrEqual(CAPACITIES[mentor] ?? 6)
  }
  const story = (wanted: string) => PAIRINGS.filter(({ story }) => story === wanted)
  expect(story('hero')).toEqual([expect.objectContaining({ mentee: 'priya', mentor: 'margaret' })])
  expect(memberOf('priya')).toMatchObject({ kind: 'resident', pgy: 2 })
  expect(story('no-common-time').map(({ mentor }) => zoneOf(mentor))).toEqual(['Asia/Kathmandu'])
  expect(story('unknown-code').map(({ mentor }) => mentor)).toEqual(['aisling'])
  expect(assistants).toEqual([
    { assistantId: personIdOf('dolores'), principalIds: [personIdOf('margaret'), personIdOf('daniel')] },
  ])
  expect(ASSISTED[0]?.principals.every((key) => memberOf(key).kind === 'attending')).toBe(true)
  const roles = (role: string) => members.filter((member) => member.role === role).length
  expect({ coordinator: roles('coordinator'), leadership: roles('leadership'), mentee: roles('mentee') }).toEqual({
    coordinator: 1,
    leadership: 2,
    mentee: 24,
  })
})

test('its files are read without a problem and speak for two months of history and more than a year ahead', () => {
  expect(checkCodeMap(programmeSeed(today).codeMap)).toBe(programmeSeed(today).codeMap)
  const withFeed = CAST_KEYS.filter((key) => ['resident', 'fellow', 'attending'].includes(memberOf(key).kind))
  expect([...feeds.keys()].sort()).toEqual([...withFeed].sort())
  for (const [key, { problems, blocks, from, to }] of feeds) {
    expect(problems).toEqual([])
    expect(blocks.length, key).toBeGreaterThan(20)
    expect(from! <= '2026-11-10', `${key} from ${from}`).toBe(true)
    expect(to! >= '2028-02-04', `${key} to ${to}`).toBe(true)
  }
})

test('exactly two people have codes that nobody explained', () => {
  const unknown = [...feeds].flatMap(([key, { unknownCodes }]) =>
    unknownCodes.map(({ code, count }) => [key, code, count > 3]),
  )
  expect(unknown.sort()).toEqual([
    ['aisling', 'XCOV2', true],
    ['jamal', 'Flex-B', true],
  ])
})

test('shows what schedule systems export: all-day codes with hours, nights, several codes a day, rules in a zone', () => {
  const blocks = [...feeds.values()].flatMap((feed) => feed.blocks)
  const labels = new Set(blocks.map(({ label }) => label))
  for (const code of [
    'Late',
    'OB Night',
    'After OB Night',
    'GI Clinic AM',
    'OR Day',
    '7 On',
    'Night Float',
    'Jeopardy',
    'Trauma Call',
    'MICU Attending',
  ]) {
    expect(labels.has(code), code).toBe(true)
  }
  expect(new Set(blocks.map(({ kind }) => kind))).toEqual(
    new Set([
      'clinic',
      'procedure',
      'service',
      'call',
      'post-call',
      'night',
      'teaching',
      'leave',
      'unknown',
      'jeopardy',
    ]),
  )
  const texts = attendingFeeds(today).map(({ text }) => text)
  expect(texts.filter((text) => text.includes('RRULE:FREQ=WEEKLY'))).toHaveLength(2)
  expect(texts.filter((text) => !text.includes('TZID'))).toHaveLength(14)
  const vacation = feeds.get('ruth')!.blocks.find(({ label }) => label === 'Vacation')!
  expect(feeds.get('ruth')!.blocks.filter(({ start }) => start >= vacation.start && start < vacation.end)).toEqual([
    vacation,
  ])
})

test('seven days on are followed by seven off, and cohorts have their clinic week one after another', () => {
  const mondays = (key: 'vikram' | 'amara' | 'hana' | 'callum', label: string) =>
    feeds
      .get(key)!
      .blocks.filter(
        (block) => block.label === label && Temporal.PlainDate.from(block.start.slice(0, 10)).dayOfWeek === 1,
      )
      .map(({ start }) => start.slice(0, 10))
  const on = mondays('vikram', '7 On')
  const gaps = on.slice(1).map((date, index) => Temporal.PlainDate.from(on[index]!).until(date).days)
  expect(gaps.every((days) => days % 14 === 0)).toBe(true)
  const first = (key: 'amara' | 'hana' | 'callum') =>
    Temporal.PlainDate.from(mondays(key, 'Continuity Clinic PM').find((date) => date >= '2027-04-01')!)
  expect(
    [first('hana').until(first('callum')).days, first('amara').until(first('hana')).days].map(
      (days) => ((days % 35) + 35) % 35,
    ),
  ).toEqual([7, 7])
})

test('gives everybody a bounded number of calendar items, private ones among them', () => {
  for (const { key, events } of seededEvents(today)) {
    const { kind, hasMailbox } = memberOf(key)
    if (hasMailbox === false) expect(events).toEqual([])
    else if (kind === 'room') expect(events).toHaveLength(2)
    else {
      expect(events.length, key).toBeGreaterThanOrEqual(13)
      expect(events.length, key).toBeLessThanOrEqual(25)
    }
  }
  const all = seededEvents(today).flatMap(({ events }) => events)
  expect(all.some((event) => event['sensitivity'] === 'private')).toBe(true)
  expect(new Set(all.map((event) => event['showAs']))).toEqual(
    new Set(['busy', 'free', 'tentative', 'oof', 'workingElsewhere']),
  )
  expect(all.every((event) => event['attendees'] === undefined)).toBe(true)
})

test('begins every recurring item on its own first date, in the person’s zone', () => {
  for (const start of ['2026-07-31', '2027-02-28', '2028-02-29']) {
    for (const key of CAST_KEYS) {
      for (const event of eventsOf(key, Temporal.PlainDate.from(start))) {
        const { recurrence } = event as {
          recurrence?: { pattern: { daysOfWeek?: string[] }; range: { startDate: string; recurrenceTimeZone: string } }
        }
        if (!recurrence) continue
        const begins = event['start'] as { dateTime: string; timeZone: string }
        expect(begins.dateTime.slice(0, 10)).toBe(recurrence.range.startDate)
        expect(begins.timeZone).toBe(recurrence.range.recurrenceTimeZone)
        const weekday = Temporal.PlainDate.from(recurrence.range.startDate)
          .toLocaleString('en-US', { weekday: 'long' })
          .toLowerCase()
        if (recurrence.pattern.daysOfWeek) expect(recurrence.pattern.daysOfWeek).toContain(weekday)
      }
    }
  }
})
