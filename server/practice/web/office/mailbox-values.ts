export const CoercionType = { Text: 'text', Html: 'html' } as const

/**
 * Exchange's own spelling of an id may hold `/` and `+`; the REST spelling must not, because it stands in addresses.
 * Office docs: "Use the Outlook REST APIs from an Outlook add-in", item ids.
 */
export const toEwsId = (restId: string): string => restId.replaceAll('-', '/').replaceAll('_', '+')
export const toRestId = (ewsId: string): string => ewsId.replaceAll('/', '-').replaceAll('+', '_')
