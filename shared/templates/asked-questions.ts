import type { QuestionSet } from '../domain/question-sets.ts'
import type { MentoringRole } from '../domain/relationship.ts'
import { QUESTIONS } from './questions.ts'

export type AskedOf = {
  readonly id: string
  readonly set: QuestionSet
  /** Whose words an answer is; nobody else writes it. */
  readonly role: MentoringRole
  readonly text: string
}

/** Source: "Mentor-Mentee Relationships" (case session); the words are ours. */
const READINESS: Readonly<Record<MentoringRole, readonly string[]>> = {
  mentor: [
    'What draws me to being a mentor?',
    'Which achievements and detours of mine could be useful to somebody else?',
    'Which skills can I pass on?',
    'Where in my week is the time for this?',
    'How easy am I to reach, and to talk to?',
    'Can I keep what I hear to myself, and make it safe to speak openly?',
    'How well do I give feedback that helps?',
  ],
  mentee: [
    'What have I achieved so far?',
    'What is hard for me now, and what exactly do I want to reach?',
    'Which qualities in a mentor would help me to get there?',
    'Who else around me could help with a part of it?',
    'Where in my week is the time for meetings, and for what follows from them?',
    'How do I take feedback, and what makes it easier to hear?',
  ],
}

/** The same for both; ours. */
const REFLECTION: readonly string[] = [
  'What am I proud of this year?',
  'What was hard?',
  'What did I learn, also about myself?',
  'What do I want from the next year?',
]

/** All that anybody can answer; the number of an id stays with its question. */
export const ASKED_QUESTIONS: readonly AskedOf[] = [
  ...QUESTIONS.map(({ id, text }): AskedOf => ({ id, set: 'bank', role: 'mentee', text })),
  ...asked('readiness', READINESS),
  ...asked('reflection', { mentee: REFLECTION, mentor: REFLECTION }),
]

function asked(set: QuestionSet, texts: Readonly<Record<MentoringRole, readonly string[]>>): readonly AskedOf[] {
  return (['mentee', 'mentor'] as const).flatMap((role) =>
    texts[role].map((text, index): AskedOf => ({ id: `${role}${set}-${index + 1}`, set, role, text })),
  )
}
