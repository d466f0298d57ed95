import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { BackupError } from './backup-error.ts'

/**
 * How `npm run backup` asks the service that is running. Only one process may have the store open, so the service copies
 * it itself: it listens on a loopback port of its own and leaves port and token in the data folder, for whoever may read
 * that folder anyway.
 */
const ADDRESS_FILE = 'backup-address.json'
const STAGING = 'backup-staging-'
const COPY_MS = 10 * 60_000

/** @param copyInto writes a copy of everything into an empty folder. Answers how to stop listening. */
export async function answerBackups(
  dataDir: string,
  copyInto: (folder: string) => void,
  onFailure: (error: unknown) => void,
): Promise<() => Promise<void>> {
  // Left behind by somebody who was interrupted.
  for (const name of readdirSync(dataDir))
    if (name.startsWith(STAGING)) rmSync(join(dataDir, name), { recursive: true })
  const token = randomBytes(32).toString('hex')
  const server = createServer((request, response) => {
    if (!isToken(request.headers.authorization, token)) return void response.writeHead(404).end()
    const name = `${STAGING}${randomUUID()}`
    try {
      mkdirSync(join(dataDir, name), { mode: 0o700 })
      copyInto(join(dataDir, name))
      response.end(JSON.stringify({ name }))
    } catch (error) {
      rmSync(join(dataDir, name), { recursive: true, force: true })
      onFailure(error)
      response.writeHead(500).end()
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo
  const file = join(dataDir, ADDRESS_FILE)
  rmSync(file, { force: true })
  writeFileSync(file, JSON.stringify({ port, token }), { mode: 0o600, flag: 'wx' })
  return async () => {
    rmSync(file, { force: true })
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

/** Has the running service copy its data; answers the folder, which is then the caller's to remove. @throws BackupError */
export async function askForCopy(dataDir: string): Promise<string> {
  try {
    const { port, token } = JSON.parse(readFileSync(join(dataDir, ADDRESS_FILE), 'utf8'))
    const response = await fetch(`http://127.0.0.1:${Number(port)}/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(COPY_MS),
    })
    const { name } = (await response.json()) as { name: unknown }
    if (typeof name === 'string' && /^backup-staging-[0-9a-f-]{36}$/.test(name)) return join(dataDir, name)
    throw new Error(`The service answered ${response.status}.`)
  } catch (cause) {
    throw new BackupError(
      'The service that is running on this folder could not copy its data; its log says why. Stop it and try again.',
      { cause },
    )
  }
}

function isToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '')
  const expected = Buffer.from(`Bearer ${token}`)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
