import type { PatientDataFinding, Sentence } from './finding.ts'
import { conditionsIn, PATIENT, type Span, WORK } from './words.ts'

const NUMBER = String.raw`[ \-#]{0,3}(?:[A-D]?\d{1,4}[A-Z]?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)(?:-\d{1,2})?\b(?!\s?(?:%|months?|weeks?|days?|nights?|hours?|beds|fellows|residents))`
/** Places where patients lie. */
const BED = new RegExp(
  String.raw`\b(?:beds?(?! \d+ ?[-\u2013] ?\d)|trauma bay|bay|cubicle|stretcher|gurney|isolette|crib|resus|L&D|bed ?space|dialysis chair|spot|slot|(?:M|S|N|P|CV|CT|Neuro)?ICU|CCU|PACU|(?:ED|ER) (?:room|bed|bay))${NUMBER}`,
  'gi',
)
/** A ward's own code with a bed: 7W-14, 8-South 12. */
const WARD_BED =
  /\b\d{1,2}[NSEW]-?\d{1,3}\b|\b\d{3,4}-[A-D]\b|\bbay [A-F]\b|\b\d{1,2}[- ]?(?:north|south|east|west) \d{1,3}\b/gi
/** Rooms are for meetings too. */
const ROOM = new RegExp(String.raw`\b(?:room|rm\.?|ward|theatre|triage)${NUMBER}`, 'gi')
const FAMILY_MEETING = /\bfamily (?:meetings?|conferences?|talks?)\b/gi
const MEETING_PLACE = /\b(?:conference|class|meeting|lecture|seminar|call|resident|sim\w*|skills?|exam|break) ?room\b/i
/** How far apart the two may stand, in characters. */
const REACH = 90
/** Nearer than this, the two belong together whatever else the sentence is about. */
const BESIDE = 24

/** Beds and rooms named together with a condition. */
export function findBedsWithCondition({ text, offset }: Sentence): PatientDataFinding[] {
  const conditions = conditionsIn(text)
  if (conditions.length === 0) return []
  const plain = text.replaceAll(FAMILY_MEETING, '')
  const isWork = WORK.test(plain) && !PATIENT.test(plain)
  const isSimulated = isWork && /\bsim|skills lab|simulation/i.test(text)
  const beds = isSimulated ? [] : [...text.matchAll(BED), ...text.matchAll(WARD_BED)]
  const rooms = isSimulated || MEETING_PLACE.test(text) ? [] : [...text.matchAll(ROOM)]
  const near = (place: Span) =>
    conditions.find(({ start, end }) => start - place.end < REACH && place.start - end < REACH)
  const found = [
    ...beds.map(spanOf).map((place) => ({ place, condition: near(place) })),
    ...rooms.map(spanOf).map((place) => ({
      place,
      condition: isWork ? conditions.find((one) => isBeside(text, place, one)) : near(place),
    })),
  ]
  return found.flatMap(({ place, condition }) => {
    if (!condition) return []
    const start = Math.min(place.start, condition.start)
    const end = Math.max(place.end, condition.end)
    return [{ kind: 'bed-with-condition' as const, start: offset + start, end: offset + end }]
  })
}

const spanOf = ({ 0: match, index }: RegExpExecArray): Span => ({ start: index, end: index + match.length })

/** A room right beside a condition that is no subject of work: "rm 2208, new AML". */
function isBeside(text: string, place: Span, condition: Span): boolean {
  const isAfter = condition.start >= place.end
  const between = isAfter ? text.slice(place.end, condition.start) : text.slice(condition.end, place.start)
  if (between.length > BESIDE || WORK.test(between) || /\b(?:for|about|on|re|at)\b/i.test(between)) return false
  const following = text.slice(condition.end).trim().split(/\s+/).slice(0, 2).join(' ')
  return !WORK.test(following)
}
