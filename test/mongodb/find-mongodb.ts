import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { MongoClient } from 'mongodb'
import { freePort } from '../free-port.ts'

/** A real MongoDB to try the store on. */
export type FoundMongo = {
  /** Where it was found, without its address. */
  readonly where: string
  /** Address of a database that nobody else uses; it is dropped at the end. */
  newDatabase(): string
  close(): Promise<void>
}

/** At MONGODB_URI if set, else a `mongod` at MONGOD_PATH or on the PATH, started as a replica set of one member. */
export async function findMongo(env: Readonly<Record<string, string | undefined>>): Promise<FoundMongo | undefined> {
  const uri = env['MONGODB_URI']
  if (uri) return databasesAt(uri, 'at MONGODB_URI', async () => {})
  const onPath = (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'mongod'))
  const named = env['MONGOD_PATH']
  if (named && !isExecutable(named)) throw new Error('MONGOD_PATH names no program.')
  const mongod = named ?? onPath.find(isExecutable)
  return mongod ? startMongod(mongod) : undefined
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function startMongod(mongod: string): Promise<FoundMongo> {
  const folder = mkdtempSync(join(tmpdir(), 'protected-time-mongod-'))
  const port = await freePort()
  const args = ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', 'rs0', '--quiet']
  const child = spawn(mongod, args, { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => resolve())
    child.on('error', () => resolve())
  })
  const stop = async () => {
    child.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`)
    const members = [{ _id: 0, host: `127.0.0.1:${port}` }]
    // Waits until the server listens.
    await client.db('admin').command({ replSetInitiate: { _id: 'rs0', members } })
    await client.close()
  } catch (error) {
    await stop()
    throw error
  }
  return databasesAt(`mongodb://127.0.0.1:${port}/?replicaSet=rs0`, `started by ${mongod}`, stop)
}

function databasesAt(uri: string, where: string, stop: () => Promise<void>): FoundMongo {
  const made: string[] = []
  return {
    where,
    newDatabase() {
      const name = `protected_time_test_${randomUUID().replaceAll('-', '').slice(0, 12)}`
      made.push(name)
      return withDatabase(uri, name)
    },
    async close() {
      const client = new MongoClient(uri)
      try {
        for (const name of made) await client.db(name).dropDatabase()
      } finally {
        await client.close()
        await stop()
      }
    },
  }
}

/** The same address with another database; who signs in is still looked up where the address says. */
function withDatabase(uri: string, name: string): string {
  const [, servers = '', database = '', options = ''] = /^([^/]+\/\/[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(uri) ?? []
  const isSignedIn = servers.includes('@') && !/authSource=/i.test(options)
  const source = isSignedIn ? `authSource=${database || 'admin'}` : ''
  return `${servers}/${name}?${[options, source].filter(Boolean).join('&')}`
}
