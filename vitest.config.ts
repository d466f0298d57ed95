import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Its own default leaves a core idle, which on two cores is half the machine.
    maxWorkers: '100%',
    // Modules are loaded once for each worker, not for each file: they hold no state that tests could share.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
})
