import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { ConfigError, readConfig, type TenantConfig } from './config.ts'
import { openService } from './service.ts'
import { DatabaseRefusedError, StoreUnavailableError } from './store/document-store.ts'
import { FolderInUseError } from './store/instance-lock.ts'

// Sources run from server/, builds from dist/server/.
const parent = join(import.meta.dirname, '..')
const root = existsSync(join(parent, 'package.json')) ? parent : join(parent, '..')

/** The only place that reads the environment. */
async function main(): Promise<void> {
  const startedAt = performance.now()
  const config = readConfig(process.env)
  const log = pino({ level: config.logLevel })
  const service = await openService({
    config,
    log,
    webDir: join(root, 'dist', 'web'),
    iconsDir: join(root, 'server', 'packages', 'icons'),
  })
  let isEnding = false
  const end = async () => {
    if (isEnding) return
    isEnding = true
    await service.close()
    process.exit(0)
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  const address = await service.listen()
  process.stdout.write(greeting(address, config.tenant, performance.now() - startedAt))
}

function greeting(address: string, tenant: TenantConfig, ms: number): string {
  const lines =
    tenant.kind === 'practice' && !tenant.url
      ? [
          `Protected Time is ready after ${(ms / 1000).toFixed(1)} s, with the practice tenant (no Microsoft account needed).`,
          '',
          `  Start here: Outlook   ${address}/practice/`,
          `  Coordinator in Teams  ${address}/practice/teams`,
          `  API reference         ${address}/api/docs`,
          '',
          'Ctrl-C ends it; the data stays.',
        ]
      : [`Protected Time listens on ${address}.`]
  return `${lines.join('\n')}\n`
}

/** One clear line for what a person can mend; everything else is a bug and shown whole. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.problems.join('\n')
  if (error instanceof FolderInUseError || error instanceof DatabaseRefusedError) return error.message
  if (error instanceof StoreUnavailableError) return `${error.message} See MONGODB_URI or DATA_DIR.`
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'EADDRINUSE':
      return `The port ${process.env['PORT'] ?? 3000} is taken. Choose another: PORT=3001 npm start`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOENT':
    case 'ENOTDIR':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
      return `The folder ${process.env['DATA_DIR'] ?? './data'} cannot be written. Choose another: DATA_DIR=/path npm start`
    default:
      return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})
