import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'
import { bodyOf, proposalsFor, YEAR_ONE } from './book-a-series.ts'

let service: RunningService
let cast: Cast
let pair: CastPair
let mentee: Caller
let mentor: Caller
let relationship: string
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  for (const candidate of cast.pairs) {
    const caller = await cast.as(candidate.mentee)
    const { body } = await caller.post(`/api/relationships/${candidate.relationshipId}/proposals`, {
      plan: YEAR_ONE,
      minutes: 45,
    })
    if (body.proposals?.[0]?.unplaced.length !== 0) continue
    pair = candidate
    break
  }
  mentee = await cast.as(pair.mentee)
  mentor = await cast.as(pair.mentor)
  relationship = `/api/relationships/${pair.relationshipId}`
}, 60_000)
afterAll(() => service.close())

const sourcePath = () => `/api/people/${pair.mentor.id}/clinic-sources/test`
const ics = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n')

describe('a schedule file that cannot be read is refused with the place, and what was there stays', () => {
  const files: readonly (readonly [name: string, body: object, message: RegExp])[] = [
    ['no calendar at all', { kind: 'ics', text: 'hello' }, /./],
    [
      'a calendar that is cut off',
      { kind: 'ics', text: ics('BEGIN:VEVENT', 'DTSTART:20261201T080000').replace('END:VCALENDAR', '') },
      /./,
    ],
    ['a CSV without the columns', { kind: 'csv', text: 'colour,size\nred,4\n' }, /./],
    ['a time zone that does not exist', { kind: 'ics', text: ics(), timeZone: 'Mars/Olympus_Mons' }, /zone/i],
  ]
  test.each(files)('%s', async (_name, body, message) => {
    const before = (await mentor.get(`/api/people/${pair.mentor.id}/clinic-sources`)).body
    const answer = await mentor.put(sourcePath(), { label: 'Test', ...body })
    expect(answer.status).toBe(422)
    expect(`${answer.body.detail} ${JSON.stringify(answer.body.faults)}`).toMatch(message)
    expect(answer.body.faults[0].path).not.toBe('')
    expect((await mentor.get(`/api/people/${pair.mentor.id}/clinic-sources`)).body).toEqual(before)
  })

  test('an entry that cannot be read is named with its line and makes its day unknown', async () => {
    const text = ics(
      'BEGIN:VEVENT',
      'UID:1',
      'DTSTART:20261332T080000',
      'DTEND:20261201T120000',
      'SUMMARY:Clinic',
      'END:VEVENT',
    )
    const { status, body } = await mentor.put(sourcePath(), { kind: 'ics', label: 'Test', text })
    expect(status).toBe(200)
    expect(body.problems[0].path).toMatch(/VEVENT 1|line/)
    await mentor.delete(sourcePath())
  })

  test('a code without a rule counts as busy and is reported with its first date', async () => {
    const text = 'date,code\n2026-12-08,ZZTOP\n2026-12-09,ZZTOP\n'
    const { status, body } = await mentor.put(sourcePath(), {
      kind: 'csv',
      label: 'Test',
      text: `person,${text.replaceAll('\n2', `\n${pair.mentor.mail},2`)}`,
    })
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body).toMatchObject({
      state: 'unknown-codes',
      unknownCodes: [{ code: 'ZZTOP', count: 2, firstDate: '2026-12-08' }],
    })
    await mentor.delete(sourcePath())
  })
})

describe('a booking that cannot be is refused with the place, and nothing is half-booked', () => {
  test('a person without a mailbox', async () => {
    const withoutMailbox = (await (await fetch(`${service.address}/practice/people`)).json()).find(
      (person: { hasMailbox: boolean }) => !person.hasMailbox,
    )
    const path = `/api/relationships/${randomUUID()}`
    expect((await mentee.put(path, { menteeId: pair.mentee.id, mentorId: withoutMailbox.id })).status).toBe(200)
    expect(await mentee.post(`${path}/proposals`, { plan: YEAR_ONE, minutes: 45 })).toMatchObject({
      status: 422,
      body: { code: 'mailbox-not-found', faults: [{ path: 'mentor' }] },
    })
  })

  test('a pair with no common time gets no dates, and every window says why', async () => {
    let found = false
    for (const candidate of cast.pairs) {
      const answer = await proposalsFor(await cast.as(candidate.mentee), candidate.relationshipId)
      if (answer.proposals.length > 0) continue
      found = true
      for (const window of answer.windows) {
        expect(window.possibleStarts).toBe(0)
        expect(window.reasons.length).toBeGreaterThan(0)
      }
    }
    expect(found).toBe(true)
  })

  test('dates that are over, too soon, outside the plan, named twice or taken', async () => {
    const [best] = (await proposalsFor(mentee, pair.relationshipId)).proposals
    const path = `${relationship}/series/${randomUUID()}`
    const [first, second, ...rest] = bodyOf(best!).meetings
    const put = (meetings: object[]) => mentee.put(path, { ...bodyOf(best!), meetings })
    expect(await put([{ ...first, startsAt: '2020-01-06T15:00:00Z' }])).toMatchObject({
      status: 422,
      body: { code: 'slot-in-the-past', faults: [{ path: 'meetings[0].startsAt' }] },
    })
    expect(await put([second!, { ...first, startsAt: '2026-11-23T20:00:00Z' }])).toMatchObject({
      status: 422,
      body: { code: 'notice-too-short', faults: [{ path: 'meetings[1].startsAt' }] },
    })
    expect(await put([{ ...first, window: 5 }])).toMatchObject({
      status: 422,
      body: { code: 'slot-outside-window', faults: [{ path: 'meetings[0].window' }] },
    })
    expect(await put([first!, { ...second, window: first!.window }])).toMatchObject({
      status: 422,
      body: { code: 'slot-outside-window' },
    })
    expect(await put([{ ...first, startsAt: second!.startsAt }])).toMatchObject({
      status: 409,
      body: { code: 'slot-not-free' },
    })
    expect(await put([{ ...first, startsAt: first!.startsAt.replace(/T.*/, 'T07:00:00Z') }, ...rest])).toMatchObject({
      status: 409,
      body: { code: 'slot-not-free', faults: [{ path: 'meetings[0].startsAt' }] },
    })
    expect((await mentee.get(path)).status).toBe(404)
  })

  test.each([
    [
      'a template that does not exist',
      { kind: 'template', templateId: 'plan.nowhere', startDate: '2026-12-07' },
      'plan.templateId',
    ],
    [
      'windows that end before they start',
      { kind: 'windows', windows: [{ from: '2027-02-01', to: '2027-01-01' }] },
      'plan.windows[0].to',
    ],
  ])('%s', async (_name, plan, place) => {
    const { status, body } = await mentee.post(`${relationship}/proposals`, { plan, minutes: 45 })
    expect(status).toBe(422)
    expect(body.code).toBe('invalid-plan')
    expect(body.faults[0].path).toContain(place.replace('plan.', ''))
  })

  test('somebody who is not in the directory, and a pair with oneself', async () => {
    expect(
      await mentee.put(`/api/relationships/${randomUUID()}`, { menteeId: pair.mentee.id, mentorId: randomUUID() }),
    ).toMatchObject({
      status: 422,
      body: { code: 'person-not-found', faults: [{ path: 'mentorId' }] },
    })
    expect(
      await mentee.put(`/api/relationships/${randomUUID()}`, { menteeId: pair.mentee.id, mentorId: pair.mentee.id }),
    ).toMatchObject({
      status: 422,
      body: { code: 'same-person' },
    })
  })
})
