import { Temporal } from 'temporal-polyfill'
import { openAuditTrail } from './audit/audit-trail.ts'
import { ConfigError, readConfig } from './config.ts'
import { openStore } from './open-store.ts'
import { keptServiceKey } from './service-key.ts'

/**
 * `npm run audit`: looks at every entry of the audit trail with the service's own settings and names the first of each
 * chain that is missing or altered. Ends with 1 when there is one. On the embedded store while the service is stopped.
 */
async function main(): Promise<number> {
  const config = readConfig(process.env)
  const store = await openStore(config)
  try {
    const key = config.serviceKey ?? keptServiceKey(config.dataDir)
    const trail = await openAuditTrail(store, key, { now: Temporal.Now.instant })
    const { entries, flaws } = await trail.verify()
    for (const { chain, index, reason } of flaws) process.stdout.write(`${chain}: entry ${index} is ${reason}\n`)
    process.stdout.write(`${entries} entries, ${flaws.length} chains with a flaw\n`)
    return flaws.length === 0 ? 0 : 1
  } finally {
    await store.close()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.problems.join('\n') : String(error)}\n`)
  process.exitCode = 1
}
