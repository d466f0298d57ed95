import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { drawsFrom } from '../../shared/scheduling/programme/draw-random.ts'

/** What SIGKILL did to the embedded store: of these only `kills`, `acknowledged` and `restartMsMax` may be above 0. */
export type EmbeddedKills = {
  readonly kills: number
  /** Commits of two documents that the writer was told of. */
  readonly acknowledged: number
  /** Acknowledged commits that were not there after the restart. */
  readonly lost: number
  /** Restarts that found half a commit. */
  readonly torn: number
  readonly failedStarts: number
  /** From opening the process to the store having been read through. */
  readonly restartMsMax: number
}

const WRITER = join(import.meta.dirname, 'embedded-writer-child.ts')
const KILL_AFTER_MS = { min: 5, max: 155 }
/** A folder is used for so many kills; then a fresh one keeps reading it through short. */
const KILLS_PER_FOLDER = 20

/** Kills a writing process again and again and looks each time whether what it was told is there. */
export async function runEmbeddedKills({ kills, seed }: { readonly kills: number; readonly seed: number }) {
  const draw = drawsFrom(seed)
  const totals = { kills: 0, acknowledged: 0, lost: 0, torn: 0, failedStarts: 0, restartMsMax: 0 }
  while (totals.kills < kills) {
    const folder = mkdtempSync(join(tmpdir(), 'protected-time-kills-'))
    try {
      let acknowledged = 0
      const rounds = Math.min(KILLS_PER_FOLDER, kills - totals.kills)
      // One start more than kills: the last kill is looked at too.
      for (let round = 0; round <= rounds; round++) {
        const killAfterMs = KILL_AFTER_MS.min + draw() * (KILL_AFTER_MS.max - KILL_AFTER_MS.min)
        const run = await killWriter(folder, round === rounds ? 0 : killAfterMs)
        if (run.found === undefined) totals.failedStarts++
        else totals.lost += Math.max(0, acknowledged - run.found)
        if (run.isTorn) totals.torn++
        if (round > 0) totals.restartMsMax = Math.max(totals.restartMsMax, run.startMs)
        if (round < rounds) totals.kills++
        // What the last start of a folder still wrote is not looked at any more.
        if (round < rounds) totals.acknowledged += run.acknowledged
        acknowledged = Math.max(acknowledged, run.last)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return totals satisfies EmbeddedKills
}

type Run = {
  /** Commits that it found at its start; nothing when it did not start. */
  readonly found: number | undefined
  readonly isTorn: boolean
  readonly startMs: number
  readonly acknowledged: number
  readonly last: number
}

/** Starts the writer and kills it some time after it began to write. */
async function killWriter(folder: string, killAfterMs: number): Promise<Run> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  let run: Run = { found: undefined, isTorn: false, startMs: 0, acknowledged: 0, last: 0 }
  let timer: NodeJS.Timeout | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, number] = line.split(' ')
    if (word === 'ack') {
      run = { ...run, acknowledged: run.acknowledged + 1, last: Number(number) }
    } else {
      run = { ...run, found: Number(number), isTorn: word !== 'whole', startMs: performance.now() - startedAt }
      timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    }
  }
  clearTimeout(timer)
  child.kill('SIGKILL')
  return run
}
