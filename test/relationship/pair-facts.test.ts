import { expect, test } from 'vitest'
import type { MeetingOutcome, Statement } from '../../shared/domain/meeting-outcome.ts'
import { pairFactsOf } from '../../shared/domain/pair-facts.ts'
import { threeSingles } from '../domain/builders.ts'

const series = threeSingles()
/** What the two say of the first meeting, of 12 January 2027 in the window of January. */
const saying = (statements: MeetingOutcome['statements']): readonly MeetingOutcome[] => {
  const { tenantId, relationshipId } = series
  return [{ id: series.meetings[0]!.id, tenantId, relationshipId, statements }]
}
const said = (met: boolean, rest: Partial<Statement> = {}): Statement => ({ met, at: '2027-01-12T18:00:00Z', ...rest })
const isKept = (outcomes: readonly MeetingOutcome[], date: string) =>
  pairFactsOf([series], outcomes, { now: `${date}T15:00:00Z` }).windows.map((window) => window.isKept)[0]

test('a window is kept by what both say they held, and missed by what they say they did not', () => {
  expect(isKept(saying({ mentee: said(true), mentor: said(true) }), '2027-06-01')).toBe(true)
  expect(isKept(saying({ mentee: said(false), mentor: said(false) }), '2027-01-13')).toBe(false)
  expect(isKept(saying({ mentee: said(false) }), '2027-01-13')).toBe(false)
})

test('one yes counts for both, for good when nobody objects', () => {
  expect(isKept(saying({ mentor: said(true) }), '2027-01-13')).toBe(true)
  expect(isKept(saying({ mentor: said(true) }), '2027-06-01')).toBe(true)
})

test('what nobody speaks of, or what they see differently, is left open for 14 days and missed after that', () => {
  const differing = saying({ mentee: said(true), mentor: said(false) })
  for (const outcomes of [[], differing]) {
    expect(['2027-01-13', '2027-01-26', '2027-01-27'].map((date) => isKept(outcomes, date))).toEqual([
      true,
      true,
      false,
    ])
  }
})

test('a meeting held on another day than planned keeps the window of that day', () => {
  const date = '2027-02-02'
  const facts = pairFactsOf([series], saying({ mentee: said(true, { date }), mentor: said(true, { date }) }), {
    now: '2027-06-01T15:00:00Z',
  })
  expect(facts.windows.map((window) => window.isKept)).toEqual([false, true, false])
})
