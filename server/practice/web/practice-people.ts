import type { PracticePerson } from './practice-api.ts'

/** The parts that people play here, in the order in which the switcher lists them. */
const PARTS = [
  { name: 'Residents and fellows', kinds: ['resident', 'fellow'] },
  { name: 'Attendings', kinds: ['attending'] },
  { name: 'Assistants', kinds: ['assistant'] },
  { name: 'Coordinators', kinds: ['coordinator'] },
  { name: 'Others', kinds: ['other'] },
] as const satisfies readonly { readonly name: string; readonly kinds: readonly PracticePerson['kind'][] }[]

/** People by part; rooms sign in nowhere and are left out. */
export function groupPeople(people: readonly PracticePerson[]) {
  return PARTS.map(({ name, kinds }) => ({
    name,
    people: people.filter(({ kind }) => kinds.some((known) => known === kind)),
  })).filter((part) => part.people.length > 0)
}

/** The seeded resident whose series nobody has booked yet: a newcomer starts as her. */
const NEWCOMER = 'priya.venkataraman@'

/** The part that a page is made for. */
export type FirstPart = 'resident' | 'coordinator'

/** Who the page shows: whoever was chosen, else the one whom it is made for. */
export function choosePerson(
  people: readonly PracticePerson[],
  userPrincipalName: string | undefined,
  startAs: FirstPart,
): PracticePerson | undefined {
  const wanted = userPrincipalName?.toLowerCase()
  return (
    people.find((person) => person.userPrincipalName.toLowerCase() === wanted) ??
    people.find((person) => startAs === 'resident' && person.userPrincipalName.startsWith(NEWCOMER)) ??
    people.find(({ kind }) => kind === startAs) ??
    people.find(({ kind }) => kind !== 'room')
  )
}

/** What a newcomer is told about whom they look through the eyes of, and what that person would do first. */
export function introduce({ displayName, jobTitle, kind }: PracticePerson): {
  readonly who: string
  readonly todo: string
} {
  const part = inSentence(jobTitle)
  const name = PHYSICIANS.includes(kind) ? `Dr. ${displayName}` : displayName
  const who = `You are ${name}, ${articleFor(part)} ${part}.`
  switch (kind) {
    case 'resident':
    case 'fellow':
      return { who, todo: 'Book your mentoring series.' }
    case 'attending':
      return { who, todo: 'Open a mentoring meeting in your calendar, or book a series with a mentee.' }
    case 'assistant':
      return { who, todo: 'Book a mentoring series for somebody whose calendar you manage.' }
    case 'coordinator':
      return { who, todo: 'See in Teams which pairs have dates and which have none.' }
    default:
      return { who, todo: 'Look around, or book a mentoring series.' }
  }
}

/** "a PGY-2 resident", "an attending", "a urology fellow". */
function articleFor(title: string): string {
  return /^(a(?!\s)|e|i|o(?!ne)|u(?!ni|ro))/i.test(title) ? 'an' : 'a'
}

const PHYSICIANS: readonly PracticePerson['kind'][] = ['resident', 'fellow', 'attending']

/** "Attending physician" within a sentence; "Resident, PGY-2" becomes "PGY-2 resident". */
function inSentence(title: string): string {
  const [part = '', detail] = title.split(', ')
  const isTrainee = /^(resident|fellow)$/i.test(part)
  const words = isTrainee && detail !== undefined ? `${lowered(detail)} ${part}` : title
  return lowered(words)
}

/** Ordinary words in lower case; abbreviations such as PGY stay. */
const lowered = (text: string): string => text.replaceAll(/\b[A-Z][a-z]+/g, (word) => word.toLowerCase())

/** Whose an address is, for the mails of a department; the address itself for anybody else's. */
export function nameIn(people: readonly PracticePerson[]): (address: string) => string {
  const names = new Map(people.map(({ mail, displayName }) => [mail.toLowerCase(), displayName]))
  return (address) => names.get(address.toLowerCase()) ?? address
}
