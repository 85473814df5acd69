import { defineConfig } from 'vitest/config'

// Two projects, since the acceptance tests run the committed bundles and measure, and so want the machine for themselves.
const project = (name: string, include: string[], setupFiles: string[] = []): object => ({
  extends: true,
  test: { name, include, setupFiles: ['scripts/property-seed.ts', ...setupFiles] },
})

export default defineConfig({
  test: {
    // Only what hangs comes to these limits: no test may fail because its machine is slow.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 120_000 } },
    // Much of a test is waiting: for a child process, or for an answer that comes late on purpose.
    maxWorkers: '100%',
    // Modules hold no state that a test could leave to the next file: loading them once for each worker saves a third of the time.
    isolate: false,
    projects: [
      project('unit', ['packages/*/{src,test}/**/*.test.ts', 'actions/*/src/**/*.test.ts', 'scripts/**/*.test.ts']),
      project('acceptance', ['acceptance/**/*.test.ts'], ['acceptance/test/tidy-up.ts']),
    ],
  },
})
