import type { RoundAnswer, RoundView } from '../../api/feedback.ts'

export type Question = { readonly key: string; readonly label: string; readonly hint?: string }

/** What is asked, in order; keys are those of the answer. Three questions each, because more are not answered. */
export const QUESTIONS: Readonly<Record<RoundView['kind'], readonly Question[]>> = {
  feedback: [
    { key: 'helps', label: 'What helps?', hint: 'Something the other person does that you want to keep.' },
    { key: 'change', label: 'What would you change?', hint: 'One thing, as concrete as you can.' },
    { key: 'willDo', label: 'What is one thing you will do yourself?' },
  ],
  review: [
    { key: 'works', label: 'What works?' },
    { key: 'worksNot', label: 'What does not?' },
    { key: 'challenges', label: 'Which challenges remain?' },
  ],
}

export const DECISION_TEXTS = {
  continue: 'Continue as it is',
  modify: 'Continue, and change something in our agreement',
  end: 'Bring it to a good end',
} as const
export const DECISION_KEYS = ['continue', 'modify', 'end'] as const

/** What was answered to each question, in order. */
export function answersIn(answer: RoundAnswer): readonly string[] {
  return answer.kind === 'feedback'
    ? [answer.helps, answer.change, answer.willDo]
    : [answer.works, answer.worksNot, answer.challenges]
}

/** The answer made of texts in the order of the questions. */
export function answerOf(
  kind: RoundView['kind'],
  [first = '', second = '', third = '']: readonly string[],
  decision: keyof typeof DECISION_TEXTS,
): RoundAnswer {
  return kind === 'feedback'
    ? { kind, helps: first, change: second, willDo: third }
    : { kind, works: first, worksNot: second, challenges: third, decision }
}
