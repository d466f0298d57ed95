import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tokenValidator } from '../../server/identity/validate-token.ts'
import { type Calendar, CalendarError, type EventDraft } from '../../server/ports/calendar.ts'
import type { Fault } from '../../server/practice/faults.ts'
import { assertGraphExchange } from '../contract/graph-schema.ts'
import { MENTEE, MENTOR, startPractice, WITHOUT_MAILBOX } from './practice-department.ts'

type Practice = Awaited<ReturnType<typeof startPractice>>
let practice: Practice
let calendar: Calendar
beforeAll(async () => {
  practice = await startPractice()
  calendar = practice.access.asService!.calendar
})
afterAll(() => practice.close())

let drafts = 0
const aDraft = (more: Partial<EventDraft> = {}): EventDraft => {
  drafts++
  return {
    subject: 'Mentoring meeting',
    bodyHtml: '<p>Mentoring meeting</p>',
    time: { date: '2027-03-09', startTime: '13:00', minutes: 45, timeZone: 'America/New_York' },
    onlineMeeting: false,
    transactionId: `00000000-0000-4000-9000-${String(drafts).padStart(12, '0')}`,
    key: `key-${drafts}`,
    ...more,
  }
}
const mentor = { email: MENTOR.mail, name: MENTOR.displayName }
const file = {
  name: 'Agenda checklist.docx',
  contentType: 'application/test',
  bytes: new TextEncoder().encode('agenda'),
}

describe('a series, booked and changed', () => {
  test('comes to the mentor as one invitation with the agenda in it, over both clock changes', async () => {
    const recurrence = {
      pattern: { kind: 'monthly-by-weekday', interval: 1, weekday: 2, index: 'second' },
      range: { startDate: '2027-02-09', count: 12 },
    } as const
    const time = { date: '2027-02-09', startTime: '13:00', minutes: 45, timeZone: 'America/New_York' }
    const draft = aDraft({ time, recurrence, onlineMeeting: true })
    const created = await calendar.createEvent(MENTEE.id, draft)
    expect(created).toMatchObject({ kind: 'series', isOrganizer: true, attendees: [], hasAttachments: false })
    expect(practice.mailsTo(MENTOR)).toEqual([])

    const year = { start: '2027-01-01T05:00:00Z', end: '2028-02-01T05:00:00Z' }
    const occurrences = await calendar.listOccurrences(MENTEE.id, created.id, year)
    expect(occurrences.map(({ period }) => period.start)).toEqual(
      [
        '02-09T18',
        '03-09T18',
        '04-13T17',
        '05-11T17',
        '06-08T17',
        '07-13T17',
        '08-10T17',
        '09-14T17',
        '10-12T17',
        '11-09T18',
        '12-14T18',
      ]
        .map((day) => `2027-${day}:00:00Z`)
        .concat('2028-01-11T18:00:00Z'),
    )
    const third = occurrences[2]!
    const moved = await calendar.moveEvent(MENTEE.id, third.id, { ...time, date: '2027-04-15', startTime: '16:30' })
    expect(moved).toMatchObject({
      kind: 'exception',
      period: { start: '2027-04-15T20:30:00Z', end: '2027-04-15T21:15:00Z' },
    })
    expect(moved.originalStart).toBe(third.period.start)

    await calendar.attachFile(MENTEE.id, created.id, file)
    const invited = await calendar.inviteAttendees(MENTEE.id, created.id, [mentor])
    expect(invited.attendees.map(({ email }) => email)).toEqual([MENTOR.mail])
    const [invitation] = practice.mailsTo(MENTOR)
    expect(invitation).toMatchObject({ kind: 'invitation', subject: 'Mentoring meeting' })
    expect(invitation!.attachments.map(({ name }) => name)).toEqual([file.name])
    const again = await calendar.inviteAttendees(MENTEE.id, created.id, [mentor])
    expect(again.id).toBe(created.id)
    expect(practice.mailsTo(MENTOR).filter(({ kind }) => kind === 'invitation')).toHaveLength(1)

    expect((await calendar.findEventsByKey(MENTEE.id, draft.key)).map(({ id }) => id)).toEqual([created.id])
    expect(await calendar.findEventsByKey(MENTEE.id, draft.key.toUpperCase())).toEqual([])
    expect(await calendar.getEvent(MENTEE.id, created.id)).toMatchObject({ key: draft.key, hasAttachments: true })
    expect(await calendar.listAttachmentNames(MENTEE.id, created.id)).toEqual([file.name])

    await expect(
      calendar.moveEvent(MENTEE.id, occurrences[4]!.id, { ...time, date: '2027-07-13' }),
    ).rejects.toMatchObject({ code: 'occurrence-crosses-neighbour' })

    await calendar.cancelEvent(MENTEE.id, created.id, 'Called off')
    await calendar.cancelEvent(MENTEE.id, created.id, 'Called off')
    expect(practice.mailsTo(MENTOR).filter(({ kind }) => kind === 'cancellation').length).toBeGreaterThan(0)
    expect(await calendar.findEventsByKey(MENTEE.id, draft.key)).toEqual([])
  })

  test('an event without attendees disappears without a word, also twice', async () => {
    const before = practice.mailsTo(MENTOR).length
    for (const remove of [calendar.cancelEvent, calendar.deleteEvent]) {
      const event = await calendar.createEvent(MENTEE.id, aDraft())
      await remove(MENTEE.id, event.id)
      await remove(MENTEE.id, event.id)
      expect((await calendar.findEvent(MENTEE.id, event.id))?.isCancelled ?? true).toBe(true)
    }
    expect(practice.mailsTo(MENTOR)).toHaveLength(before)
  })
})

describe('faults on the way', () => {
  const faults: [string, Omit<Fault, 'count' | 'method' | 'path'>][] = [
    ['429 with a wait', { status: 429, retryAfter: 0.01 }],
    ['503', { status: 503 }],
    ['500', { status: 500 }],
    ['a reset before', { resetBefore: true }],
    ['a reset after', { resetAfter: true }],
    ['half an answer', { truncate: true }],
    ['an empty answer', { emptyBody: true }],
    ['a page of HTML', { html: true }],
  ]
  const steps = ['POST /users/*/events', 'POST /users/*/attachments', 'PATCH /users/*/events/*']

  test.each(
    faults.flatMap(([name, fault]) =>
      steps.flatMap((step) =>
        (['first-event', 'refuse'] as const).map((reading) => [name, step, reading, fault] as const),
      ),
    ),
  )('%s at %s still makes one event and one invitation (a repeat is read as %s)', async (_, step, reading, fault) => {
    practice.tenant.setSwitches({ repeatedTransaction: reading })
    const [method = '', path = ''] = step.split(' ')
    const mails = practice.mailsTo(MENTOR).length
    const draft = aDraft()
    // Every effect of a fault is one of the schema's; the table leaves out the rest.
    practice.faults({ ...fault, method, path, count: 1 } as Fault)
    const event = await calendar.createEvent(MENTEE.id, draft)
    await calendar.attachFile(MENTEE.id, event.id, file)
    await calendar.inviteAttendees(MENTEE.id, event.id, [mentor])
    expect(practice.tenant.faults.remaining()).toEqual([])
    expect(await calendar.findEventsByKey(MENTEE.id, draft.key)).toHaveLength(1)
    expect(await calendar.listAttachmentNames(MENTEE.id, event.id)).toEqual([file.name])
    const sent = practice.mailsTo(MENTOR).slice(mails)
    expect(sent.map(({ kind, attachments }) => [kind, attachments.length])).toEqual([['invitation', 1]])
  })

  test('any run of faults ends in one event, one file and one invitation, when the caller goes on asking', async () => {
    const anyFault = fc.record({
      fault: fc.constantFrom(...faults.map(([, fault]) => fault)),
      step: fc.constantFrom(...steps, 'GET *'),
    })
    const untilDone = async <T>(work: () => Promise<T>): Promise<T> => {
      for (let tries = 1; ; tries++) {
        try {
          return await work()
        } catch (error) {
          const goesOn =
            error instanceof CalendarError && ['outcome-unknown', 'outage', 'throttled'].includes(error.code)
          if (!goesOn || tries === 20) throw error
        }
      }
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyFault, { maxLength: 8 }),
        fc.constantFrom('first-event', 'refuse'),
        async (schedule, reading) => {
          practice.tenant.setSwitches({ repeatedTransaction: reading })
          practice.tenant.faults.clear()
          for (const { fault, step } of schedule) {
            const [method = '', path = ''] = step.split(' ')
            practice.faults({ ...fault, method, path, count: 1 } as Fault)
          }
          const mails = practice.mailsTo(MENTOR).length
          const draft = aDraft()
          const event = await untilDone(() => calendar.createEvent(MENTEE.id, draft))
          await untilDone(() => calendar.attachFile(MENTEE.id, event.id, file))
          await untilDone(() => calendar.inviteAttendees(MENTEE.id, event.id, [mentor]))
          practice.tenant.faults.clear()
          expect((await calendar.findEventsByKey(MENTEE.id, draft.key)).map(({ id }) => id)).toEqual([event.id])
          expect(await calendar.listAttachmentNames(MENTEE.id, event.id)).toEqual([file.name])
          const sent = practice.mailsTo(MENTOR).slice(mails)
          expect(sent.map(({ kind, attachments }) => [kind, attachments.length])).toEqual([['invitation', 1]])
        },
      ),
      { numRuns: 40 },
    )
  }, 60_000)

  test('an event that is committed after we gave up waiting is found, not made twice', async () => {
    const draft = aDraft()
    practice.faults({ delayMs: 1200, method: 'POST', path: '/users/*/events', count: 1 } as Fault)
    const hasty = practice.accessWith({ timeoutMs: 600 }).asService!.calendar
    await expect(hasty.createEvent(MENTEE.id, draft)).rejects.toMatchObject({ code: 'outcome-unknown' })
    const made = () => calendar.findEventsByKey(MENTEE.id, draft.key)
    await expect.poll(async () => (await made()).length, { timeout: 15_000 }).toBe(1)
    const event = await calendar.createEvent(MENTEE.id, draft)
    expect((await made()).map(({ id }) => id)).toEqual([event.id])
  })
})

describe('schedules and people', () => {
  test('a year of several people comes back whole, working hours included, unknown people apart', async () => {
    await calendar.createEvent(
      MENTOR.id,
      aDraft({ time: { date: '2027-09-07', startTime: '08:00', minutes: 240, timeZone: 'America/New_York' } }),
    )
    const year = { start: '2027-01-04T05:00:00Z', end: '2028-01-04T05:00:00Z' }
    const before = practice.exchanges.length
    const [first, second, third] = await calendar.listSchedules(
      MENTEE.id,
      [MENTOR.mail, 'nobody@clinic.example', WITHOUT_MAILBOX.mail],
      year,
    )
    expect(first).toMatchObject({
      email: MENTOR.mail,
      workingHours: { weekdays: [1, 2, 3, 4, 5], startTime: '08:00', endTime: '17:00', timeZone: 'America/New_York' },
    })
    expect('busy' in first! && first.busy).toContainEqual({
      start: '2027-09-07T12:00:00Z',
      end: '2027-09-07T16:00:00Z',
      status: 'busy',
    })
    expect(second).toEqual({ email: 'nobody@clinic.example', problem: 'mailbox-not-found' })
    expect(third).toMatchObject({ problem: expect.stringMatching(/^mailbox-not-/) })
    expect(practice.exchanges.slice(before).map(({ request }) => request.path)).toEqual(['/$batch'])
  })

  test('people are found by name and by id, on behalf of a signed-in person', async () => {
    const { directory } = practice.access.asPerson(await practice.signIn(MENTEE))
    expect(await directory.searchPeople('ot')).toEqual({
      people: [{ id: MENTOR.id, displayName: MENTOR.displayName, email: MENTOR.mail }],
      more: false,
    })
    expect((await directory.searchPeople('Example')).people).toHaveLength(3)
    expect(await directory.findPerson(MENTOR.id)).toMatchObject({ email: MENTOR.mail })
    expect(await directory.findPerson('00000000-0000-4000-8000-999999999999')).toBeUndefined()
  })

  test('a mailbox that is not there is an error of its own', async () => {
    await expect(calendar.createEvent(WITHOUT_MAILBOX.id, aDraft())).rejects.toMatchObject({
      code: 'mailbox-not-reachable',
    })
    await expect(calendar.findEventsByKey('00000000-0000-4000-8000-999999999999', 'k')).rejects.toMatchObject({
      code: 'mailbox-not-found',
    })
  })
})

describe('sign-in', () => {
  test('a token of the practice tenant passes the check, and the person behind it books for themselves', async () => {
    const token = await practice.signIn(MENTEE)
    expect(await tokenValidator(practice.tokenRules)(token)).toMatchObject({
      personId: MENTEE.id,
      displayName: MENTEE.displayName,
      email: MENTEE.userPrincipalName,
    })
    const mine = practice.access.asPerson(token).calendar
    const event = await mine.createEvent(MENTEE.id, aDraft())
    expect((await mine.getEvent(MENTEE.id, event.id)).isOrganizer).toBe(true)
    await expect(mine.createEvent(MENTOR.id, aDraft())).rejects.toMatchObject({ code: 'access-denied' })
  })

  test.each([
    ['consent-required', undefined],
    ['interaction-required', expect.stringContaining('{')],
  ] as const)('%s reaches the route as such', async (hurdle, claims) => {
    practice.tenant.identity.consent.set(MENTOR.id, hurdle)
    try {
      const theirs = practice.access.asPerson(await practice.signIn(MENTOR)).calendar
      const error = await theirs.findEventsByKey(MENTOR.id, 'k').catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'consent-required', cause: { name: 'InteractionRequired', claims } })
    } finally {
      practice.tenant.identity.consent.set(MENTOR.id, undefined)
    }
  })
})

test('forty reads at once are never throttled: four at a time is what Graph allows', async () => {
  const before = practice.exchanges.length
  await Promise.all(Array.from({ length: 40 }, () => calendar.findEventsByKey(MENTEE.id, 'k')))
  const statuses = practice.exchanges.slice(before).map(({ response }) => response.status)
  expect(statuses).toEqual(Array.from({ length: 40 }, () => 200))
})

test('all that went over the wire, batched parts too, fits the schema of Graph v1.0', () => {
  type Parts = { requests: { id: string; method: string; url: string; body: unknown }[] }
  type Answers = { responses: { id: string; status: number; body: unknown }[] }
  // Answers that a fault cut short are no answers.
  const whole = practice.exchanges.filter(
    ({ response: { status, body } }) =>
      typeof body !== 'string' && (body !== undefined || status === 202 || status === 204),
  )
  expect(new Set(whole.map(({ request }) => request.method))).toEqual(new Set(['GET', 'POST', 'PATCH', 'DELETE']))
  for (const { request, response } of whole) {
    if (request.path !== '/$batch') {
      assertGraphExchange(request.method, request.path, request.body, response.status, response.body)
      continue
    }
    // The envelope is not in Graph's metadata; what it carries is.
    const { responses } = response.body as Answers
    for (const part of (request.body as Parts).requests) {
      const answer = responses.find(({ id }) => id === part.id)!
      assertGraphExchange(part.method, part.url, part.body, answer.status, answer.body)
    }
  }
})
