import type { ClocksBody } from '../../shared/api/settings.ts'
import { CLOCK_LIMITS, type ClockName } from '../../shared/domain/programme-clocks.ts'

/** What stands in the fields; empty is as built in. */
export type ClockDraft = Readonly<Record<ClockName, string>>

// `Object.keys` forgets which ones they are.
const CLOCK_NAMES = Object.keys(CLOCK_LIMITS) as readonly ClockName[]

export const draftOf = (clocks: ClocksBody): ClockDraft =>
  // `fromEntries` forgets that there is an entry for every clock.
  Object.fromEntries(CLOCK_NAMES.map((name) => [name, String(clocks[name] ?? '')])) as ClockDraft

/** The clocks a draft means; what is no number becomes NaN, which is outside of all limits. */
export const clocksOfDraft = (draft: ClockDraft): ClocksBody =>
  Object.fromEntries(
    CLOCK_NAMES.flatMap((name) => {
      const text = draft[name].trim()
      return text === '' ? [] : [[name, /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN]]
    }),
  )

export const isSameClocks = (a: ClocksBody, b: ClocksBody): boolean => CLOCK_NAMES.every((name) => a[name] === b[name])

type ClockText = { readonly name: ClockName; readonly label: string; readonly unit: 'days' | 'messages' | 'windows' }

/** The clocks in the order of a pair's life. */
export const CLOCK_GROUPS: readonly { readonly title: string; readonly clocks: readonly ClockText[] }[] = [
  {
    title: 'At the beginning',
    clocks: [
      { name: 'firstContactDays', label: 'From being linked to a first word', unit: 'days' },
      { name: 'firstMeetingDays', label: 'From being linked to a first meeting', unit: 'days' },
      { name: 'agreementDays', label: 'From the first meeting to a signed agreement', unit: 'days' },
    ],
  },
  {
    title: 'When a pair counts as quiet, and the mentee is asked',
    clocks: [
      { name: 'quietDays', label: 'Nothing booked for', unit: 'days' },
      { name: 'unansweredContactsMax', label: 'Messages in a row without an answer', unit: 'messages' },
      { name: 'missedWindowsMax', label: 'Planned windows in a row without a meeting', unit: 'windows' },
    ],
  },
  {
    title: 'Help for a quiet pair, counted from the day the mentee was asked',
    clocks: [
      { name: 'assistantDays', label: 'The assistant is asked, too, after', unit: 'days' },
      { name: 'coordinatorDays', label: 'You are asked to offer help after', unit: 'days' },
    ],
  },
  {
    title: 'Reviews and the end of a term',
    clocks: [
      { name: 'reviewDays', label: 'A review that nobody answers closes after', unit: 'days' },
      { name: 'termNoticeDays', label: 'The end of a term is talked of before it by', unit: 'days' },
    ],
  },
]

/** What somebody else set, in a sentence for each clock. */
export const clockChanges = (before: ClocksBody, now: ClocksBody): readonly string[] =>
  CLOCK_GROUPS.flatMap(({ clocks }) => clocks)
    .filter(({ name }) => before[name] !== now[name])
    .map(({ name, label }) => `${label}: ${now[name] ?? 'as built in'}, before ${before[name] ?? 'as built in'}.`)
