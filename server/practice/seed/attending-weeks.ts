import type { CastKey } from './cast.ts'

/** A half-day or day of the week, 1 = Monday; `code` as the schedule system calls it. */
export type WeeklyDuty = {
  readonly weekday: number
  readonly code: string
  readonly everyWeeks?: number
  readonly offset?: number
}
export type AttendingWeek = {
  readonly weekly: readonly WeeklyDuty[]
  /** Whole weeks of another duty, Monday to Sunday, every so many weeks. */
  readonly service?: { readonly code: string; readonly everyWeeks: number; readonly offset: number }
  /** Nights with hours of their own, 17:00 to 07:00. */
  readonly calls?: readonly WeeklyDuty[]
  /** `dated`: one entry per day, without a zone (QGenda, Amion). `recurring`: rules in a zone (Outlook). */
  readonly form: 'dated' | 'recurring'
}

const clinic = (name: string, ...halfDays: readonly string[]): readonly WeeklyDuty[] =>
  halfDays.map((halfDay) => {
    const [day = '', half = ''] = halfDay.split(' ')
    return {
      weekday: ['mon', 'tue', 'wed', 'thu', 'fri'].indexOf(day) + 1,
      code: `${name} Clinic ${half.toUpperCase()}`,
    }
  })
const duty = (code: string, ...weekdays: readonly number[]): readonly WeeklyDuty[] =>
  weekdays.map((weekday) => ({ weekday, code }))
const every = (everyWeeks: number, offset: number, weekday: number, code: string): WeeklyDuty => ({
  weekday,
  code,
  everyWeeks,
  offset,
})
const week = (
  weekly: readonly (readonly WeeklyDuty[])[],
  more: Partial<Omit<AttendingWeek, 'weekly'>> = {},
): AttendingWeek => ({ form: 'dated', ...more, weekly: weekly.flat() })
const onService = (everyWeeks: number, offset: number, code = 'On Service') => ({
  service: { code, everyWeeks, offset },
})

/** Ordinary weeks of each attending. What is not named is theirs: academic time, administration. */
export const ATTENDING_WEEKS: Partial<Readonly<Record<CastKey, AttendingWeek>>> = {
  margaret: week(
    [
      clinic('Primary Care', 'mon am', 'mon pm', 'tue am', 'wed pm', 'thu am'),
      duty('Teaching Rounds', 3),
      duty('Academic Time', 5),
      duty('Admin Time', 5),
    ],
    onService(7, 3),
  ),
  daniel: week([clinic('Cardiology', 'mon am', 'wed am'), duty('Cath Lab', 2), duty('Research Time', 4, 5)], {
    ...onService(9, 4),
    calls: [every(6, 2, 2, 'Cardiology Call')],
  }),
  ruth: week(
    [clinic('GI', 'mon am', 'mon pm', 'wed am'), duty('Endoscopy', 2), duty('Academic Time', 4, 5)],
    onService(8, 6),
  ),
  vikram: week([], { service: { code: '7 On', everyWeeks: 2, offset: 0 } }),
  catherine: week([clinic('Surgery', 'tue am', 'tue pm', 'thu am'), duty('OR Day', 1, 3), duty('Academic Time', 5)], {
    calls: [every(6, 1, 4, 'Trauma Call'), every(6, 4, 6, 'Trauma Call')],
  }),
  anders: week(
    [clinic('Pulmonary', 'tue am', 'tue pm', 'thu pm'), duty('Research Time', 3)],
    onService(5, 2, 'MICU Attending'),
  ),
  beatriz: week([clinic('Oncology', 'mon am', 'tue am', 'tue pm', 'thu am'), duty('Late', 4)], {
    ...onService(10, 5),
    form: 'recurring',
  }),
  thandiwe: week([clinic('ID', 'wed am', 'wed pm'), duty('Research Time', 2)], {
    ...onService(6, 3),
    form: 'recurring',
  }),
  gareth: week([clinic('Endocrine', 'mon pm', 'tue am', 'thu am', 'thu pm')], onService(9, 7)),
  hiroshi: week([duty('Dialysis AM', 1, 3, 5), clinic('Renal', 'tue pm', 'thu am')], onService(7, 5)),
  marisol: week([
    clinic('OB', 'mon am', 'wed am', 'thu pm'),
    duty('L&D Day', 2),
    [every(3, 1, 3, 'OB Night')],
    [every(4, 2, 5, 'OB Night')],
  ]),
  farid: week([clinic('Primary Care', 'mon am', 'tue am', 'wed am', 'wed pm'), duty('Late', 1, 3)], onService(10, 4)),
  aisling: week(
    [clinic('Palliative', 'tue pm', 'thu am'), duty('Academic Time', 5), [every(3, 0, 3, 'XCOV2')]],
    onService(5, 1),
  ),
  sunita: week([duty('Teaching Rounds', 2, 4)]),
  olivia: week([clinic('Rheumatology', 'mon am', 'mon pm', 'tue am', 'wed am', 'thu am')]),
  joaquin: week([clinic('Geriatrics', 'mon pm', 'tue pm', 'thu am'), duty('Teaching Rounds', 3)], onService(8, 1)),
}
