import type { CodeMap } from '../../../shared/api/clinic.ts'

/**
 * What the codes of the hospital's schedules mean. `XCOV2` and `Flex-B` are left out on purpose: the reports have to
 * show codes that nobody explained.
 */
export const SEED_CODE_MAP: CodeMap = {
  rules: [
    { pattern: 'Academic Half-Day', meaning: { kind: 'teaching', start: '08:00', end: '12:00' } },
    { pattern: 'Academic*', meaning: { ignore: true } },
    { pattern: 'Research*', meaning: { ignore: true } },
    { pattern: 'Admin*', meaning: { ignore: true } },
    { pattern: '*Clinic AM', meaning: { kind: 'clinic', start: '08:00', end: '12:00' } },
    { pattern: '*Clinic PM', meaning: { kind: 'clinic', start: '13:00', end: '17:00' } },
    { pattern: 'Late', meaning: { kind: 'service', start: '12:00', end: '20:00' } },
    { pattern: 'Dialysis AM', meaning: { kind: 'service', start: '07:00', end: '11:00' } },
    { pattern: 'Teaching Rounds', meaning: { kind: 'teaching', start: '09:00', end: '11:00' } },
    { pattern: 'OR Day', meaning: { kind: 'procedure', start: '06:30', end: '18:00', precedence: 2 } },
    { pattern: 'Cath Lab', meaning: { kind: 'procedure', start: '07:00', end: '17:00', precedence: 2 } },
    { pattern: 'Endoscopy', meaning: { kind: 'procedure', start: '07:30', end: '16:00', precedence: 2 } },
    { pattern: 'L&D Day', meaning: { kind: 'service', start: '07:00', end: '19:00', precedence: 2 } },
    {
      pattern: 'OB Night',
      meaning: { kind: 'night', start: '19:00', end: '07:00', restUntil: '12:00', precedence: 3 },
    },
    { pattern: '*Call', meaning: { kind: 'call', start: '17:00', end: '07:00', restUntil: '12:00' } },
    { pattern: 'On Service*', meaning: { kind: 'service', start: '07:00', end: '18:00', precedence: 5 } },
    { pattern: 'MICU*', meaning: { kind: 'service', start: '06:30', end: '19:00', precedence: 5 } },
    { pattern: '7 On', meaning: { kind: 'service', start: '07:00', end: '19:00', precedence: 5 } },
    { pattern: '7 Off', meaning: { kind: 'leave' } },
    { pattern: 'Wards*', meaning: { kind: 'service', start: '06:30', end: '18:30' } },
    { pattern: 'Consults*', meaning: { kind: 'service', start: '07:30', end: '17:30' } },
    { pattern: 'Night Float', meaning: { kind: 'night', restUntil: '12:00', precedence: 5 } },
    { pattern: 'Elective', meaning: { kind: 'service', start: '08:00', end: '13:00' } },
    { pattern: 'Jeopardy', meaning: { kind: 'jeopardy' } },
    { pattern: 'Day Off', meaning: { kind: 'leave' } },
    { pattern: 'Vacation', meaning: { kind: 'leave', precedence: 20 } },
    { pattern: 'Holiday', meaning: { kind: 'leave', precedence: 20 } },
  ],
}
