import { findBedsWithCondition } from './beds.ts'
import { findBirthDates } from './birth-dates.ts'
import type { PatientDataFinding, PatientDataKind, Sentence } from './finding.ts'
import { findNamesWithDiagnosis } from './names.ts'
import { findRecordNumbers } from './record-numbers.ts'

const FINDERS = [findRecordNumbers, findBirthDates, findBedsWithCondition, findNamesWithDiagnosis]

/**
 * Stretches of a text that look as if they told of one patient: record numbers, dates of birth, a bed or room with a
 * condition, a person's name with a diagnosis. It reads words and their order only, sends nothing anywhere, and can be
 * wrong both ways; whoever writes decides. Written for English. Source of what identifies: HIPAA Privacy Rule,
 * 45 CFR 164.514(b)(2), as far as it fits what mentors and mentees write.
 * @returns in order of their start, not overlapping
 */
export function findPatientData(text: string): readonly PatientDataFinding[] {
  const found = sentencesOf(text).flatMap((sentence) => FINDERS.flatMap((find) => find(sentence)))
  const inOrder = found.toSorted((a, b) => a.start - b.start || b.end - a.end)
  return inOrder.filter((finding, index) => inOrder.slice(0, index).every(({ end }) => end <= finding.start))
}

const EXPLANATIONS: Readonly<Record<PatientDataKind, string>> = {
  'record-number': 'looks like the number of a patient\u2019s record',
  'birth-date': 'looks like a patient\u2019s date of birth',
  'bed-with-condition': 'names a bed or room together with a condition',
  'name-with-diagnosis': 'names a person together with a condition',
}

/** Why a stretch was found, to stand after "This". */
export const explainPatientData = (kind: PatientDataKind): string => EXPLANATIONS[kind]

/** Abbreviations before a stop that ends no sentence. */
const SENTENCE_END = /(?<!\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|St|No|no|pt|Pt|Rm|rm|vs|[A-Z]))[.!?]+\s+(?=\p{Lu})|\n+/gu

/** What belongs together stands closer; reading a text takes time by its length, not by its square. */
const SENTENCE_LENGTH_MAX = 600

function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = []
  let start = 0
  for (const { 0: stop, index } of [...text.matchAll(SENTENCE_END), { 0: '', index: text.length }]) {
    for (; start < index; start += SENTENCE_LENGTH_MAX) {
      sentences.push({ text: text.slice(start, Math.min(index, start + SENTENCE_LENGTH_MAX)), offset: start })
    }
    start = index + stop.length
  }
  return sentences
}
