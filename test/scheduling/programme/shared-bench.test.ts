import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadExactSolver } from '../../../server/plan/plan-solver.ts'
import { planProgramme } from '../../../shared/scheduling/programme/plan-programme.ts'
import type { ExactSolver } from '../../../shared/scheduling/programme/prove-part.ts'
import { solvePart } from '../../../shared/scheduling/programme/solve-part.ts'
import type { Program } from '../../../shared/scheduling/types.ts'

/**
 * Looks outside the project: `../shared/bench` holds a generator of departments, a checker that shares no code with the
 * engine, and optima proved by another program. Where the folder is absent there is nothing to compare with.
 */
const bench = resolve('..', 'shared', 'bench')
const isThere = existsSync(join(bench, 'optima.jsonl'))
if (!isThere) process.stdout.write(`No ${bench}: plans are not compared with its checker and optima.\n`)

type Optimum = {
  readonly mentees: number
  readonly mentors: number
  readonly load: number
  readonly seed: number
  readonly optimum: number
}
const optima: readonly Optimum[] = isThere
  ? readFileSync(join(bench, 'optima.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ mentees }: Optimum) => mentees === 60)
  : []

const node = promisify(execFile)
const generate = async ({ mentees, mentors, load, seed }: Omit<Optimum, 'optimum'>): Promise<string> => {
  const args = [mentees, mentors, load, seed].map(String)
  const { stdout } = await node(process.execPath, [join(bench, 'emit.mjs'), ...args], { maxBuffer: 2 ** 28 })
  return stdout
}

describe.runIf(isThere)('departments of the shared bench', () => {
  let solver: ExactSolver
  let folder: string
  beforeAll(async () => {
    solver = await loadExactSolver(() => false)
    folder = await mkdtemp(join(tmpdir(), 'shared-bench-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  /** The plan, and what the independent checker says of it. */
  const planAndCheck = async (text: string, seconds: number) => {
    const program: Program = JSON.parse(text)
    const plan = await planProgramme(program, { seconds, solvePart: async (part) => solvePart(part, { solver }) })
    const [programFile, planFile] = [join(folder, 'program.json'), join(folder, 'plan.json')]
    await writeFile(programFile, text)
    await writeFile(planFile, JSON.stringify(plan))
    const { stdout } = await node(process.execPath, [join(bench, 'check.mjs'), programFile, planFile])
    return { plan, checked: JSON.parse(stdout) }
  }

  test.each(optima)('$mentees mentees, seed $seed: the known optimum, proved', { timeout: 60_000 }, async (known) => {
    const { plan, checked } = await planAndCheck(await generate(known), 60)
    expect(plan.bound).toEqual({ value: known.optimum, proved: true })
    expect(checked).toMatchObject({ errors: 0, ...plan.objective })
    expect(plan.objective.total).toBe(known.optimum)
  })

  test.each([
    { mentees: 25, mentors: 5, load: 1.25, seed: 11, seconds: 60 },
    { mentees: 40, mentors: 6, load: 0.75, seed: 12, seconds: 60 },
    { mentees: 40, mentors: 6, load: 1, seed: 13, seconds: 0 },
  ])('seed $seed: the checker finds no fault and the same objective', { timeout: 60_000 }, async (department) => {
    const { plan, checked } = await planAndCheck(await generate(department), department.seconds)
    expect(checked).toMatchObject({ errors: 0, ...plan.objective })
    expect(plan.bound.value).toBeLessThanOrEqual(plan.objective.total)
  })
})
