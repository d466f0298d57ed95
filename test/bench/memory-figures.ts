import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Program } from '../../shared/scheduling/types.ts'
import { atMost, type BenchFigure } from './bench-report.ts'
import { generateDepartment } from './generate-department.ts'

const LIMIT_MB = 500
const PROOF_LIMIT_MB = 2000
/** Loaded before a program, tells on standard error how much memory the process took at most, in kilobytes. */
const REPORT_PEAK =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS+"\\n"))'

/**
 * The most memory that `npm run plan` takes as a whole process, threads, solvers and the file it reads included, on two
 * workers, built as `npm run plan` builds it: for 1,250 people over 18 months at 5 minutes, and for the proof of a year's department at 15 minutes.
 */
export async function memoryFigures(): Promise<readonly BenchFigure[]> {
  const large = await peakOf(generateDepartment(1000, 250, 1, { months: 18, grainMinutes: 5 }), ['--seconds', '30'])
  const year = await peakOf(generateDepartment(1000, 250, 1), ['--prove', '--seconds', '60'])
  const figure = (what: string, value: number, limit: number): BenchFigure =>
    atMost({ what: `peak memory of npm run plan, ${what}`, value, unit: 'MB' }, limit)
  return [
    figure('1,250 people, 18 months, 5 minutes', large, LIMIT_MB),
    figure('1,250 people, 12 months, 15 minutes, --prove', year, PROOF_LIMIT_MB),
  ]
}

async function peakOf(program: Program, settings: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-memory-'))
  try {
    const file = join(folder, 'program.json')
    await writeProgram(program, file)
    const command = ['--import', REPORT_PEAK, 'dist/server/plan/plan-command.js', file, '--workers', '2']
    const child = spawn(process.execPath, [...command, ...settings], { stdio: ['ignore', 'ignore', 'pipe'] })
    let text = ''
    child.stderr.on('data', (data) => {
      text += data
    })
    await once(child, 'close')
    const kilobytes = /^peak (\d+)$/m.exec(text)?.[1]
    if (kilobytes === undefined) throw new Error(`the plan command told no peak: ${text}`)
    return Number(kilobytes) / 1024
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Person by person: the whole would be longer than a string should be. */
async function writeProgram({ people, ...rest }: Program, file: string): Promise<void> {
  const out = createWriteStream(file)
  out.write(`${JSON.stringify(rest).slice(0, -1)},"people":[`)
  for (const [index, person] of people.entries()) {
    if (!out.write(`${index > 0 ? ',' : ''}${JSON.stringify(person)}`)) await once(out, 'drain')
  }
  out.end(']}')
  await once(out, 'finish')
}
