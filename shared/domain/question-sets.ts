import type { RelationshipState } from './lifecycle.ts'
import type { MentoringRole } from './relationship.ts'
import type { QuestionAnswer } from './work.ts'

/** bank: a few between meetings · readiness: before the two begin, for its author alone · reflection: looking back. */
export type QuestionSet = 'bank' | 'readiness' | 'reflection'

/** When a pair is asked a whole set; the bank has turns instead. */
const DUE_IN: Readonly<Record<Exclude<QuestionSet, 'bank'>, readonly RelationshipState[]>> = {
  readiness: ['assigned', 'forming'],
  // Month 12 opens a review by itself.
  reflection: ['reviewing', 'transition'],
}
export const areQuestionsDue = (set: Exclude<QuestionSet, 'bank'>, state: RelationshipState): boolean =>
  DUE_IN[set].includes(state)

/** An answer is its author's, and the other's where it is shared; about readiness nobody but its author ever reads. */
export const mayReadAnswer = (
  { set, role }: { readonly set: QuestionSet; readonly role: MentoringRole },
  { isShared }: Pick<QuestionAnswer, 'isShared'>,
  reader: MentoringRole,
): boolean => role === reader || (isShared && set !== 'readiness')
