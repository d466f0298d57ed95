import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../browser/launch-browser.ts'
import { startServerProcess } from '../start-servers.ts'
import { atMost, type BenchFigure, type BenchReport, middle } from './bench-report.ts'

const LOADS = 5
const SLOWDOWN = 4
const USABLE_MS = 1_500
const SCRIPT_KB = 230
/** Every build of the sign-in library says its own name. */
const SIGN_IN = /@azure\/msal-browser|msal\.js\.browser/

const PANE_URL = /\/(addin|teams-app)\//

type Pane = {
  readonly what: string
  readonly path: string
  /** What a person comes for is there when this is. */
  readonly usable: string
  open(page: Page): Promise<void>
}
const PANES: readonly Pane[] = [
  {
    what: 'Outlook pane',
    path: '/practice/',
    usable: 'button[type=submit]',
    open: (page) => page.getByRole('button', { name: 'New mentoring series' }).click(),
  },
  { what: 'Teams tab', path: '/practice/teams', usable: 'h1', open: async () => {} },
]

/**
 * The panes in Chromium, as the built service sends them: how much script a first look loads, and how soon a processor
 * four times slower shows it, from the pane's address being opened to what a person comes for, signed in and read.
 */
export async function run(): Promise<BenchReport> {
  const folder = mkdtempSync(join(tmpdir(), 'protected-time-bench-'))
  const server = await startServerProcess(undefined, { DATA_DIR: folder, LOG_LEVEL: 'silent' })
  const browser = await launchBrowser()
  try {
    const figures: BenchFigure[] = []
    for (const pane of PANES) figures.push(...(await paneFigures(browser, server.address, pane)))
    return { name: 'panes', figures }
  } finally {
    await browser.close()
    await server.signal('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function paneFigures(browser: Browser, address: string, pane: Pane): Promise<readonly BenchFigure[]> {
  const loads: Awaited<ReturnType<typeof loadOnce>>[] = []
  for (let load = 0; load < LOADS; load++) loads.push(await loadOnce(browser, address, pane))
  const usableMs = middle(loads.map(({ ms }) => ms))
  const { scripts = [] } = loads[0] ?? {}
  const kilobytes = (wanted: boolean) =>
    scripts.filter(({ isSignIn }) => isSignIn === wanted).reduce((sum, { bytes }) => sum + bytes, 0) / 1000
  return [
    atMost({ what: `${pane.what}: script of a first look, gzip`, value: kilobytes(false), unit: 'kB' }, SCRIPT_KB),
    { what: `${pane.what}: the sign-in library beside it`, value: kilobytes(true), unit: 'kB' },
    atMost(
      { what: `${pane.what}: usable, processor ${SLOWDOWN} times slower`, value: usableMs, unit: 'ms' },
      USABLE_MS,
    ),
  ]
}

/** In a browser that has never been here, but for the practice tenant's frame around the pane. */
async function loadOnce(browser: Browser, address: string, { path, usable, open }: Pane) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  try {
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })

    await page.goto(`${address}${path}`)
    await open(page)
    await page.frameLocator('iframe').locator(usable).first().waitFor()
    const shownAt = Date.now()
    const frame = page.frames().find((one) => PANE_URL.test(one.url()))
    const seen = await frame?.evaluate(() => ({
      beganAt: performance.timeOrigin,
      urls: performance.getEntriesByType('resource').map(({ name }) => name),
    }))
    if (!seen) throw new Error(`${path}: no pane was shown`)
    const files = new Set(seen.urls.filter((url) => url.endsWith('.js')).map((url) => basename(url)))
    const assets = resolve('dist/web/assets')
    const scripts = readdirSync(assets)
      .filter((name) => files.has(name))
      .map((name) => ({
        bytes: readFileSync(join(assets, `${name}.gz`)).length,
        isSignIn: SIGN_IN.test(readFileSync(join(assets, name), 'utf8')),
      }))
    return { ms: shownAt - seen.beganAt, scripts }
  } finally {
    await context.close()
  }
}
