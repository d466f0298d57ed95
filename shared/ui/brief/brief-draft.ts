const QUESTIONS_MAX = 5
const QUESTION_MAX = 200
export const QUESTIONS_TEXT_MAX = 1100

export const questionsOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]

/** Why the questions cannot be saved, in words. */
export function questionsFault(text: string): string | undefined {
  const questions = questionsOf(text)
  if (questions.length > QUESTIONS_MAX) return `A meeting has room for ${QUESTIONS_MAX} questions.`
  return questions.some(({ length }) => length > QUESTION_MAX)
    ? `A question is longer than ${QUESTION_MAX} characters.`
    : undefined
}
