import { findIana, findIanaAliases, findWindows } from 'windows-iana'

/**
 * Where CLDR 48 (supplemental/windowsZones) knows better than the library's table: zones that changed their rules or
 * were added since. A wrong name would move meetings by an hour.
 */
const WINDOWS_OF: Readonly<Record<string, string>> = {
  'America/Chihuahua': 'Central Standard Time (Mexico)',
  'America/Ciudad_Juarez': 'Mountain Standard Time',
  'America/Coyhaique': 'Magallanes Standard Time',
  'America/Ojinaga': 'Central Standard Time',
  'Asia/Almaty': 'West Asia Standard Time',
  'Asia/Qostanay': 'West Asia Standard Time',
  'Europe/Kyiv': 'FLE Standard Time',
  'Pacific/Kanton': 'UTC+13',
}
const IANA_OF: Readonly<Record<string, string>> = {
  'Central Asia Standard Time': 'Asia/Bishkek',
  'Mountain Standard Time (Mexico)': 'America/Mazatlan',
  // Every item of a year's calendar names it; the library goes through its whole table each time.
  UTC: 'UTC',
}
/** Zones whose Windows name in CLDR no longer keeps the same clock; Graph is sent the IANA name and may refuse it. */
const WITHOUT_WINDOWS_NAME: ReadonlySet<string> = new Set([
  'America/Scoresbysund',
  'Antarctica/Casey',
  'Antarctica/Vostok',
])

/**
 * The name by which Graph knows an IANA zone: its Windows name, which every mailbox server has. Zones without one are
 * sent as they are; Graph takes about a hundred IANA names. Graph docs: "dateTimeTimeZone resource type".
 */
export function graphZoneOf(ianaZone: string): string {
  const names = [ianaZone, ...findIanaAliases(ianaZone), canonicalOf(ianaZone) ?? ianaZone]
  if (names.some((name) => WITHOUT_WINDOWS_NAME.has(name))) return ianaZone
  for (const name of names) {
    const windows = WINDOWS_OF[name]
    if (windows !== undefined) return windows
  }
  for (const name of names) {
    const [windows] = findWindows(name)
    if (windows !== undefined) return windows
  }
  return ianaZone
}

/**
 * The IANA zone of a name that Graph gave, Windows or IANA. `undefined` for names that stand for no known rules, such
 * as `Customized Time Zone` and `tzone://Microsoft/Custom`.
 */
export function ianaZoneOf(graphZone: string): string | undefined {
  const known = IANA_OF[graphZone] ?? findIana(graphZone)[0]
  if (known !== undefined) return known === 'Etc/UTC' ? 'UTC' : known
  return canonicalOf(graphZone) && graphZone
}

/** The name this machine prefers for an IANA zone; `undefined` when it is none. */
function canonicalOf(zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
