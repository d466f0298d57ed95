import { expect, test } from 'vitest'
import type { PracticePerson } from '../../../server/practice/web/practice-api.ts'
import { choosePerson, groupPeople, introduce, nameIn } from '../../../server/practice/web/practice-people.ts'

const person = (kind: PracticePerson['kind'], displayName: string, jobTitle = ''): PracticePerson => ({
  id: displayName,
  userPrincipalName: `${displayName.toLowerCase().replaceAll(' ', '.')}@lakeside.example`,
  mail: `${displayName.toLowerCase().replaceAll(' ', '.')}@lakeside.example`,
  displayName,
  jobTitle,
  kind,
  timeZone: 'Eastern Standard Time',
})

test.each([
  ['resident', 'Resident, PGY-2', 'You are Dr. Ada Osei, a PGY-2 resident.'],
  ['fellow', 'Fellow, Infectious Diseases', 'You are Dr. Ada Osei, an infectious diseases fellow.'],
  ['attending', 'Attending physician', 'You are Dr. Ada Osei, an attending physician.'],
  ['attending', 'Obstetrician', 'You are Dr. Ada Osei, an obstetrician.'],
  ['fellow', 'Fellow, Urology', 'You are Dr. Ada Osei, a urology fellow.'],
  ['assistant', 'Executive assistant', 'You are Ada Osei, an executive assistant.'],
] as const)('introduces a %s with the title %s', (kind, title, text) => {
  expect(introduce(person(kind, 'Ada Osei', title)).who).toBe(text)
})

test('shows whoever was chosen, else the one whom the page is made for, never a room', () => {
  const people = [
    person('room', 'Room 1'),
    person('attending', 'Ben Diaz'),
    person('resident', 'Cy Ek'),
    person('coordinator', 'Di Fry'),
    person('resident', 'Priya Venkataraman'),
  ]
  const shown = (...args: [string | undefined, 'resident' | 'coordinator']) =>
    choosePerson(people, ...args)?.displayName
  expect(shown('BEN.DIAZ@lakeside.example', 'resident')).toBe('Ben Diaz')
  expect(shown('gone@lakeside.example', 'resident')).toBe('Priya Venkataraman')
  expect(shown(undefined, 'coordinator')).toBe('Di Fry')
  expect(choosePerson(people.slice(0, 3), undefined, 'resident')?.displayName).toBe('Cy Ek')
  expect(choosePerson(people.slice(0, 2), undefined, 'coordinator')?.displayName).toBe('Ben Diaz')
  expect(choosePerson(people.slice(0, 1), undefined, 'resident')).toBeUndefined()
})

test('groups people by the part they play and leaves rooms out', () => {
  const people = [person('room', 'Room 1'), person('coordinator', 'Di Ek'), person('fellow', 'Ed Fry')]
  expect(groupPeople(people).map(({ name, people: some }) => [name, some.length])).toEqual([
    ['Residents and fellows', 1],
    ['Coordinators', 1],
  ])
})

test('names addresses of the department, whatever their case', () => {
  const nameOf = nameIn([person('fellow', 'Ed Fry')])
  expect([nameOf('Ed.Fry@Lakeside.example'), nameOf('x@elsewhere.org')]).toEqual(['Ed Fry', 'x@elsewhere.org'])
})
