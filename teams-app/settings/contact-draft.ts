import type { HelpContact } from '../../shared/api/help.ts'
import { CONTACT_LENGTHS, PHONE_PATTERN } from '../../shared/domain/help-contact.ts'

export type ContactField = Exclude<keyof HelpContact, 'isConfidential'>
export type ContactDraft = Readonly<Record<ContactField, string>> & { readonly isConfidential: boolean }

export const NEW_CONTACT: ContactDraft = {
  name: '',
  helpsWith: '',
  phone: '',
  email: '',
  webUrl: '',
  hours: '',
  isConfidential: false,
}

/** As shown and as checked, in this order. The service checks again (shared/api/help.ts). */
export const CONTACT_FIELDS: readonly {
  readonly id: ContactField
  readonly label: string
  readonly type: 'text' | 'tel' | 'email' | 'url'
  readonly maxLength: number
  readonly isRequired?: true
  readonly hint?: string
}[] = [
  { id: 'name', label: 'Office or person', type: 'text', maxLength: CONTACT_LENGTHS.name, isRequired: true },
  {
    id: 'helpsWith',
    label: 'What they help with',
    type: 'text',
    maxLength: CONTACT_LENGTHS.helpsWith,
    isRequired: true,
  },
  { id: 'phone', label: 'Telephone', type: 'tel', maxLength: 41 },
  { id: 'email', label: 'E-mail', type: 'email', maxLength: CONTACT_LENGTHS.email },
  { id: 'webUrl', label: 'Web address', type: 'url', maxLength: CONTACT_LENGTHS.webUrl, hint: 'Begins with https://' },
  { id: 'hours', label: 'When they answer', type: 'text', maxLength: CONTACT_LENGTHS.hours },
]

export const isWebAddress = (text: string): boolean => text.startsWith('https://') && URL.canParse(text)

const PHONE = new RegExp(PHONE_PATTERN)
const FAULTS: Partial<Readonly<Record<ContactField, (text: string) => string | undefined>>> = {
  phone: (text) => (PHONE.test(text) ? undefined : 'Give digits, blanks and + - ( ) only.'),
  email: (text) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : 'Give an address such as help@hospital.org.'),
  webUrl: (text) => (isWebAddress(text) ? undefined : 'Give an address that begins with https://.'),
}

/** What is wrong with a draft, by field. */
export function contactFaults(draft: ContactDraft): ReadonlyMap<ContactField, string> {
  const faults = CONTACT_FIELDS.map(({ id, isRequired }) => {
    const text = draft[id].trim()
    return [id, text === '' ? isRequired && 'Write something here.' : FAULTS[id]?.(text)] as const
  })
  return new Map(faults.flatMap(([id, fault]) => (fault ? [[id, fault]] : [])))
}

export const draftOfContact = (contact: HelpContact): ContactDraft => ({ ...NEW_CONTACT, ...contact })

export function contactOf(draft: ContactDraft): HelpContact {
  const optional = (['phone', 'email', 'webUrl', 'hours'] as const).flatMap((id) => {
    const text = draft[id].trim()
    return text === '' ? [] : [[id, text] as const]
  })
  return {
    name: draft.name.trim(),
    helpsWith: draft.helpsWith.trim(),
    ...Object.fromEntries(optional),
    isConfidential: draft.isConfidential,
  }
}
