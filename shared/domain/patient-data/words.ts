/** One alternative of a pattern after another, with "|" between or a new line. */
function alternatives(text: string): string {
  return text
    .trim()
    .split(/\|?\s*\n\s*/)
    .join('|')
}

/** Conditions as people write them; stems where endings vary. Any case. */
const CONDITION_STEMS = alternatives(String.raw`
  cancer|carcinoma|melanoma|lymphoma|leuka?emi|sarcoma|myeloma|glioma|glioblastoma|tumou?r|metasta|malignan
  pneumonia|pneumothora|pleural effusion|empyema|asthma|emphysema|cystic fibrosis|pulmonary fibrosis
  respiratory failure|hypoxi|bronchiolitis|croup|sepsis|septic|bactera?emia|endocarditis|osteomyelitis
  cellulitis|abscess|meningitis|encephal|tuberculosis|syphilis|malaria|covid|influenza|necroti[sz]ing
  gangrene|c\.? ?diff|strokes?|brain bleed|seizure|epilep|dementia|alzheimer|parkinson|delirium|delirious
  multiple sclerosis|guillain|concussion|coma|comatose|paralys|paraplegi|quadriplegi|heart failure
  heart attack|cardiac arrest|cardiogenic|myocardi|infarct|isch[ae]+mi|angina|arrhythmi|a-?fib\b|atrial fib
  heart block|tamponade|dissection|aneurysm|embol|thrombos|dvt|chest pain|syncope|hypertensi|hypotensi
  cardiomyopath|pericarditis|myocarditis|diabet|ketoacidosis|hypoglyca?emi|hyperglyca?emi|thyrotoxicosis
  thyroid storm|myx?o?edema|addison|cushing|obesity|cirrho|hepatitis|liver failure|jaundice|pancreatitis
  appendicitis|appendix|cholecystitis|cholangitis|diverticulitis|colitis|crohn|ulcers?\b|bleeds?\b|bleeding
  ha?emorrhag|varice|ileus|bowel obstruction|obstruction|perforat|hernia|volvulus|ischemic gut|kidney failure
  kidney stone|renal failure|kidney injury|nephritis|nephrotic|dialysis|hyperkala?emi|hypokala?emi
  hyponatra?emi|hypernatra?emi|urinary retention|pyelonephritis|rhabdo|lupus|vasculitis|arthritis|gout
  sarcoid|scleroderma|psoriasis|eczema|anaphyla|fractures?|dislocat|compartment syndrome|amputat|spinal cord
  burns\b|gunshot|stab wound|stabbing|polytrauma|head injury|subdural|epidural h|subarachnoid
  depressi(?:on|ve)|depressed|suicid|overdos|schizophren|bipolar|psychosis|psychotic|anorexia|bulimia
  alcohol withdrawal|alcoholi|addict|opioid use|autis|panic disorder|self-harm|miscarr|pre-?eclampsi|eclampsi
  ectopic|stillb|abruption|placenta|preterm|postpartum h|shoulder dystocia|\d{2}-?weeker|gastroschisis
  necrotising|failure to thrive|bronchopulmonary|ana?emi|sickle|neutropeni|thrombocytopeni
  transfusion reaction|ha?emophili|glaucoma|retinal detachment|cataract|shock\b|intubat|chemo|radiotherapy
  hospice|wound infection|pressure (?:sore|ulcer)|withdrawal|poisoning|hiv|aids|migraine|shingles|scabies
  hyperemesis|transplant rejection|organ failure|goitre|goiter|endometriosis|fibroids?|(?:re-?)?bled|arrested|hypothyroid|hyperthyroid|cord compression|short gut|stopping tpn|takotsubo|stenosis|down'?s? syndrome|spina bifida|cerebral palsy|lithium tox|ketotic|febrile|abuse|assault|crisis|cleft|stones?\b|polyps?\b|relaps|miscarried|seized|gangren|rupture|colon ca\b|breast ca\b|lung ca\b|prostate ca\b
`)
/** Abbreviations, upper case only: many are words or initials otherwise. */
const CONDITION_ABBREVIATIONS = alternatives(`
  CHF|HFrEF|HFpEF|COPD|DKA|HHS|MI|STEMI|NSTEMI|ACS|PE|DVT|VTE|GIB|UGIB|ARDS|AML|CLL|CML|ALL
  DLBCL|HCC|RCC|NSCLC|ALS|NEC|UTI|TB|CVA|TIA|AKI|ESRD|CKD|SLE|IBD
  UC|AFib|AF|SVT|VT|VF|PTSD|OCD|DIC|TTP|HUS|HLH|GBS|RSV|BPD|SBO|SAH|ICH|SDH|AAA|IVH|PDA|PJP|PCP pneumonia|MRSA|VRE|CAP|HAP|SIADH|PCOS|DCIS|IBS|CAD|AVM|HOCM|ITP|MDS|NPH|PSP|SJS|DMD|SMA|ROP|GDM|OSA|CRPS|EDS|POTS|PMR|GCA|IPF|ILD|
  VSD|TOF|HLHS|STI|PID|SCLC|GIST|MGUS|CML|BPH|LVAD|TAVR|ESBL|PSVT|HFMD|NMS|IUFD|DTs?|HELLP|PPH|IUGR|GERD|NASH|MS|RA|CF|PAD|TBI|SCI|BiPAP|ECMO|GVHD
`)

const CONDITIONS = new RegExp(String.raw`\b(?:${CONDITION_STEMS})[a-z]*`, 'gi')
/** What diseases are named with, after a stem long enough to be one. */
const ENDINGS = new RegExp(
  String.raw`\b(?!(?:${alternatives(`
  diagnosis|prognosis|misdiagnosis|hypnosis|osmosis|symbiosis|metamorphosis|diploma|aroma|oklahoma|tacoma|sonoma|empathy|sympathy|
  apathy|anastomosis|telepathy|osteopathy|homeopathy|academia|bohemia|nostalgia|manchuria|trophy|chromosome|emphasis|genesis|analysis
`)})\b)[a-z]{3,}(?:itis|osis|aemia|emia|oma|pathy|plegia|paresis|trophy|rrhage|rrh?o?ea|ectasis|penia|cytosis|algia|phasia|megaly|lithiasis|sclerosis|philia|uria|phylaxis|thorax|coccal|dystocia|natremia|kalemia|ptysis|rrhexis)\b`,
  'gi',
)
const ABBREVIATIONS = new RegExp(String.raw`\b(?:${CONDITION_ABBREVIATIONS})\b`, 'g')

export type Span = { readonly start: number; readonly end: number }

/** Conditions named in a sentence, by their place. */
export function conditionsIn(text: string): Span[] {
  return [CONDITIONS, ENDINGS, ABBREVIATIONS]
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map(({ 0: match, index }) => ({ start: index, end: index + match.length }))
}

/** What says that a condition is a subject of work rather than somebody's: research, teaching, services, careers. */
const WORK_WORDS = alternatives(String.raw`
  abstracts?|academy|accreditation|aims?|alerts?|app\b|article|audits?|authors?|awards?|board|book|bundle
  campaign|card|cases? series|cent(?:er|re)|chair|chapters?|charts? review|checklist|chief|class|clinics?\b
  cohorts?|collaborat\w*|committee|conference|consortium|consultant|course|curricul\w*|data|database|dataset
  department|didactics|director|division|doctor|drafts?|education\w*|elective|exam|expert|faculty
  fellow(?:s|ship)?|findings|foundation|funding|grand rounds|grants?|group|guidelines?|handbook|initiative
  institute|interest|interviews?|investigators?|job|journal|k ?award|lab\b|labs\b|lead\b|lecture(?:ship)?|sp(?:oke|eaks) (?:about|on|at)|leads|letter
  line of|literature|manuscript|mechanisms|meeting|meta-analysis|model|module|network|nurse|paper|panel
  pathway|pilot|plenary|podcast|policy|position|posters?|practice|presentation|presents (?:her|his|their)
  prevention|programm?e?|project|projects|proposal|protocol|publish\w*|publication|qi|quality improvement
  questionnaire|r01|r21|r03|k23|k08|registry|registr\w*|reports?|research\w*|resource|response|retreat
  reviewer|reviews?|rotation|school|screening|section|seminar|service|sessions?|sim\b|simulat\w*|skills
  slides|society|specialist|statistic\w*|students?|stud(?:y|ies|ied)|submi\w*|survey|symposium|systematic
  talks?\b|talked|task force|taught|teach\w*|teams?|template|textbook|thesis|toolkit|topic|training|trials?
  unit\b|vignette|webinar|workshop|writ(?:e|es|ing) (?:about|on|up)|wrote the|quiz|image|order set|care\b
  experience of teaching|biostat\w*|biology|genetics|epidemiology|biomarker|imaging|outcomes
`)
export const WORK = new RegExp(String.raw`\b(?:${WORK_WORDS})\b`, 'i')

/** What says that somebody is being cared for. */
export const PATIENT =
  /\b(?:patients?(?! (?:safety|experience|education|advocacy|care|satisfaction))|pts?|admitted|readmitted|discharged|transferred|bounced back|died|coded|intubated|on my (?:shift|watch|night|service)|his|her|she|he|lady|gentleman|\d{2} ?-?(?:y\/?o|yo|year-old|f|m)\b)\b/i
