import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'
import { type Browser, chromium } from 'playwright-core'

const SYSTEM_CHROMIUMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** Web security stays on (CORS, CSP, framing are under test); nothing calls home. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
]

/** A real Chromium: the machine's own, else the one that npm brought (Linux x64). */
export async function launchBrowser(): Promise<Browser> {
  const system = SYSTEM_CHROMIUMS.find((path) => existsSync(path))
  if (system && !process.env['NPM_CHROMIUM'])
    return chromium.launch({ executablePath: system, headless: true, args: ARGS })
  return launchNpmChromium()
}

async function launchNpmChromium(): Promise<Browser> {
  const { default: packed } = await import('@sparticuz/chromium')
  const executablePath = await packed.executablePath()
  try {
    return await chromium.launch({ executablePath, headless: true, args: ARGS })
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('shared libraries')) throw error
    // A bare machine lacks NSS. The package brings it, but unpacks it by itself only on the cloud it was made for.
    const folder = mkdtempSync(join(tmpdir(), 'chromium-libraries-'))
    const packedLibraries = fileURLToPath(
      new URL('../../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium')),
    )
    execFileSync('tar', ['-x', '-C', folder], { input: brotliDecompressSync(readFileSync(packedLibraries)) })
    const env = { ...process.env, LD_LIBRARY_PATH: join(folder, 'lib') }
    return chromium.launch({ executablePath, headless: true, args: ARGS, env })
  }
}
