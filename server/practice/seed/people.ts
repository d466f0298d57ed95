import { deriveUuid } from '../../derive-ids.ts'
import type { PracticeUser } from '../people.ts'
import { CAST_KEYS, type CastKey, memberOf, type Zone, zoneOf } from './cast.ts'

const DOMAIN = 'lakeside.example'
const WINDOWS_ZONES: Readonly<Record<Zone, string>> = {
  'America/New_York': 'Eastern Standard Time',
  'America/Chicago': 'Central Standard Time',
  'Asia/Kathmandu': 'Nepal Standard Time',
}

export const windowsZoneOf = (key: CastKey): string => WINDOWS_ZONES[zoneOf(key)]

export function principalNameOf(key: CastKey): string {
  const { given, surname } = memberOf(key)
  const local = `${given}.${surname}`.toLowerCase().replaceAll(' ', '')
  return `${local}@${DOMAIN}`
}
/** Entra object id: the same for the same userPrincipalName, on every machine. */
export const personIdOf = (key: CastKey): string => deriveUuid('person', principalNameOf(key))

/** The directory of the seeded hospital, with the settings of each mailbox. */
export const practiceUsers = (): PracticeUser[] => CAST_KEYS.map(userOf)

function userOf(key: CastKey): PracticeUser {
  const { given, surname, title, department, kind, hasMailbox } = memberOf(key)
  const name = principalNameOf(key)
  return {
    id: personIdOf(key),
    userPrincipalName: name,
    mail: name,
    displayName: `${given} ${surname}`,
    givenName: given,
    surname,
    jobTitle: title,
    department,
    hasMailbox: hasMailbox ?? true,
    appRoles: kind === 'coordinator' ? ['Coordinator'] : [],
    timeZone: windowsZoneOf(key),
    workingHours: workingHoursOf(key),
    kind,
  }
}

const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']
const hours = (startTime: string, endTime: string, daysOfWeek: readonly string[] = WEEK) => ({
  daysOfWeek,
  startTime: `${startTime}:00.0000000`,
  endTime: `${endTime}:00.0000000`,
})
function workingHoursOf(key: CastKey): PracticeUser['workingHours'] {
  if (memberOf(key).kind === 'room') return hours('07:00', '19:00')
  if (key === 'sunita') return hours('09:00', '17:00', ['sunday', ...WEEK])
  if (key === 'catherine') return hours('07:00', '17:00')
  return hours('08:00', '17:00')
}
