const LIST = new Intl.ListFormat('en', { type: 'conjunction' })

/** "Dr A, Dr B, and Dr C". */
export const listText = (parts: readonly string[]): string => LIST.format(parts)
