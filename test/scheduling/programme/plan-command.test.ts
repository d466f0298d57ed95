import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Plan } from '../../../shared/scheduling/types.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-command-'))
})
afterAll(() => rm(folder, { recursive: true }))

const run = (...args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/plan/plan-command.ts', ...args])
    let out = ''
    let err = ''
    child.stdout.on('data', (data) => {
      out += data
    })
    child.stderr.on('data', (data) => {
      err += data
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })

const program = {
  format: 'protected-time/program@1',
  horizon: { start: '2027-09-06', end: '2027-10-04' },
  people: [
    {
      id: 'mentor',
      timeZone: 'America/New_York',
      workingHours: [{ weekday: 1, start: '09:00', end: '10:00' }],
      limits: { meetingsPerDay: 1 },
    },
    { id: 'e1', timeZone: 'America/New_York' },
    { id: 'e2', timeZone: 'America/New_York' },
  ],
  pairs: ['e1', 'e2'].map((id) => ({
    id: `pair-${id}`,
    organizer: 'mentor',
    attendees: [id],
    minutes: 30,
    windows: [
      { from: '2027-09-06', to: '2027-09-20' },
      { from: '2027-09-20', to: '2027-09-27' },
    ],
  })),
}

test('plans in worker threads, proves, writes the plan and says why the rest is unplaced', {
  timeout: 60_000,
}, async () => {
  const file = join(folder, 'program.json')
  const out = join(folder, 'plan.json')
  await writeFile(file, JSON.stringify(program))
  const { code, out: summary } = await run(file, '--out', out, '--prove', '--workers', '2')
  expect(code).toBe(0)
  const plan: Plan = JSON.parse(await readFile(out, 'utf8'))
  expect(plan.meetings).toHaveLength(3)
  expect(plan.bound).toEqual({ value: plan.objective.total, proved: true })
  expect(summary).toContain('Placed      3 of 4 meetings')
  expect(summary).toContain('no plan can cost less')
  expect(summary).toContain('mentor has enough mentoring meetings that day (3)')
  expect((await readdir(folder)).sort()).toEqual(['plan.json', 'program.json'])
})

test('a wrong file is refused with the path of the fault, and nothing is written', { timeout: 60_000 }, async () => {
  const file = join(folder, 'wrong.json')
  const wrong = structuredClone(program)
  wrong.pairs[1]!.windows[0]!.to = '2027-02-30'
  await writeFile(file, JSON.stringify(wrong))
  const before = await readdir(folder)
  const { code, out, err } = await run(file, '--out', join(folder, 'never.json'))
  expect({ code, out, err }).toEqual({
    code: 1,
    out: '',
    err: `${file}: pairs[1].windows[0].to: not a date of the form YYYY-MM-DD\n`,
  })
  expect(await readdir(folder)).toEqual(before)
})

test('a wrong command says how it is used', { timeout: 60_000 }, async () => {
  const { code, err } = await run('program.json', '--workers', '0')
  expect(code).toBe(2)
  expect(err).toMatch(/^--workers must be a whole number from 1 to 64\n\nnpm run plan/)
})
