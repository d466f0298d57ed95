import { ApiProblem } from './problem.ts'

/** Texts that look as if they told of a patient, and where the writer's decision goes. */
export type PendingReview = {
  readonly texts: readonly string[]
  /** @param texts as they are to be saved, in the same order; nothing when they are not to be saved */
  decide(texts: readonly string[] | undefined): void
}
type Listener = (pending: PendingReview) => void

export type ReviewedBody = {
  readonly body: unknown
  /** Whether the writer was asked and says that no patient is meant. */
  readonly isConfirmed: boolean
}

/** Asks the writer about suspicious text while it is still on their own device. */
export interface TextReview {
  /** The body as it is to be sent. @throws ApiProblem `patient-data-suspected` when it is not to be sent, or nobody asks */
  review(body: unknown): Promise<ReviewedBody>
  /** There is one who asks: the dialog. Answers how it stops listening. */
  listen(listener: Listener): () => void
}

/** Shorter than any number, date or name with a condition: ticks and choices need no reading. */
const TEXT_LENGTH_MIN = 6

export function createTextReview(): TextReview {
  let ask: Listener | undefined
  return {
    async review(body) {
      const texts = textsIn(body)
      if (texts.length === 0) return { body, isConfirmed: false }
      // Fetched by whoever writes.
      const { findPatientData } = await import('../domain/patient-data/find-patient-data.ts')
      const suspicious = [...new Set(texts.filter((text) => findPatientData(text).length > 0))]
      if (suspicious.length === 0) return { body, isConfirmed: false }
      const decided = await new Promise<readonly string[] | undefined>((decide) => {
        if (ask) ask({ texts: suspicious, decide })
        else decide(undefined)
      })
      if (!decided) throw new ApiProblem('patient-data-suspected')
      const changes = new Map(suspicious.map((text, index) => [text, decided[index] ?? text]))
      return { body: withTexts(body, changes), isConfirmed: decided.some((text) => findPatientData(text).length > 0) }
    },
    listen(listener) {
      ask = listener
      return () => {
        if (ask === listener) ask = undefined
      }
    },
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length < TEXT_LENGTH_MIN ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

function withTexts(value: unknown, changes: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return changes.get(value) ?? value
  if (Array.isArray(value)) return value.map((item) => withTexts(item, changes))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withTexts(item, changes)]))
}
