import type { PatientDataFinding, Sentence } from './finding.ts'
import { conditionsIn, PATIENT, WORK } from './words.ts'

const NUMBER = String.raw`[ \-#]{0,3}[A-D]?\d{1,4}[A-Z]?(?:-\d{1,2})?\b(?!\s?(?:%|months?|weeks?|days?|nights?|hours?|beds|fellows|residents))`
/** Places where patients lie. */
const BED = new RegExp(
  String.raw`\b(?:beds?(?! \d+ ?[-\u2013] ?\d)|trauma bay|bay|cubicle|stretcher|gurney|isolette|crib|resus|L&D|(?:M|S|N|P|CV|CT|Neuro)?ICU|CCU|PACU|(?:ED|ER) (?:room|bed|bay))${NUMBER}`,
  'gi',
)
/** A ward's own code with a bed: 7W-14, 8-South 12. */
const WARD_BED = /\b\d{1,2}[NSEW]-?\d{1,3}\b|\b\d{1,2}[- ]?(?:north|south|east|west) \d{1,3}\b/gi
/** Rooms are for meetings too. */
const ROOM = new RegExp(String.raw`\b(?:room|rm\.?|ward|theatre|triage)${NUMBER}`, 'gi')
const FAMILY_MEETING = /\bfamily (?:meetings?|conferences?|talks?)\b/gi
const MEETING_PLACE = /\b(?:conference|class|meeting|lecture|seminar|call|resident|sim\w*|skills?|exam|break) ?room\b/i
/** How far apart the two may stand, in characters. */
const REACH = 90

/** Beds and rooms named together with a condition. */
export function findBedsWithCondition({ text, offset }: Sentence): PatientDataFinding[] {
  const conditions = conditionsIn(text)
  if (conditions.length === 0) return []
  const plain = text.replaceAll(FAMILY_MEETING, '')
  const isWork = WORK.test(plain)
  const isPatient = PATIENT.test(plain)
  const beds = [...text.matchAll(BED), ...text.matchAll(WARD_BED)]
  const rooms = isWork && !isPatient ? [] : [...text.matchAll(ROOM)]
  if (MEETING_PLACE.test(text)) rooms.length = 0
  const places = isWork && !isPatient && /\bsim|skills lab|simulation/i.test(text) ? [] : [...beds, ...rooms]
  return places.flatMap(({ 0: place, index }) => {
    const near = conditions.find(({ start, end }) => start - (index + place.length) < REACH && index - end < REACH)
    if (!near) return []
    const start = Math.min(index, near.start)
    const end = Math.max(index + place.length, near.end)
    return [{ kind: 'bed-with-condition' as const, start: offset + start, end: offset + end }]
  })
}
