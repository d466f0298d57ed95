import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, expect, test } from 'vitest'

const top = resolve(import.meta.dirname, '../..')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packages-'))
  mkdirSync(join(folder, 'teams-app'))
  for (const file of ['manifest.xml', 'teams-app/manifest.json', 'teams-app/color.png', 'teams-app/outline.png']) {
    cpSync(join(top, file), join(folder, file))
  }
})
afterEach(() => rmSync(folder, { recursive: true }))

function run(env: Record<string, string>) {
  const command = ['--import', import.meta.resolve('tsx'), join(top, 'server/package-command.ts')]
  return spawnSync(process.execPath, command, {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
    timeout: 60_000,
  })
}

test('writes both packages for an address and says where they are and where to upload them', () => {
  const { status, stdout, stderr } = run({
    PUBLIC_URL: 'https://mentoring.hospital.org/',
    CLIENT_ID: '11111111-2222-4333-8444-555555555555',
  })
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain(join('dist', 'packages', 'outlook-manifest.xml'))
  expect(stdout).toContain('Teams admin center')
  const xml = readFileSync(join(folder, 'dist/packages/outlook-manifest.xml'), 'utf8')
  expect(xml).toContain('https://mentoring.hospital.org/addin/')
  const zip = unzipSync(readFileSync(join(folder, 'dist/packages/protected-time-teams.zip')))
  expect(Object.keys(zip)).toContain('manifest.json')
}, 60_000)

test('ends with an error and writes nothing when a setting is wrong', () => {
  const { status, stderr } = run({ PUBLIC_URL: 'https://localhost:3000' })
  expect(status).toBe(1)
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^PUBLIC_URL must be a name that Microsoft 365 can reach/),
    expect.stringMatching(/^CLIENT_ID is missing/),
  ])
  expect(existsSync(join(folder, 'dist'))).toBe(false)
}, 60_000)
