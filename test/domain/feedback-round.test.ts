import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type FeedbackRound,
  type RoundAnswer,
  type RoundKind,
  reviewOutcome,
  roundAsSeen,
  withAnswer,
  withoutAnswer,
} from '../../shared/domain/feedback-round.ts'
import type { RelationshipId } from '../../shared/domain/ids.ts'

const now = '2027-06-01T12:00:00Z'
const open = (kind: RoundKind): FeedbackRound => ({
  id: 'f1',
  relationshipId: 'r1' as RelationshipId,
  kind,
  answers: {},
})
const texts = fc.string({ maxLength: 200 })
const anAnswer: Readonly<Record<RoundKind, fc.Arbitrary<RoundAnswer>>> = {
  feedback: fc.record({ kind: fc.constant('feedback' as const), helps: texts, change: texts, willDo: texts }),
  review: fc.record({
    kind: fc.constant('review' as const),
    works: texts,
    worksNot: texts,
    challenges: texts,
    decision: fc.constantFrom('continue' as const, 'modify' as const, 'end' as const),
  }),
}
const aKind = fc.constantFrom('feedback' as const, 'review' as const)
const aRole = fc.constantFrom('mentee' as const, 'mentor' as const)
const otherOf = { mentee: 'mentor', mentor: 'mentee' } as const

describe('an answer that the other has not matched', () => {
  test('changes nothing of what the other sees, whatever it says and when it was written', () => {
    const twoAnswers = aKind.chain((kind) => fc.tuple(fc.constant(kind), anAnswer[kind], anAnswer[kind]))
    fc.assert(
      fc.property(twoAnswers, aRole, ([kind, one, another], role) => {
        const first = withAnswer(open(kind), { role, answer: one, now })!
        const second = withAnswer(first, { role, answer: another, now: '2027-06-09T00:00:00Z' })!
        const seen = (round: FeedbackRound) => JSON.stringify(roundAsSeen(round, otherOf[role]))
        expect(seen(second)).toBe(seen(first))
        expect(JSON.parse(seen(first))).toEqual({ id: 'f1', kind, hasOtherAnswered: true })
      }),
      { numRuns: 1000 },
    )
  })

  test('leaves no trace when it is taken back', () => {
    fc.assert(
      fc.property(anAnswer.review, aRole, (answer, role) => {
        const back = withoutAnswer(withAnswer(open('review'), { role, answer, now })!, role)
        expect(back).toEqual(open('review'))
      }),
    )
  })
})

describe('two answers', () => {
  const works = (decision: 'continue' | 'modify' | 'end', works = 'Much'): RoundAnswer => ({
    kind: 'review',
    works,
    worksNot: '',
    challenges: '',
    decision,
  })
  const both = (mentee: RoundAnswer, mentor: RoundAnswer) =>
    withAnswer(withAnswer(open('review'), { role: 'mentee', answer: mentee, now: 'early' })!, {
      role: 'mentor',
      answer: mentor,
      now,
    })!

  test('are shown to both in the moment of the second, and stay', () => {
    const round = both(works('continue', 'The pace'), works('modify', 'The honesty'))
    expect(roundAsSeen(round, 'mentee')).toMatchObject({
      mine: { works: 'The pace' },
      theirs: { works: 'The honesty' },
      revealedAt: now,
    })
    expect(roundAsSeen(round, 'mentor')).toMatchObject({
      mine: { works: 'The honesty' },
      theirs: { works: 'The pace' },
    })
    expect(withAnswer(round, { role: 'mentee', answer: works('end'), now })).toBeUndefined()
    expect(withoutAnswer(round, 'mentee')).toBeUndefined()
  })

  test.each([
    ['continue', 'continue', 'continue'],
    ['continue', 'modify', 'modify'],
    ['modify', 'modify', 'modify'],
    ['end', 'continue', 'end'],
    ['modify', 'end', 'end'],
    ['end', 'end', 'end'],
  ] as const)('%s and %s lead to %s, whoever said which', (one, another, outcome) => {
    expect(reviewOutcome(both(works(one), works(another)))).toBe(outcome)
    expect(reviewOutcome(both(works(another), works(one)))).toBe(outcome)
  })

  test('lead nowhere before both are in, or when the review was called off', () => {
    const half = withAnswer(open('review'), { role: 'mentee', answer: works('end'), now })!
    expect(reviewOutcome(half)).toBeUndefined()
    const off = { ...half, withdrawnAt: now }
    expect(reviewOutcome(off)).toBeUndefined()
    expect(withAnswer(off, { role: 'mentor', answer: works('end'), now })).toBeUndefined()
    expect(roundAsSeen(off, 'mentor')).toEqual({ id: 'f1', kind: 'review', hasOtherAnswered: true, withdrawnAt: now })
  })
})
