import { AGREEMENT_SECTIONS, findAgreementSection } from '../templates/agreement.ts'
import { DomainError } from './errors.ts'
import type { RelationshipId } from './ids.ts'
import type { MentoringRole } from './relationship.ts'

/** What the two chose and wrote for one section. */
export type AgreedSection = {
  readonly id: string
  /** Ids of the ready sentences they chose. */
  readonly clauses: readonly string[]
  readonly text?: string
}
/** One version of the agreement; its text belongs to the pair alone. Signed by both, it never changes again. */
export type AgreementVersion = {
  /** `${relationshipId}|${number}` */
  readonly id: string
  readonly relationshipId: RelationshipId
  /** 1-based. */
  readonly number: number
  readonly sections: readonly AgreedSection[]
  /** RFC 3339 of each signature. */
  readonly signatures: Partial<Readonly<Record<MentoringRole, string>>>
  readonly createdAt: string
  readonly updatedAt: string
}

export const isSignedByBoth = ({ signatures }: Pick<AgreementVersion, 'signatures'>): boolean =>
  signatures.mentee !== undefined && signatures.mentor !== undefined

/**
 * The agreement with other text: the version that is still open, its signatures gone, or a new one where the last was
 * signed by both. Text that stands already changes nothing, unless the agreement was opened to be read and signed again.
 * @param isReopened after a review or when the first meeting was held
 */
export function withSections(
  last: AgreementVersion | undefined,
  {
    relationshipId,
    sections,
    isReopened,
    now,
  }: {
    readonly relationshipId: RelationshipId
    readonly sections: readonly AgreedSection[]
    readonly isReopened: boolean
    readonly now: string
  },
): AgreementVersion {
  const wanted = inOrder(sections)
  const isSame = last !== undefined && JSON.stringify(last.sections) === JSON.stringify(wanted)
  const isClosed = last !== undefined && isSignedByBoth(last)
  if (last && isSame && !(isClosed && isReopened)) return last
  if (last && !isClosed) return { ...last, sections: wanted, signatures: {}, updatedAt: now }
  const number = (last?.number ?? 0) + 1
  return {
    id: `${relationshipId}|${number}`,
    relationshipId,
    number,
    sections: wanted,
    signatures: {},
    createdAt: now,
    updatedAt: now,
  }
}

/** The version signed by one of the two; signing again changes nothing. @throws DomainError `agreement-incomplete` */
export function withSignature(version: AgreementVersion, role: MentoringRole, now: string): AgreementVersion {
  if (version.signatures[role]) return version
  const missing = missingSections(version.sections)
  if (missing.length > 0) {
    throw new DomainError(
      'agreement-incomplete',
      'Some sections cannot be left empty.',
      missing.map((id) => ({ path: `sections.${id}`, message: `${findAgreementSection(id)?.title ?? id} is empty` })),
    )
  }
  return { ...version, signatures: { ...version.signatures, [role]: now } }
}

/** Mandatory sections with neither a sentence nor a text. */
export function missingSections(sections: readonly AgreedSection[]): readonly string[] {
  return AGREEMENT_SECTIONS.filter(({ mandatory }) => mandatory).flatMap(({ id }) => {
    const agreed = sections.find((section) => section.id === id)
    return agreed && !isEmpty(agreed) ? [] : [id]
  })
}

const isEmpty = ({ clauses, text = '' }: AgreedSection): boolean => clauses.length === 0 && text.trim() === ''

/** As the template has them, without what is empty, so that the same choice is the same text. */
function inOrder(sections: readonly AgreedSection[]): readonly AgreedSection[] {
  return AGREEMENT_SECTIONS.flatMap(({ id, clauses }) => {
    const agreed = sections.find((section) => section.id === id)
    if (!agreed || isEmpty(agreed)) return []
    const text = agreed.text?.trim() ?? ''
    const chosen = clauses.map((clause) => clause.id).filter((clauseId) => agreed.clauses.includes(clauseId))
    return [{ id, clauses: chosen, ...(text === '' ? {} : { text }) }]
  })
}
