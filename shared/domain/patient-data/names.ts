import type { PatientDataFinding, Sentence } from './finding.ts'
import { conditionsIn, type Span, WORK } from './words.ts'

const TITLED =
  /\b(?:Mr|Mrs|Ms|Miss|Mx|Mister|Baby|Master)\b\.? (?:\p{Lu}\. ?)?\p{Lu}[\p{L}'\u2019-]+(?: \p{Lu}[\p{L}'\u2019-]+)?/gu
/** Typed without capitals; a full stop or a title that is no other word tells it from "ms teams". */
const TITLED_IN_LOWER_CASE = /\b(?:mr\.?|mrs\.?|ms\.) [a-z][a-z'\u2019-]{2,}/g
const CAPITALIZED = String.raw`\p{Lu}(?:[\p{L}]|['\u2019-](?=\p{L}))+`
const INITIAL = String.raw`\p{Lu}\.?`
const RUN = new RegExp(
  `${CAPITALIZED}(?: (?:${INITIAL} )?(?:(?:van|von|de|del|della|der|bin|al|el|la|le|da|dos|di) ){0,2}${CAPITALIZED})+`,
  'gu',
)
/** "patient Eleanor Whitby", "robert delgado pt of mine": known as a patient in so many words. */
const NAMED_PATIENT = new RegExp(
  String.raw`\b(?:patient|pt)\.?,? (?:named |called )?(?:${CAPITALIZED} ${CAPITALIZED})`,
  'giu',
)
const PATIENT_AFTER =
  /(?:^|[\s,])(\p{L}[\p{L}'\u2019-]+ \p{L}[\p{L}'\u2019-]+),? (?:is |was )?(?:an? |my |our )?(?:(?:old|new|clinic|continuity|former|recent) )?(?:pt|patient)\b(?: of (?:mine|ours)|,)/giu

/** Capitalized words that are no part of a person's name: a sentence's first verb, places, things, days, subjects. */
const NOT_A_NAME = new Set(
  `
  a about above academic after again all also am american an and annals april apply are as ask asked asking
  association at august aunt austin autumn back be because been before bedside behind being between big board book
  both boston breaking brigham british bring budget but by call called can career case cases cc center centre
  chair chapter chart chief child children choose city clinic clinical code coded college committee compare
  complete conference congress consent consider contact continue could course create cv day dean dear debrief
  december decide department develop dinner director discuss discussed division do does doing done dr draft during
  each early edit email emergency english epic european evening everything examine explain family february
  feedback fellow fellowship find finish first fix follow for foundation four friday from fund general get give go
  goal goals good got grand grant great group had has have he health heart her help here him his home hospital how
  i icu if in institute internal international into introduce invite is it january join journal july june just
  keep king lab last lead leadership learn learning let letter liaise like list long look lunch lung make march
  may me med medical medicine meet meeting mentor mentors mentee monday money more morning most my national need
  needs neurology new next night no nobody not november now nurse october of off on oncology one only or order
  other our out outpatient over palliative paper pediatric pediatrics people pick plan planning please poster
  practice practise prepare present presented president prof professor program programme project promotion
  protected publish qi quality question questions read reading reflect register remember reply report request
  research residency resident residents resubmit review revise rounds rural saturday saw say school schedule
  section see send september set share she should show since sit society some speak spring st start state still
  stop study submit summer sunday support surgery take talk talking teach teaching team tell telling text thank
  thanks that the their them then there these they think this three through thursday tie time to today told
  tomorrow training trauma trial try tuesday two uncle under unit university until up update use using veterans
  visit volunteer want was watch we wednesday week what when where which who why will winter with women work
  working workshop would write writing year yesterday york you young your zoom
  `
    .trim()
    .split(/\s+/),
)
/** Sentence words that end a name all the same, after a first name. */
const SURNAMES_TOO = new Set(
  'grant may king young long day case english winter summer spring march summers hope'.split(' '),
)
const INSTITUTION =
  /^(?:hospital|university|clinic|medical|center|centre|institute|school|foundation|society|college|department|health|system|general|memorial|children|cancer|fund|award|prize|association|committee|campus|hall|building|fellowship|scholar|lecture|programme?|journal)s?\b/i
const COLLEAGUE_BEFORE =
  /(?:\b(?:dr|prof|professor|doctor|nurse|dean|chief|chair|attending|fellow|resident|intern|mentor|colleague|co-?author|author|supervisor|coordinator|assistant)s?\.?,? )$/i
const COLLEAGUE_AFTER =
  /^,? ?\(?(?:MD|DO|RN|PhD|MPH|NP|PA|PA-C|MBBS|FRCP|PharmD|MSc)\b|^,? (?:our|the|my) (?:chief|dean|chair|attending|fellow|resident|intern|mentor|director|program|programme|nurse|section|vice|statistician)\b|^ (?:from|in|at) (?:IT|HR|the dean)/
/** Asking somebody about a condition is asking a colleague. */
const ASKED =
  /\b(?:ask|asked|asking|talk(?:ed|ing)? (?:to|with)|speak (?:to|with)|spoke (?:to|with)|writ(?:e|ten|ing) to|wrote to|e-?mail(?:ed)?|meet(?:ing)?(?: with)?|met(?: with)?|read(?:ing)?|follow(?:ing)?|shadow(?:ing)?|contact(?:ed)?|learn(?:ed|ing)? from|work(?:ing|ed)? with|coffee with|lunch with|dinner with|cc|invite[d]?|join(?:ed|ing)?|thank|hear|heard|paper with|with)\s$/i
const ABOUT = /^,? ?(?:about|on|regarding|re:?|for)\b/i
/** Where somebody was seen is no subject of work. */
const SEEN_IN_CLINIC = /\b(?:in|from|to) (?:my |our |the )?(?:continuity |resident )?clinic\b/gi
/** How far apart the two may stand, in characters. */
const FAR = 70

/** Names of people together with a condition, or called a patient. */
export function findNamesWithDiagnosis({ text, offset }: Sentence): PatientDataFinding[] {
  const conditions = conditionsIn(text)
  const named = namesIn(text, conditions).flatMap((name) => {
    const condition = conditions.find((one) => isLinked(text, name, one))
    return condition ? [join(name, condition)] : []
  })
  const called = [
    ...[...text.matchAll(NAMED_PATIENT)].map(({ 0: match, index }) => ({ start: index, end: index + match.length })),
    ...[...text.matchAll(PATIENT_AFTER)].map(({ 0: match, index }) => ({ start: index, end: index + match.length })),
  ].filter(
    ({ start, end }) =>
      namesIn(text.slice(start, end), []).length > 0 || /^[\s,]?\p{Ll}+ \p{Ll}+,? pt of/u.test(text.slice(start, end)),
  )
  return [...named, ...called].map(({ start, end }) => ({
    kind: 'name-with-diagnosis',
    start: start + offset,
    end: end + offset,
  }))
}

const join = (a: Span, b: Span): Span => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) })

/** People named in a sentence, but for colleagues by title. */
function namesIn(text: string, conditions: readonly Span[]): Span[] {
  const titled = [...text.matchAll(TITLED), ...text.matchAll(TITLED_IN_LOWER_CASE)].map(({ 0: match, index }) =>
    spanOf(match, index),
  )
  const full = [...text.matchAll(RUN)].flatMap(({ 0: run, index }) => nameInRun(run, index, conditions))
  return [...titled, ...full].filter(
    ({ start, end }) => !COLLEAGUE_BEFORE.test(text.slice(0, start)) && !COLLEAGUE_AFTER.test(text.slice(end)),
  )
}

/** Without the possessive ending. */
function spanOf(match: string, index: number): Span {
  return { start: index, end: index + match.replace(/['\u2019]s$/, '').length }
}

const plain = (word: string) => word.toLowerCase().replace(/['\u2019]s$/, '')

/** The person in a run of capitalized words: what is left when sentence words fall away; nothing where a thing is named. */
function nameInRun(run: string, index: number, conditions: readonly Span[]): Span[] {
  const words = [...run.matchAll(/[^ ]+/g)].map(({ 0: word, index: at }) => ({
    word,
    start: index + at,
    end: index + at + word.length,
  }))
  if (words.slice(1).some(({ word }) => INSTITUTION.test(word))) return []
  const kept = words.filter(
    ({ word, start, end }, place) =>
      (!NOT_A_NAME.has(plain(word)) || (place > 0 && place === words.length - 1 && SURNAMES_TOO.has(plain(word)))) &&
      !/^\p{Lu}{2,}s?$/u.test(word) &&
      !conditions.some((one) => one.start < end && start < one.end),
  )
  const [first] = kept
  const last = kept.at(-1)
  if (!first || !last || kept.length < 2) return []
  return [spanOf(run.slice(first.start - index, last.end - index), first.start)]
}

const CONDITION_FIRST =
  /^[^,;]{0,40}\b(?:of|in|for|on|to)\s+(?:our |my |old |young )?$|^(?: [\w']+){0,3}(?: was| is|:|,| -| \u2013)\s+$|^ (?:positive|since)[^.;]{0,25},\s$/i

/** Whoever is seen, examined or looked after is a patient. */
const CARED_FOR =
  /\b(?:see|saw|seen|seeing|examin\w+|consent\w*|clerk\w*|admitt\w+|discharg\w+|looked after|looking after|caring for|cared for|treat\w*|round(?:ed|ing)? on|(?:CT|MRI|scan|ECG|EKG|biopsy|X-ray|labs|smear|echo) (?:of|on|for)) (?:the |our |my )?$/i

function isLinked(text: string, name: Span, condition: Span): boolean {
  const isAfter = condition.start >= name.end
  const between = (isAfter ? text.slice(name.end, condition.start) : text.slice(condition.end, name.start)).replace(
    SEEN_IN_CLINIC,
    '',
  )
  if (between.length > FAR || WORK.test(between)) return false
  const following =
    text
      .slice(condition.end)
      .replace(SEEN_IN_CLINIC, '')
      .split(/[,;:(]/)[0] ?? ''
  if (WORK.test(following.trim().split(/\s+/).slice(0, 2).join(' '))) return false
  const before = text.slice(Math.max(0, name.start - 40), name.start)
  if (CARED_FOR.test(before)) return true
  // Whose it is was said.
  if (isAfter && /\b(?:his|her)\s(?:\S+\s)?$/.test(between)) return true
  if (isAfter) return !(ASKED.test(before) && (ABOUT.test(between) || WORK.test(text)))
  // "the colon cancer of Peter Novak": the condition first, then whose it is.
  return CONDITION_FIRST.test(between) && !WORK.test(text.slice(0, condition.start))
}
