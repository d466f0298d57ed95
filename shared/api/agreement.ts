import { type Static, Type } from 'typebox'
import { AGREEMENT_SECTIONS } from '../templates/agreement.ts'
import { closed, InstantText } from './common.ts'

const Section = Type.Object(
  {
    id: Type.Enum(AGREEMENT_SECTIONS.map(({ id }) => id)),
    clauses: Type.Array(Type.String({ pattern: '^[a-z0-9-]{1,40}$' }), {
      uniqueItems: true,
      maxItems: 20,
      description: 'Ready sentences that were chosen',
    }),
    text: Type.Optional(Type.String({ maxLength: 4000 })),
  },
  closed,
)

/**
 * PUT /api/relationships/{relationshipId}/agreement : what the two choose and write; a version that both signed stays,
 * and another begins. `revision`: that of the version you saw; left out when there was none.
 */
export const AgreementBody = Type.Object(
  {
    sections: Type.Array(Section, { maxItems: AGREEMENT_SECTIONS.length }),
    version: Type.Optional(Type.Integer({ minimum: 1 })),
    revision: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
)
export type AgreementBody = Static<typeof AgreementBody>

/** PUT …/agreement/signature : signs the very text you saw. */
export const SignatureBody = Type.Object(
  { version: Type.Integer({ minimum: 1 }), revision: Type.Integer({ minimum: 1 }) },
  closed,
)
export type SignatureBody = Static<typeof SignatureBody>

const Version = Type.Object(
  {
    version: Type.Integer({ description: '1-based' }),
    sections: Type.Array(Section),
    signatures: Type.Object({ mentee: Type.Optional(InstantText), mentor: Type.Optional(InstantText) }, closed),
    revision: Type.Integer(),
    updatedAt: InstantText,
  },
  closed,
)
export const AgreementView = Type.Object(
  {
    current: Type.Optional(Version),
    /** The last one that both signed, where the current one is not. */
    signed: Type.Optional(Version),
    isOpen: Type.Boolean({ description: 'It waits to be read and signed (again)' }),
    missing: Type.Array(Type.String(), { description: 'Mandatory sections that are empty' }),
  },
  closed,
)
export type AgreementView = Static<typeof AgreementView>
