export type PatientDataKind = 'record-number' | 'birth-date' | 'bed-with-condition' | 'name-with-diagnosis'

/** A stretch of a text that looks as if it told of one patient; `start` and `end` are UTF-16 offsets, half-open. */
export type PatientDataFinding = { readonly kind: PatientDataKind; readonly start: number; readonly end: number }

/** One sentence of a text, with where it stands in it. */
export type Sentence = { readonly text: string; readonly offset: number }

/** Every match of a global pattern in a sentence, with its place in the whole text. */
export function findMatches(kind: PatientDataKind, { text, offset }: Sentence, pattern: RegExp): PatientDataFinding[] {
  return [...text.matchAll(pattern)].map((match) => {
    const start = offset + match.index
    return { kind, start, end: start + match[0].length }
  })
}
