import { createReadStream } from 'node:fs'
import { access, constants, rename, rm, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { DomainError } from '../../shared/domain/errors.ts'
import type { PlanProgress } from '../../shared/scheduling/programme/plan-programme.ts'
import { readProgramFile } from './plan-program-file.ts'
import { progressLine, summarizePlan } from './plan-summary.ts'
import { planWithWorkers } from './plan-with-workers.ts'

/** Steps of work that a second stands for on one worker: half of what two-core cloud machines do. */
const STEPS_PER_SECOND = 8_000_000
const USAGE = `npm run plan -- program.json [--out plan.json] [--seconds S] [--prove] [--workers N] [--seed N]
                                 [--steps N]

Plans the meetings of a programme and prints a summary; --out also writes the plan.
  --seconds S   time budget, 10 unless told, 600 with --prove or --steps; ends sooner once the plan is proved best
  --prove       ends with 3 when the time was too short to prove the plan best
  --workers N   threads that solve, one per core up to 8 unless told; with 1, the same file and seed give the same plan
  --steps N     work budget: about one step per possible start looked at. One worker has 8 million a second
                of --seconds unless told, about half of what a machine of 2026 does in it, so that steps and not the
                clock end the run; a machine much slower is cut by the clock, and then its plan may differ. More
                workers have no limit unless told
  --seed N      starting point of the search, 1 unless told
Ctrl-C ends early and keeps the best plan so far.
Ends with 0, 1 when the program file is wrong (nothing is written), 2 when the command is, 3 without the proof asked for.
`
const EXIT = { done: 0, wrongFile: 1, wrongUsage: 2, notProved: 3, interrupted: 130 } as const
const FAULTS_MAX = 20
/** Of a file, read at a time. */
const READ_BYTES = 256 * 1024
/** Each has an exact solver of its own in memory. */
const WORKERS = 8
const WORKERS_MAX = 64
/** For the exact solvers of all workers: what keeps a large department within 500 MB, and what a proof may take. */
const SOLVER_BYTES = { plan: 72e6, proof: 1.4e9 }

type Settings = {
  readonly file: string
  readonly out: string | undefined
  readonly seconds: number
  readonly prove: boolean
  readonly workers: number
  readonly seed: number
  /** Infinity: only the clock counts. */
  readonly steps: number
}

class WrongUsage extends Error {}

/** @throws WrongUsage */
function readSettings(args: readonly string[]): Settings | 'help' {
  const { values, positionals } = parse(args)
  if (values.help) return 'help'
  const [file, ...rest] = positionals
  if (file === undefined || rest.length > 0) throw new WrongUsage('name one program file')
  if (values.out !== undefined && resolve(values.out) === resolve(file)) {
    throw new WrongUsage('--out must not be the program file itself')
  }
  const prove = values.prove ?? false
  const isLong = prove || values.steps !== undefined
  const seconds = numberOf(values.seconds, '--seconds', isLong ? 600 : 10, { min: 0, max: 86_400 })
  const workers = numberOf(values.workers, '--workers', Math.min(availableParallelism(), WORKERS), {
    min: 1,
    max: WORKERS_MAX,
    whole: true,
  })
  const steps = workers === 1 ? seconds * STEPS_PER_SECOND : Number.POSITIVE_INFINITY
  return {
    file,
    out: values.out,
    prove,
    seconds,
    workers,
    steps:
      values.steps === undefined ? steps : numberOf(values.steps, '--steps', 0, { min: 1, max: 1e15, whole: true }),
    seed: numberOf(values.seed, '--seed', 1, { min: 0, max: 2 ** 31 - 1, whole: true }),
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        seconds: { type: 'string' },
        prove: { type: 'boolean' },
        workers: { type: 'string' },
        seed: { type: 'string' },
        steps: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (cause) {
    throw new WrongUsage(cause instanceof Error ? cause.message : 'options cannot be read')
  }
}

function numberOf(
  text: string | undefined,
  name: string,
  otherwise: number,
  { min, max, whole = false }: { readonly min: number; readonly max: number; readonly whole?: boolean },
): number {
  if (text === undefined) return otherwise
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
    throw new WrongUsage(`${name} must be ${whole ? 'a whole number' : 'a number'} from ${min} to ${max}`)
  }
  return value
}

/** `npm run plan`: see `USAGE`. */
async function main(): Promise<number> {
  try {
    const settings = readSettings(process.argv.slice(2))
    if (settings === 'help') {
      process.stdout.write(USAGE)
      return EXIT.done
    }
    return await plan(settings)
  } catch (error) {
    if (error instanceof WrongUsage) {
      process.stderr.write(`${error.message}\n\n${USAGE}`)
      return EXIT.wrongUsage
    }
    throw error
  }
}

async function plan(settings: Settings): Promise<number> {
  // Counts from the start of the process: loading it is part of the time that somebody waits.
  const elapsed = () => performance.now() / 1000
  const interrupt = interruptSignal()
  const progress = progressWriter()
  let steps = 0
  try {
    const program = await readProgramFile(createReadStream(settings.file, { highWaterMark: READ_BYTES }))
    // Better now than after the work is done.
    if (settings.out !== undefined) await access(dirname(settings.out), constants.W_OK)
    const result = await planWithWorkers(program, {
      seconds: settings.seconds - elapsed(),
      seed: settings.seed,
      steps: settings.steps,
      workers: settings.workers,
      solverBytes: settings.prove ? SOLVER_BYTES.proof : SOLVER_BYTES.plan,
      signal: interrupt.signal,
      report: (reached) => {
        steps = reached.steps
        progress.write(reached)
      },
      onFailure: (message) => {
        progress.clear()
        process.stderr.write(`An exact model failed, so the bound is weaker: ${message}\n`)
      },
    })
    progress.clear()
    if (settings.out !== undefined) await writeWhole(settings.out, `${JSON.stringify(result)}\n`)
    process.stdout.write(summarizePlan(program, result))
    const cut = steps >= settings.steps ? 'its steps were used up' : 'the time was up'
    const ending = result.bound.proved ? '' : `; ${interrupt.signal.aborted ? 'stopped' : cut}`
    process.stdout.write(`Time        ${elapsed().toFixed(1)} s${ending}\n`)
    return settings.prove && !result.bound.proved ? EXIT.notProved : EXIT.done
  } catch (error) {
    progress.clear()
    const lines = faultLines(error, settings.file)
    if (!lines) throw error
    for (const line of lines.slice(0, FAULTS_MAX)) process.stderr.write(`${line}\n`)
    if (lines.length > FAULTS_MAX) process.stderr.write(`and ${lines.length - FAULTS_MAX} more\n`)
    return EXIT.wrongFile
  } finally {
    interrupt.release()
  }
}

/** What is wrong with the files named, as far as that is the fault. */
function faultLines(error: unknown, file: string): readonly string[] | undefined {
  if (error instanceof DomainError) {
    if (error.faults.length === 0) return [`${file}: ${error.message}`]
    return error.faults.map(({ path, message }) => `${file}: ${path === '' ? '' : `${path}: `}${message}`)
  }
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return undefined
  const path = 'path' in error && typeof error.path === 'string' ? error.path : file
  return [`${path}: ${FILE_FAULTS[String(error.code)] ?? error.message}`]
}

const FILE_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'may not be read or written',
  EISDIR: 'is a folder',
  ENOTDIR: 'is no folder',
  ENOSPC: 'the disk is full',
}

/** Aborted by the first Ctrl-C; a second one ends the process without a plan. */
function interruptSignal(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController()
  const onInterrupt = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted)
    controller.abort()
  }
  process.on('SIGINT', onInterrupt)
  return { signal: controller.signal, release: () => process.off('SIGINT', onInterrupt) }
}

/** Keeps one line of progress on a terminal; silent elsewhere. */
function progressWriter(): { readonly write: (progress: PlanProgress) => void; readonly clear: () => void } {
  const { stderr } = process
  if (!stderr.isTTY) return { write: () => undefined, clear: () => undefined }
  let writtenAt = 0
  return {
    write: (progress) => {
      if (performance.now() - writtenAt < 100) return
      writtenAt = performance.now()
      stderr.write(`\r\x1b[K${progressLine(progress).slice(0, (stderr.columns || 80) - 1)}`)
    },
    clear: () => stderr.write('\r\x1b[K'),
  }
}

/** Writes a file as a whole or not at all. */
async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    await writeFile(temporary, text)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

// Whoever reads the summary may have seen enough of it, e.g. `head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
process.exitCode = await main()
