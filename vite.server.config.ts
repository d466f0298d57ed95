import { defineConfig } from 'vite'

/** What brings files of its own (machine code, WebAssembly, pages), and what is loaded only where it is used. */
const APART = ['@scalar/fastify-api-reference', 'docx', 'highs', 'libsql', 'mongodb']

/**
 * Builds the service and the planning command into `dist/server`, with the packages that every start loads: two
 * thousand small files take longer to find than to run.
 */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: APART },
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        main: 'server/main.ts',
        'plan/plan-command': 'server/plan/plan-command.ts',
        'plan/plan-worker': 'server/plan/plan-worker.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
})
