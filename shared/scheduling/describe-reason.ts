import type { Reason, ReasonCode } from './types.ts'

/** Name of a person as the reader knows them. */
export type NameOf = (personId: string) => string

/** `who` is the person's name, `label` what the roster calls it; empty where there is none. */
type Words = (who: string, label: string) => string

const named =
  (what: string): Words =>
  (who, label) =>
    `${who} ${what}${label ? ` (${label})` : ''}`

const SENTENCES: Readonly<Record<ReasonCode, Words>> = {
  'outside-working-hours': named('does not work then'),
  clinic: named('has clinic'),
  'near-clinic': named('has clinic just before or after'),
  procedure: named('is in procedures'),
  service: named('is on service'),
  call: named('is on call'),
  'post-call': named('is resting after call'),
  night: named('works nights'),
  teaching: named('has teaching'),
  leave: named('is on leave'),
  'unknown-code': named('has a duty that the programme has not explained yet'),
  busy: named('is busy'),
  held: named('has another mentoring meeting'),
  unknown: (who) => `Nothing is known of ${possessive(who)} time then`,
  'day-off': named('has the day off'),
  'day-limit': named('has enough mentoring meetings that day'),
  'week-limit': named('has enough mentoring meetings that week'),
  'too-soon': () => 'This is too soon',
  'outside-horizon': () => 'This is outside the dates that were looked at',
  'outside-window': () => 'This is outside the window of this meeting',
  'overlaps-another-meeting': (who) =>
    who ? `${who} has another meeting of this plan` : 'Another meeting of this plan is there',
  early: (who) => `Starts before 08:30 for ${who}`,
  late: (who) => `Ends after 16:30 for ${who}`,
  lunch: (who) => `Falls into ${possessive(who)} lunch time`,
  'friday-afternoon': (who) => `Is on Friday afternoon for ${who}`,
  'far-from-middle': () => 'Is far from the middle of the window',
  jeopardy: (who, label) => `${who} is on standby${label ? ` (${label})` : ''}`,
  'off-pattern': () => 'Is not at the usual weekday and time',
  'on-pattern': () => 'Is at the usual weekday and time',
  'protected-time': (who) => `Is in ${possessive(who)} protected time`,
}

/** Codes that anybody may see: what a time means on the clock, never why somebody is away. */
const OPEN_CODES: ReadonlySet<ReasonCode> = new Set([
  'too-soon',
  'outside-horizon',
  'outside-window',
  'early',
  'late',
  'lunch',
  'friday-afternoon',
  'far-from-middle',
  'on-pattern',
  'off-pattern',
])

const possessive = (who: string): string => (who.endsWith('s') ? `${who}\u2019` : `${who}\u2019s`)

/** One reason in a sentence for physicians, without the final stop, for those who may see the person's schedule. */
export function describeReason({ code, personId, label }: Reason, nameOf: NameOf): string {
  return SENTENCES[code](personId === undefined ? '' : nameOf(personId), label ?? '')
}

/**
 * The code of a reason as others may see it. Every rule that keeps a person away is the same `not-available`, so that
 * clinic cannot be told from a dentist's appointment; standby only makes a time `less-suitable`.
 */
export function discreetCode({ code }: Reason): ReasonCode | 'not-available' | 'suitable' | 'less-suitable' {
  if (OPEN_CODES.has(code)) return code
  if (code === 'protected-time') return 'suitable'
  return code === 'jeopardy' ? 'less-suitable' : 'not-available'
}

/** The same for everybody else: a roster is never revealed (DOMAIN section 6). */
export function describeReasonDiscreetly(reason: Reason, nameOf: NameOf): string {
  const code = discreetCode(reason)
  const who = reason.personId === undefined ? 'Somebody' : nameOf(reason.personId)
  if (code === 'not-available') return `${who} is not available`
  if (code === 'suitable') return `Suits ${who} well`
  return code === 'less-suitable' ? `Suits ${who} less` : describeReason(reason, nameOf)
}
