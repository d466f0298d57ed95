/** What the packages of one installation differ in. */
export type PackageSettings = {
  /** Origin of the service, https, without a path, e.g. `https://mentoring.hospital.org`. */
  readonly publicUrl: string
  /** Application (client) id of the registration in Entra ID. */
  readonly clientId: string
}
export type SettingFault = { readonly name: string; readonly message: string }
export type ReadSettings =
  | { readonly settings: PackageSettings; readonly faults: readonly [] }
  | { readonly settings: undefined; readonly faults: readonly SettingFault[] }

/** Reads `PUBLIC_URL` and `CLIENT_ID`, or names every bad setting at once; values are never repeated. */
export function readPackageSettings(env: Readonly<Record<string, string | undefined>>): ReadSettings {
  const publicUrl = env['PUBLIC_URL']?.trim() ?? ''
  const clientId = env['CLIENT_ID']?.trim().toLowerCase() ?? ''
  const faults = [
    ...faultsOf('PUBLIC_URL', publicUrlFault(publicUrl)),
    ...faultsOf('CLIENT_ID', clientIdFault(clientId)),
  ]
  if (faults.length > 0) return { settings: undefined, faults }
  return { settings: { publicUrl: new URL(publicUrl).origin, clientId }, faults: [] }
}

const faultsOf = (name: string, message: string | undefined): readonly SettingFault[] =>
  message === undefined ? [] : [{ name, message }]

function publicUrlFault(text: string): string | undefined {
  if (text === '') return 'is missing: the https address under which people reach this service'
  if (!URL.canParse(text)) return 'is not an address; write it like https://mentoring.hospital.org'
  const url = new URL(text)
  if (url.protocol !== 'https:') return 'must begin with https:// because Outlook and Teams load nothing else'
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or password'
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return 'must be a host without path, query or fragment; the panes are served at its top level'
  }
  if (isLocal(url.hostname)) return 'must be a name that Microsoft 365 can reach, not this machine or a bare address'
  return undefined
}

/** Microsoft refuses packages whose host is the own machine, a bare IP address or a name without a domain. */
function isLocal(hostname: string): boolean {
  const isAddress = hostname.startsWith('[') || /^[0-9.]+$/.test(hostname)
  return isAddress || !hostname.includes('.') || hostname === 'localhost' || hostname.endsWith('.localhost')
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
function clientIdFault(text: string): string | undefined {
  if (text === '') return 'is missing: the application (client) id of the registration in Entra ID'
  return GUID.test(text) ? undefined : 'is not a GUID'
}
