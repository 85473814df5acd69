import { afterEach, expect, test } from 'vitest'
import { type BootstrapStage, createBootstrapStage } from '../src/index.ts'

let stage: BootstrapStage
afterEach(() => stage.close())

/** The template's README, manifest and workflow. */
const OWN_FILES = 3

/** The cost of one run on a ledger that is there already; a little latency makes the depth exact. */
async function measure(mode: 'preview' | 'create', files: number): Promise<{ readonly requests: number; readonly depth: number }> {
  stage = await createBootstrapStage({ templateFiles: files - OWN_FILES, latency: 15 })
  await stage.play({ inputs: { mode: 'create', owner: 'acme', name: 'first' } })
  const run = await stage.startRun()
  stage.github.log.reset()
  const result = await stage.play({ run, inputs: { mode, owner: 'acme', name: 'measured' } })
  expect(result.outputs['decision']).toBe('done')
  return { requests: stage.github.log.count(), depth: stage.github.log.depth() }
}

test('a preview of 200 files stays within its budget of requests and depth', async () => {
  const { requests, depth } = await measure('preview', 200)
  expect(requests).toBeLessThanOrEqual(8)
  expect(depth).toBeLessThanOrEqual(5)
})

// One request more, and one in line, for the description that is set, and as many for writing down that it was.
test.each([[10], [1_000]])('a repository of %i files is made within one budget', async (files) => {
  const { requests, depth } = await measure('create', files)
  expect(requests).toBeLessThanOrEqual(16 + 2)
  expect(depth).toBeLessThanOrEqual(9 + 2)
})
