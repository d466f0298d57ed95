import { type Static, Type } from 'typebox'
import { CONTACT_LENGTHS, EMERGENCY_LENGTH, PHONE_PATTERN } from '../domain/help-contact.ts'
import { closed } from './common.ts'

const WebAddress = Type.String({ format: 'uri', pattern: '^https://', maxLength: CONTACT_LENGTHS.webUrl })

export const HelpContact = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: CONTACT_LENGTHS.name, description: 'An office or a person' }),
    helpsWith: Type.String({ minLength: 1, maxLength: CONTACT_LENGTHS.helpsWith }),
    phone: Type.Optional(Type.String({ pattern: PHONE_PATTERN })),
    email: Type.Optional(Type.String({ format: 'email', maxLength: CONTACT_LENGTHS.email })),
    webUrl: Type.Optional(WebAddress),
    hours: Type.Optional(Type.String({ maxLength: CONTACT_LENGTHS.hours, description: 'When they answer' })),
    isConfidential: Type.Boolean({ description: 'Whether they need not report what they hear' }),
  },
  closed,
)
export type HelpContact = Static<typeof HelpContact>

const Help = {
  contacts: Type.Array(HelpContact, { maxItems: 30 }),
  policyUrl: Type.Optional({ ...WebAddress, description: 'The institution\u2019s policy' }),
  emergency: Type.Optional(Type.String({ maxLength: EMERGENCY_LENGTH, description: 'Whom to call in an emergency' })),
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
