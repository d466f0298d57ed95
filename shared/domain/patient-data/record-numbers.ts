import { findMatches, type PatientDataFinding, type Sentence } from './finding.ts'

/** What stands between a label and its number: "number", "no.", "ID", "#", ":", "is". */
const BETWEEN = String.raw`\s*(?:(?:numbers?|nos?|nr|num|id|is|was|ending)\b\.?\s*){0,3}[:=#,\-]*\s*(?:\((?:[A-Z]{2,5} )?)?`
/** A number right here, grouped or not, with letters of a prefix or check code. */
const NUMBER =
  /(?:[A-Z]{1,3}-?)?\d[\dA-Z]{0,14}(?:[ .\-/](?:[A-Z]{1,2}-)?[\dA-Z]{0,10}\d[\dA-Z]{0,10}){0,6}(?: [A-Z]{1,2}\b)?/y

/** Labels that mean a patient's record whatever follows. */
const LABELS = [
  String.raw`m\.?\s?r\.?\s?n(?:s|\b)\.?`,
  'mr(?=\\s?#)',
  'med(?:ical)?\\.? rec(?:ord)?s?',
  'chart',
  'patient',
  'pts?\\.?',
  'case(?= (?:number|no))',
  'hosp(?:ital)?\\.?(?= (?:number|no|id))',
  'record(?= (?:number|no|id|#))',
  'policy(?= (?:number|no|id))',
  'identifier',
  'district(?= (?:number|no))',
  '(?:lab|sample|specimen)(?: (?=no|number|#|id))',
  'nhi',
  'urn?',
  'emr',
  'unit(?= (?:number|no))',
  'account(?= (?:number|no))',
  'encounter(?: (?=number|no|id|#))?',
  'visit(?= (?:number|no|id))',
  'accession(?: (?=number|no|#))?',
  'nhs',
  'chi(?= (?:number|no))',
  'health (?:card|insurance)',
  'medic(?:are|aid)',
  'insurance(?= (?:number|no|id))',
  'member(?= (?:number|no|id))',
  'csn',
  'ssn',
  'social security',
]
const LABEL = new RegExp(String.raw`\b(?:${LABELS.join('|')})${BETWEEN}`, 'gi')
/** Upper case only: "fin" is a word. */
const FINANCIAL_NUMBER = /\b(?:FIN|HAR|EMPI)\b[\s:#]*\d{6,}/g
/** Social security number; Medicare beneficiary identifier (CMS, "MBI format"). */
const BARE = /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])|\b[1-9][A-Z][A-Z\d]\d-?[A-Z][A-Z\d]\d-?[A-Z]{2}\d{2}\b/g

/** The number first: "7781203 MRN". */
const NUMBER_FIRST =
  /\b\d[\d-]{4,12}\b\D{0,25}\b(?:MRN|mrn|medical record)\b|\b(?:MRN|mrn)\b\D{0,60}\b\d{6,10}\b|\bCHI\b[\s:#]{1,3}\d{10}\b/g
/** Specimens: "pathology S21-44871". */
const SPECIMEN =
  /\b(?:path(?:ology)?|specimen|biopsy|slides?|cytology|accession)\b[^\dA-Z]{0,20}[A-Z]{1,3}-?\d{2}[-/]\d{3,6}\b/gi
/** Stays of which the number is long enough to need no other word. */
const STAY = /\b(?:visit|encounter|admission|account)\b[\s:#]{1,3}\d{8,12}\b/gi
/** Any long number beside the word for a patient, but for sums and counts. */
const BESIDE_PATIENT =
  /\b(?:patient(?! (?:safety|experience|education|advocacy|care|satisfaction))|pt|inpatient|his chart|her chart)\b\D{0,40}(?<![$€£/.-])\b(?!\d*000\b)\d{6,10}\b(?! ?(?:%|patients|dollars|admissions))/gi

const DIGITS_MIN = 5
const DATE = /^\d{1,2}\/\d{1,2}\/\d{2,4}$/

/** Numbers of patients' records, stays, specimens and insurance. */
export function findRecordNumbers(sentence: Sentence): PatientDataFinding[] {
  const bare = [FINANCIAL_NUMBER, BARE, NUMBER_FIRST, SPECIMEN, STAY, BESIDE_PATIENT].flatMap((pattern) =>
    findMatches('record-number', sentence, pattern),
  )
  return [...labelledNumbers(sentence), ...bare]
}

function labelledNumbers({ text, offset }: Sentence): PatientDataFinding[] {
  return [...text.matchAll(LABEL)].flatMap(({ 0: label, index }) => {
    NUMBER.lastIndex = index + label.length
    const [number] = NUMBER.exec(text) ?? []
    if (number === undefined || DATE.test(number) || number.replace(/\D/g, '').length < DIGITS_MIN) return []
    const start = offset + index
    return [{ kind: 'record-number' as const, start, end: start + label.length + number.length }]
  })
}
