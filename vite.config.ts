import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => resolve(import.meta.dirname, path)

const pages = {
  addin: here('addin/index.html'),
  'teams-app': here('teams-app/index.html'),
  'practice-outlook': here('server/practice/web/outlook.html'),
  'practice-teams': here('server/practice/web/teams.html'),
}
/** The practice tenant's stand-in for Microsoft's office.js: a classic script, so it is built apart from the pages. */
const officeScript = here('server/practice/web/office.ts')

/** Writes each script and style sheet once more as gzip and once as brotli, for the server to send as they are. */
const compressedCopies: Plugin = {
  name: 'compressed-copies',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const written = Object.values(bundle).filter(({ fileName }) => /^assets\/.*\.(js|css)$/.test(fileName))
    await Promise.all(
      written.map(async (file) => {
        const content = Buffer.from(file.type === 'chunk' ? file.code : file.source)
        const path = join(dir, file.fileName)
        await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }))
        await writeFile(`${path}.br`, await promisify(brotliCompress)(content))
      }),
    )
  },
}

/**
 * Builds both panes and the practice tenant's host pages into `dist/web`, each page at the path of its source and
 * every asset under `/assets/`. The server puts a fresh nonce in place of `__CSP_NONCE__` in each answer.
 */
export default defineConfig({
  base: '/',
  // Nothing is served beside the pages.
  publicDir: false,
  plugins: [react(), compressedCopies],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: here('dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    // Data URLs would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: Object.fromEntries(Object.entries(pages).filter(([, path]) => existsSync(path))) },
  },
  builder: {},
  environments: existsSync(officeScript)
    ? {
        office: {
          consumer: 'client',
          build: {
            outDir: here('dist/web/practice'),
            emptyOutDir: false,
            rolldownOptions: { input: officeScript, output: { format: 'iife', entryFileNames: 'office.js' } },
          },
        },
      }
    : {},
})
