/** Everybody of the seeded hospital; all names are invented. Keys are used by the other files of the seed only. */
export type CastMember = {
  readonly given: string
  readonly surname: string
  readonly title: string
  readonly department: string
  readonly kind: 'resident' | 'fellow' | 'attending' | 'assistant' | 'coordinator' | 'room' | 'other'
  readonly zone?: Zone
  /** Cohort of the 4+1 rotation, 0-4: how many weeks after the first one its clinic week comes. */
  readonly cohort?: number
  readonly pgy?: number
  readonly hasMailbox?: false
}
export type Zone = 'America/New_York' | 'America/Chicago' | 'Asia/Kathmandu'

const MEDICINE = 'Internal Medicine'
const resident = (given: string, surname: string, cohort: number, pgy: number): CastMember => ({
  given,
  surname,
  cohort,
  pgy,
  department: MEDICINE,
  kind: 'resident',
  title: `Resident, PGY-${pgy}`,
})
const fellow = (given: string, surname: string, department: string, zone?: Zone): CastMember => ({
  given,
  surname,
  department,
  kind: 'fellow',
  title: `Fellow, ${department}`,
  ...(zone ? { zone } : {}),
})
const attending = (given: string, surname: string, title: string, department: string, zone?: Zone): CastMember => ({
  given,
  surname,
  department,
  title,
  kind: 'attending',
  ...(zone ? { zone } : {}),
})
const CHICAGO = 'America/Chicago'

const CAST = {
  amara: resident('Amara', 'Okonkwo-Reyes', 0, 1),
  priya: resident('Priya', 'Venkataraman', 0, 2),
  mateo: resident('Mateo', 'Quispe', 0, 3),
  hana: resident('Hana', 'Yoshikawa', 1, 1),
  tobias: resident('Tobias', 'Lindqvist', 1, 2),
  zainab: resident('Zainab', 'Farouki', 1, 3),
  callum: resident('Callum', 'Abernethy-Cho', 2, 1),
  ngozi: resident('Ngozi', 'Adeyemi-Hart', 2, 2),
  leila: resident('Leila', 'Haddadian', 2, 3),
  dmitri: resident('Dmitri', 'Volkonov', 3, 1),
  soledad: resident('Soledad', 'Ibarrola', 3, 2),
  kwabena: resident('Kwabena', 'Asante-Boadu', 3, 3),
  ingrid: resident('Ingrid', 'Thorvaldsen', 4, 1),
  jamal: resident('Jamal', 'Whitcombe', 4, 2),
  meiling: resident('Mei-Ling', 'Tsou', 4, 3),

  rohan: fellow('Rohan', 'Bhattarai', 'Cardiology'),
  elena: fellow('Elena', 'Marchetti-Diaz', 'Gastroenterology'),
  samuel: fellow('Samuel', 'Okello', 'Pulmonary and Critical Care'),
  yuki: fellow('Yuki', 'Hoshizora', 'Hematology and Oncology', CHICAGO),
  fatima: fellow('Fatima', 'Benhaddou', 'Endocrinology', CHICAGO),
  noah: fellow('Noah', 'Silberstein-Park', 'Infectious Diseases'),

  margaret: attending('Margaret', 'Osei-Lindholm', 'Clinician educator', 'General Internal Medicine'),
  daniel: attending('Daniel', 'Castellanos-Wu', 'Attending physician', 'Cardiology'),
  ruth: attending('Ruth', 'Abramowicz-Bell', 'Professor of medicine', 'Gastroenterology'),
  vikram: attending('Vikram', 'Rajasekhar', 'Hospitalist', 'Hospital Medicine'),
  catherine: attending('Catherine', 'Delacroix-Moyo', 'Surgeon', 'General Surgery'),
  anders: attending('Anders', 'Holmqvist', 'Intensivist', 'Pulmonary and Critical Care'),
  beatriz: attending('Beatriz', 'Monteverde', 'Attending physician', 'Hematology and Oncology', CHICAGO),
  thandiwe: attending('Thandiwe', 'Nkosana-Price', 'Attending physician', 'Infectious Diseases', CHICAGO),
  gareth: attending('Gareth', 'Pemberton-Ali', 'Attending physician', 'Endocrinology', CHICAGO),
  hiroshi: attending('Hiroshi', 'Tanabe-Clarke', 'Attending physician', 'Nephrology'),
  marisol: attending('Marisol', 'Echeverria-Stone', 'Obstetrician', 'Obstetrics and Gynecology'),
  farid: attending('Farid', 'Rahmanzadeh', 'Attending physician', 'General Internal Medicine'),
  aisling: attending('Aisling', 'Byrne-Nakamura', 'Attending physician', 'Palliative Medicine'),
  sunita: attending('Sunita', 'Gurung-Hale', 'Professor of medicine, on sabbatical', 'Global Health', 'Asia/Kathmandu'),
  olivia: attending('Olivia', 'Strand-Mbeki', 'Assistant professor', 'Rheumatology'),
  joaquin: attending('Joaquin', 'Villareal-Dunne', 'Assistant professor', 'Geriatrics'),

  dolores: {
    given: 'Dolores',
    surname: 'Fairweather',
    title: 'Executive assistant',
    department: MEDICINE,
    kind: 'assistant',
  },
  patrice: {
    given: 'Patrice',
    surname: 'Lemaire-Jones',
    title: 'Mentoring programme coordinator',
    department: MEDICINE,
    kind: 'coordinator',
  },
  helena: { given: 'Helena', surname: 'Vandermeer', title: 'Programme director', department: MEDICINE, kind: 'other' },
  augustus: {
    given: 'Augustus',
    surname: 'Thornbury-Nair',
    title: 'Chair of medicine',
    department: MEDICINE,
    kind: 'other',
  },
  ezekiel: {
    given: 'Ezekiel',
    surname: 'Marsh-Okafor',
    title: 'Visiting scholar',
    department: 'Global Health',
    kind: 'other',
    hasMailbox: false,
  },
  harbor: {
    given: 'Harbor',
    surname: 'Room 4B',
    title: 'Meeting room, 8 seats',
    department: 'Harbor Wing',
    kind: 'room',
  },
  quiet: { given: 'Quiet', surname: 'Room 2', title: 'Meeting room, 3 seats', department: 'Library', kind: 'room' },
} as const satisfies Record<string, CastMember>
export type CastKey = keyof typeof CAST

export const CAST_KEYS = Object.keys(CAST) as readonly CastKey[]
export const memberOf = (key: CastKey): CastMember => CAST[key]
export const zoneOf = (key: CastKey): Zone => memberOf(key).zone ?? 'America/New_York'
