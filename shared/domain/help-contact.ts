/** What a programme's contacts may hold, in characters; for the API, and for the form that says so sooner. */
export const CONTACT_LENGTHS = { name: 200, helpsWith: 500, email: 254, webUrl: 500, hours: 200 } as const
/** Whom to call in an emergency. */
export const EMERGENCY_LENGTH = 500
/** Digits, blanks and + - ( ) . in any country's order. */
export const PHONE_PATTERN = '^[+0-9][-+0-9 ().]{2,40}$'
