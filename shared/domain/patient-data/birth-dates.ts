import { findMatches, type PatientDataFinding, type Sentence } from './finding.ts'

const MONTH = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
const DAY = String.raw`\d{1,2}(?:st|nd|rd|th)?`
const YEAR = String.raw`(?:(?:19|20)\d{2}|['\u2019]\d{2})`
/** A day with its year, in the ways people write it. */
const DATE = [
  String.raw`\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{2,4}`,
  String.raw`(?:19|20)\d{2}[/.\-]\d{1,2}[/.\-]\d{1,2}`,
  String.raw`(?:the )?${DAY}(?: of)?[ \-]${MONTH},?[ \-]${YEAR}`,
  `${MONTH} ${DAY},? ${YEAR}`,
  `${YEAR},? ${MONTH} ${DAY}`,
].join('|')

const LABELLED = new RegExp(
  String.raw`\b(?:d\.?\s?o\.?\s?bs?\b\.?|date of birth|birth ?-?date|birthday|born|b\.)[^.\d]{0,20}?(?:${DATE})`,
  'gi',
)
const DATE_FIRST = new RegExp(
  String.raw`\b(?:${DATE})\s?\(?(?:(?:was|is) (?:the |his |her |their )?)?(?:d\.?o\.?b\b\.?|date of birth|[-– ]?born\b)`,
  'gi',
)
/** Somebody by title and initial with a date of long ago. */
const TITLED = new RegExp(String.raw`\b(?:Mr|Mrs|Ms|Miss)\.? \p{Lu}[\p{L}.]*,? \(?(?:${DATE})`, 'gu')
/** The writer's own people may have birthdays. */
const OWN_FAMILY =
  /\b(?:my|our)\s(?:(?!clinic|patient|continuity|icu|nicu|picu)\w+\s){0,2}(?:daughter|son|child|children|baby|babies|twins?|kids?|wife|husband|partner|spouse|mother|father|mom|mum|dad|parents?|sister|brother|niece|nephew|grand\w+|aunt|uncle|cousin)\b|\bI was born\b/i
const OWN_BIRTH = /\b(?:my (?:own )?(?:birthday|date of birth|dob))\b/i

/** Dates of birth. */
export function findBirthDates(sentence: Sentence): PatientDataFinding[] {
  if (OWN_FAMILY.test(sentence.text) || OWN_BIRTH.test(sentence.text)) return []
  return [LABELLED, DATE_FIRST, TITLED].flatMap((pattern) => findMatches('birth-date', sentence, pattern))
}
