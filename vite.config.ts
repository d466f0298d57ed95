import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path: string) => resolve(import.meta.dirname, path)

const pages = {
  addin: here('addin/index.html'),
  'teams-app': here('teams-app/index.html'),
  'practice-outlook': here('server/practice/web/outlook.html'),
  'practice-teams': here('server/practice/web/teams.html'),
}
/** The practice tenant's stand-in for Microsoft's office.js: a classic script, so it is built apart from the pages. */
const officeScript = here('server/practice/web/office.ts')

/**
 * Builds both panes and the practice tenant's host pages into `dist/web`, each page at the path of its source and
 * every asset under `/assets/`. The server puts a fresh nonce in place of `__CSP_NONCE__` in each answer.
 */
export default defineConfig({
  base: '/',
  // Nothing is served beside the pages.
  publicDir: false,
  plugins: [react()],
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
