export type Theme =
  | 'relationship'
  | 'role'
  | 'goals'
  | 'resources'
  | 'promotion'
  | 'progress'
  | 'network'
  | 'time'
  | 'life'

export type Question = { readonly id: string; readonly theme: Theme; readonly text: string }

const THEMES: Readonly<Record<Theme, readonly string[]>> = {
  relationship: [
    'What do I want from this relationship?',
    'What advocacy do I need from my mentor, for myself or for my work?',
    'Can my mentor open doors to experts for me?',
  ],
  role: [
    'What do my academic and clinical job descriptions say?',
    'How well do I balance clinical work, research, administration and teaching?',
  ],
  goals: [
    'What are my short, intermediate and three- to five-year goals?',
    'What is my expected career timeline?',
    'Which new skills do my goals need?',
  ],
  resources: ['What infrastructure do I have, and what do I lack?', 'Which development opportunities have I used?'],
  promotion: [
    'Have we looked at the promotion policy together?',
    'How good is my CV?',
    'Have we looked at my portfolio and teaching dossier?',
    'Do I have a research portfolio?',
  ],
  progress: [
    'What have I accomplished since we last met?',
    'Am I recognised for what I do?',
    'How can my teaching improve?',
  ],
  network: ['How can I build a network in my region, my country and beyond?', 'Who near me could be a role model?'],
  time: [
    'How is my time management?',
    'Do I delegate enough to avoid burning out?',
    'Which tasks should I add or drop for my goals?',
    'Which tasks should I add or drop for enjoyment?',
  ],
  life: ['What balance do I want?', 'What do I value most?', 'How satisfied am I, and what would help?'],
}

/** Questions for mentees, by theme; all of them may be left alone. Source: "10 Tips for an Outrageously Productive Mentoring Relationship" (Karwowska & Benchimol); the words are ours. */
export const QUESTIONS: readonly Question[] = inTurns(
  // The keys are the themes.
  (Object.keys(THEMES) as Theme[]).map((theme) =>
    THEMES[theme].map((text, index): Question => ({ id: `${theme}-${index + 1}`, theme, text })),
  ),
)

const PER_CYCLE = 3

/** Three questions of three themes; the next cycle brings others, until all had their turn. @param cycle from 0 */
export function questionsForCycle(cycle: number): readonly Question[] {
  return Array.from(
    { length: PER_CYCLE },
    (_, index) => QUESTIONS[(cycle * PER_CYCLE + index) % QUESTIONS.length],
  ).filter((question) => question !== undefined)
}

/** The first of each list, then the second of each, and so on. */
function inTurns<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list.slice(turn, turn + 1))).flat()
}
