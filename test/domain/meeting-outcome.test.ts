import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { asId } from '../../shared/domain/ids.ts'
import { heldState, type MeetingOutcome, type Statement, withStatement } from '../../shared/domain/meeting-outcome.ts'

const at = Temporal.Instant.from
const yes = (fields: Partial<Statement> = {}): Statement => ({
  met: true,
  minutes: 45,
  at: '2027-01-11T15:00:00Z',
  ...fields,
})
const no = (fields: Partial<Statement> = {}): Statement => ({ met: false, at: '2027-01-12T09:00:00Z', ...fields })
const anOutcome = (statements: MeetingOutcome['statements']): MeetingOutcome => ({
  id: asId('m'),
  tenantId: asId('t'),
  relationshipId: asId('r'),
  statements,
})
const SOON = at('2027-01-12T10:00:00Z')
const LAST_MOMENT = at('2027-01-25T14:59:59Z')
const AFTER_14_DAYS = at('2027-01-25T15:00:00Z')

describe('a meeting is', () => {
  test.each<[string, MeetingOutcome['statements'], Temporal.Instant, object]>([
    ['open while nobody says anything', {}, AFTER_14_DAYS, { state: 'open' }],
    ['held when both say so', { mentee: yes(), mentor: yes() }, SOON, { state: 'held', minutes: 45 }],
    [
      'as long as the shorter of two lengths',
      { mentee: yes({ minutes: 60 }), mentor: yes({ minutes: 40 }) },
      SOON,
      { state: 'held', minutes: 40 },
    ],
    [
      'awaited when one says so, until 14 days later',
      { mentor: yes() },
      LAST_MOMENT,
      { state: 'awaiting', minutes: 45, settlesAt: '2027-01-25T15:00:00Z' },
    ],
    ['held when one says so and 14 days pass', { mentor: yes() }, AFTER_14_DAYS, { state: 'held', minutes: 45 }],
    ['in doubt when they differ, however long', { mentor: yes(), mentee: no() }, AFTER_14_DAYS, { state: 'differing' }],
    ['not held when one says no', { mentee: no() }, SOON, { state: 'not-held' }],
    ['not held when both say no', { mentee: no(), mentor: no() }, AFTER_14_DAYS, { state: 'not-held' }],
  ])('%s', (_name, statements, now, expected) => {
    expect(heldState({ statements }, now)).toEqual(expected)
  })
})

describe('saying whether they met', () => {
  const meeting = { startsAt: '2027-01-11T14:00:00Z' }
  const say = (
    outcome: MeetingOutcome,
    role: 'mentee' | 'mentor',
    statement: Omit<Statement, 'at'>,
    now: Temporal.Instant,
    change: object = {},
  ) => withStatement(outcome, { role, statement, meeting, timeZone: 'Asia/Kathmandu', now, ...change })
  const refusal = expect.objectContaining({ code: 'attestation-not-open' })

  test('is open from the start of the meeting on, not before', () => {
    const silent = anOutcome({})
    expect(() => say(silent, 'mentee', { met: true }, at('2027-01-11T13:59:59Z'))).toThrow(refusal)
    expect(say(silent, 'mentee', { met: true }, at('2027-01-11T14:00:00Z')).statements.mentee).toEqual({
      met: true,
      at: '2027-01-11T14:00:00Z',
    })
  })

  test('is refused for a meeting that was called off', () => {
    expect(() =>
      say(anOutcome({}), 'mentee', { met: true }, SOON, { meeting: { ...meeting, cancelled: true } }),
    ).toThrow(refusal)
  })

  test('names a day that has come in the zone of the meeting', () => {
    // 18:30 UTC is past midnight in Kathmandu.
    const evening = at('2027-01-12T18:30:00Z')
    expect(say(anOutcome({}), 'mentee', { met: true, date: '2027-01-13' }, evening).statements.mentee?.date).toBe(
      '2027-01-13',
    )
    expect(() => say(anOutcome({}), 'mentee', { met: true, date: '2027-01-14' }, evening)).toThrow(refusal)
  })

  test('repeated changes nothing, and corrected minutes do not start the 14 days anew', () => {
    const said = anOutcome({ mentor: yes() })
    expect(say(said, 'mentor', { met: true, minutes: 45 }, SOON)).toBe(said)
    expect(say(said, 'mentor', { met: true, minutes: 30 }, SOON).settlesAt).toBe('2027-01-25T15:00:00Z')
    expect(say(said, 'mentee', { met: true, minutes: 30 }, SOON)).not.toHaveProperty('settlesAt')
    const corrected = say(said, 'mentor', { met: true, minutes: 30 }, SOON)
    expect(corrected.statements.mentor).toEqual(yes({ minutes: 30 }))
    expect(heldState(corrected, AFTER_14_DAYS).state).toBe('held')
  })

  test('can be challenged for 14 days, and then only be confirmed', () => {
    const said = anOutcome({ mentor: yes() })
    expect(heldState(say(said, 'mentee', { met: false }, LAST_MOMENT), AFTER_14_DAYS).state).toBe('differing')
    expect(() => say(said, 'mentee', { met: false }, AFTER_14_DAYS)).toThrow(refusal)
    expect(() => say(said, 'mentor', { met: false }, AFTER_14_DAYS)).toThrow(refusal)
    expect(say(said, 'mentee', { met: true }, AFTER_14_DAYS).statements.mentee?.met).toBe(true)
  })

  test('can still be settled after 14 days where the two differ', () => {
    const differing = anOutcome({ mentor: yes(), mentee: no() })
    const settled = say(differing, 'mentee', { met: true, minutes: 45 }, AFTER_14_DAYS)
    expect(heldState(settled, AFTER_14_DAYS)).toEqual({ state: 'held', minutes: 45 })
  })
})
