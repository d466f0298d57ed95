import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type BenchReport, tableOf } from './bench-report.ts'

/** Every bench by name; each is loaded only when it runs. */
const BENCHES: Readonly<Record<string, () => Promise<{ run(args: readonly string[]): Promise<BenchReport> }>>> = {
  engine: () => import('./engine.ts'),
  service: () => import('./service.ts'),
  panes: () => import('./panes.ts'),
}

/**
 * `npm run bench [-- name ...]`: runs the benches named, all of them unless told, prints their figures and writes them
 * to `data/bench/<name>.json`. What follows `--` after the names goes to each bench.
 */
async function main(): Promise<number> {
  const args = process.argv.slice(2)
  const split = args.indexOf('--')
  const named = split < 0 ? args : args.slice(0, split)
  const names = named.length > 0 ? named : Object.keys(BENCHES)
  const unknown = names.filter((name) => !(name in BENCHES))
  if (unknown.length > 0) {
    process.stderr.write(`No bench ${unknown.join(', ')}; there are: ${Object.keys(BENCHES).join(', ')}\n`)
    return 2
  }
  for (const name of names) {
    const bench = await BENCHES[name]?.()
    if (!bench) continue
    const report = await bench.run(split < 0 ? [] : args.slice(split + 1))
    const file = resolve('data', 'bench', `${name}.json`)
    await mkdir(dirname(file), { recursive: true })
    const machine = { node: process.version, platform: process.platform, arch: process.arch }
    await writeFile(file, `${JSON.stringify({ ...report, machine }, undefined, 2)}\n`)
    process.stdout.write(`${tableOf(report)}\n\n${file}\n`)
  }
  return 0
}

process.exitCode = await main()
