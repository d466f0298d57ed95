import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DoubleOptions, type MongoDouble, startMongoDouble } from './mongodb-double/start-double.ts'
import { type Caller, signIn } from './start-service.ts'
import { type SharedPractice, startSharedPractice } from './start-shared-practice.ts'

/** npm runs everything there; a bench that was compiled lies elsewhere. */
const root = process.cwd()
const MAIN = join(root, 'dist', 'server', 'main.js')
const START_MS = 120_000

/** The built service as its own process, as people start it. */
export type ServerProcess = {
  readonly address: string
  /** Of the practice tenant that it works with. */
  readonly practiceAddress: string
  /** What it holds in memory now. */
  residentMegabytes(): number
  /** What one person's client can send; the person is signed in by name. */
  as(userPrincipalName: string): Promise<Caller>
  /** Sends a signal and resolves with the exit code, or the signal that ended it. SIGSTOP and SIGCONT resolve at once. */
  signal(name: NodeJS.Signals): Promise<number | NodeJS.Signals | undefined>
  /** All that it has written to standard error. */
  readonly errors: () => string
  /** All that it has written to standard output: its log, line by line. */
  readonly output: () => string
}

/**
 * Starts `dist/server/main.js` (so `npm run build` comes first) and waits until it says where it listens.
 * @param practice that it shares with others; without one it brings its own
 * @throws Error with what it wrote when it ends before that
 */
export async function startServerProcess(
  practice: SharedPractice | undefined,
  env: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  if (!existsSync(MAIN)) throw new Error('The service is not built: npm run build')
  const child = spawn(process.execPath, [MAIN], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...(practice && { PRACTICE_URL: practice.address }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('exit', (code, signal) => resolve(signal ?? code ?? 0))
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const address = await addressOf(child, ended, () => errors)
  const practiceAddress = practice?.address ?? address
  return {
    address,
    practiceAddress,
    residentMegabytes: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    errors: () => errors,
    output: () => output,
    as: (userPrincipalName) => signIn(address, userPrincipalName, practiceAddress),
    async signal(name) {
      child.kill(name)
      return name === 'SIGSTOP' || name === 'SIGCONT' ? undefined : ended
    },
  }
}

function addressOf(
  child: ChildProcess & { readonly stdout: NodeJS.ReadableStream },
  ended: Promise<unknown>,
  errors: () => string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let begun = ''
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`The server did not start in ${START_MS} ms. ${errors()}`))
    }, START_MS)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      begun += text
      // The log may name it sooner, when what is seeded is not there yet.
      const address = /^(?:Protected Time listens on| *Start here: Outlook) +(\S+?)(?:\.|\/practice\/)$/m.exec(
        begun,
      )?.[1]
      if (!address) return
      clearTimeout(timer)
      resolve(address)
    })
    ended.then((how) => {
      clearTimeout(timer)
      reject(new Error(`The server ended with ${how}. ${errors()}`))
    })
  })
}

/** Several real server processes on one database and one practice tenant, which runs here and outlives them. */
export type Servers = {
  readonly all: readonly ServerProcess[]
  readonly practice: SharedPractice
  close(): Promise<void>
}

/**
 * @param uri address of the MongoDB database that they share
 * @param settings of all of them
 */
export async function startServers(
  count: number,
  uri: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), 'protected-time-servers-'))
  const practice = await startSharedPractice()
  const env = { MONGODB_URI: uri, SERVICE_KEY: randomBytes(32).toString('base64'), ...settings }
  // All at once, as they are started where they are hosted: each seeds what it does not find.
  const starts = await Promise.allSettled(
    Array.from({ length: count }, (_, n) =>
      startServerProcess(practice, { ...env, DATA_DIR: join(folder, `server-${n}`) }),
    ),
  )
  const all = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  const close = async () => {
    await Promise.all(all.map((server) => server.signal('SIGKILL')))
    await practice.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const failed = starts.find((start) => start.status === 'rejected')
  if (!failed) return { all, practice, close }
  await close()
  throw failed.reason
}

/** The same on a double of MongoDB, with which things go wrong as told. */
export type ServersOnDouble = {
  readonly double: MongoDouble
  readonly servers: readonly ServerProcess[]
  readonly practice: SharedPractice
  /** Address of the database that they share, for a store of the test's own. */
  readonly uri: string
  close(): Promise<void>
}

export async function startServersOnDouble(
  count: number,
  options: DoubleOptions = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<ServersOnDouble> {
  const double = await startMongoDouble(options)
  const uri = double.uri('shared')
  try {
    const servers = await startServers(count, uri, settings)
    const close = async () => {
      await servers.close()
      await double.close()
    }
    return { double, servers: servers.all, practice: servers.practice, uri, close }
  } catch (error) {
    await double.close()
    throw error
  }
}
