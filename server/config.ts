import { existsSync, readFileSync } from 'node:fs'

/** What decides whose Graph it is; everything else is the same code. */
export type TenantConfig =
  /** `url`: address of the process whose practice tenant it is, when that is another one. */
  | { readonly kind: 'practice'; readonly url?: string }
  | {
      readonly kind: 'entra'
      readonly tenantId: string
      readonly clientId: string
      readonly credential:
        | { readonly kind: 'secret'; readonly secret: string }
        /** PEM texts. */
        | { readonly kind: 'certificate'; readonly certificate: string; readonly privateKey: string }
      /** Whether app-only permission was granted: then the service may act when nobody is signed in. */
      readonly appOnly: boolean
    }

export type Config = {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** Where documents are kept instead of in the folder; may hold a password. */
  readonly mongodbUri: string | undefined
  /** Address under which people reach the service, without a slash at the end; from host and port unless told. */
  readonly publicUrl: string | undefined
  /** 32 bytes; seals the keys of people's text. Made and kept in the data folder for the practice tenant only. */
  readonly serviceKey: Uint8Array | undefined
  /** Lets its bearer read `/metrics` from another machine; without it only callers on this one can. */
  readonly metricsToken: string | undefined
  readonly graphTimeoutMs: number
  /** Work of a process that says nothing for so long is taken over by another. */
  readonly jobLeaseSeconds: number
  /** How long the audit trail keeps its entries. */
  readonly auditYears: number
  readonly trustProxy: boolean
  /** Of one person, to each route of the API. */
  readonly requestsPerMinute: number
  readonly logLevel: string
  readonly tenant: TenantConfig
}

/** Every bad setting at once, by name and never by value. */
export class ConfigError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

type Env = Readonly<Record<string, string | undefined>>
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const KEY_BYTES = 32
const MONGODB_ADDRESS = /^mongodb(\+srv)?:\/\/\S/
/** Nothing is practised over a network: tokens of the practice tenant protect nothing. */
const THIS_MACHINE = /^http:\/\/127\.0\.0\.1:\d+$/
/** Long enough that nobody guesses it, in the letters that a bearer token may have (RFC 6750). */
const METRICS_TOKEN = /^[A-Za-z0-9._~+/-]{16,}=*$/

/**
 * Reads the settings (README, "Settings"). With no TENANT_ID it is the practice tenant.
 * @throws ConfigError
 */
export function readConfig(env: Env): Config {
  const problems: string[] = []
  const text = (name: string): string | undefined => {
    const value = env[name]?.trim()
    return value ? value : undefined
  }
  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const value = text(name)
    if (value === undefined) return fallback
    const number = Number(value)
    if (Number.isInteger(number) && number >= min && number <= max) return number
    problems.push(`${name} must be a whole number from ${min} to ${max}.`)
    return fallback
  }
  const flag = (name: string, fallback: boolean): boolean => {
    const value = text(name)
    if (value === undefined) return fallback
    if (value !== 'true' && value !== 'false') problems.push(`${name} must be true or false.`)
    return value === 'true'
  }

  const tenant = readTenant(text, flag, problems)
  const serviceKey = readServiceKey(text('SERVICE_KEY'), problems)
  const publicUrl = readPublicUrl(text('PUBLIC_URL'), tenant, problems)
  const logLevel = text('LOG_LEVEL') ?? (tenant.kind === 'practice' ? 'warn' : 'info')
  if (!LOG_LEVELS.includes(logLevel)) problems.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`)
  const mongodbUri = text('MONGODB_URI')
  if (mongodbUri !== undefined && !MONGODB_ADDRESS.test(mongodbUri))
    problems.push('MONGODB_URI must begin with mongodb:// or mongodb+srv://')
  // Several processes share the database, so none can have made the key for itself.
  if (
    (tenant.kind === 'entra' || mongodbUri) &&
    !serviceKey &&
    !problems.some((problem) => problem.startsWith('SERVICE_KEY'))
  ) {
    problems.push('SERVICE_KEY is missing: 32 random bytes in base64, kept where backups of the data are not.')
  }
  const metricsToken = text('METRICS_TOKEN')
  if (metricsToken !== undefined && !METRICS_TOKEN.test(metricsToken)) {
    problems.push('METRICS_TOKEN must be at least 16 letters, digits or . _ ~ + / -')
  }
  const config: Config = {
    port: integer('PORT', 3000, 0, 65_535),
    host: text('HOST') ?? '127.0.0.1',
    dataDir: text('DATA_DIR') ?? './data',
    mongodbUri,
    publicUrl,
    serviceKey,
    metricsToken,
    auditYears: integer('AUDIT_YEARS', 6, 1, 100),
    graphTimeoutMs: integer('GRAPH_TIMEOUT_MS', 15_000, 100, 120_000),
    jobLeaseSeconds: integer('JOB_LEASE_SECONDS', 120, 1, 3_600),
    trustProxy: flag('TRUST_PROXY', false),
    requestsPerMinute: integer('REQUESTS_PER_MINUTE', 600, 10, 1_000_000),
    logLevel,
    tenant,
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

function readTenant(
  text: (name: string) => string | undefined,
  flag: (name: string, fallback: boolean) => boolean,
  problems: string[],
): TenantConfig {
  const tenantId = text('TENANT_ID')
  const names = ['CLIENT_ID', 'CLIENT_SECRET', 'CLIENT_CERTIFICATE_FILE', 'CLIENT_KEY_FILE', 'APP_ONLY']
  if (tenantId === undefined) {
    for (const name of names) if (text(name) !== undefined) problems.push(`${name} is set, but TENANT_ID is not.`)
    const url = text('PRACTICE_URL')
    if (url === undefined) return { kind: 'practice' }
    if (!THIS_MACHINE.test(url)) problems.push('PRACTICE_URL must be an address of this machine, http://127.0.0.1:port')
    return { kind: 'practice', url }
  }
  if (text('PRACTICE_URL') !== undefined) problems.push('PRACTICE_URL is set, but so is TENANT_ID.')
  const clientId = text('CLIENT_ID') ?? ''
  if (!UUID.test(tenantId)) problems.push('TENANT_ID must be the directory (tenant) id, a UUID.')
  if (!UUID.test(clientId)) problems.push('CLIENT_ID must be the application (client) id, a UUID.')
  const appOnly = flag('APP_ONLY', false)
  const secret = text('CLIENT_SECRET')
  const file = (name: string): string => {
    const path = text(name)
    if (path === undefined) return ''
    if (existsSync(path)) return readFileSync(path, 'utf8')
    problems.push(`${name} names a file that does not exist.`)
    return ''
  }
  const certificate = file('CLIENT_CERTIFICATE_FILE')
  const privateKey = file('CLIENT_KEY_FILE')
  const hasCertificate = text('CLIENT_CERTIFICATE_FILE') !== undefined && text('CLIENT_KEY_FILE') !== undefined
  if ((secret !== undefined) === hasCertificate) {
    problems.push('Set either CLIENT_SECRET, or CLIENT_CERTIFICATE_FILE and CLIENT_KEY_FILE.')
  }
  const credential =
    secret !== undefined
      ? ({ kind: 'secret', secret } as const)
      : ({ kind: 'certificate', certificate, privateKey } as const)
  return { kind: 'entra', tenantId, clientId, appOnly, credential }
}

function readServiceKey(value: string | undefined, problems: string[]): Uint8Array | undefined {
  if (value === undefined) return undefined
  const key = Buffer.from(value, 'base64')
  if (key.length === KEY_BYTES) return key
  problems.push(`SERVICE_KEY must be ${KEY_BYTES} bytes in base64.`)
  return undefined
}

function readPublicUrl(value: string | undefined, tenant: TenantConfig, problems: string[]): string | undefined {
  if (value === undefined) {
    if (tenant.kind === 'entra')
      problems.push('PUBLIC_URL is missing: the https address under which Outlook and Teams load the panes.')
    return undefined
  }
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isSecure = url?.protocol === 'https:' || tenant.kind === 'practice'
  if (url && isSecure && url.pathname === '/' && !url.search && !url.hash) return url.origin
  problems.push('PUBLIC_URL must be an https address without a path.')
  return undefined
}
