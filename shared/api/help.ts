import { type Static, Type } from 'typebox'
import { closed } from './common.ts'

const WebAddress = Type.String({ format: 'uri', pattern: '^https://', maxLength: 500 })

export const HelpContact = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, description: 'An office or a person' }),
    helpsWith: Type.String({ minLength: 1, maxLength: 500 }),
    phone: Type.Optional(Type.String({ pattern: '^[+0-9][-+0-9 ().]{2,40}$' })),
    email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
    webUrl: Type.Optional(WebAddress),
    hours: Type.Optional(Type.String({ maxLength: 200, description: 'When they answer' })),
    isConfidential: Type.Boolean({ description: 'Whether they need not report what they hear' }),
  },
  closed,
)
export type HelpContact = Static<typeof HelpContact>

const Help = {
  contacts: Type.Array(HelpContact, { maxItems: 30 }),
  policyUrl: Type.Optional({ ...WebAddress, description: 'The institution\u2019s policy' }),
  emergency: Type.Optional(Type.String({ maxLength: 500, description: 'Whom to call in an emergency' })),
}

/** PUT /api/programmes/{programmeId}/help: where people of the institution find help, in place of before. */
export const HelpBody = Type.Object(Help, closed)
export type HelpBody = Static<typeof HelpBody>

/** GET /api/help: the same for everybody of the institution, so that asking for it tells nothing of who needs it. */
export const HelpView = Type.Object(
  {
    programmes: Type.Array(Type.Object({ programmeId: Type.String(), name: Type.String(), ...Help }, closed)),
  },
  closed,
)
export type HelpView = Static<typeof HelpView>
