import { expect, test } from 'vitest'
import { createReleaseStage, inventoryOf, PLATFORM, releaseOf } from '../src/index.ts'
const JOB = { actions: 'write', checks: 'write', contents: 'write', issues: 'write' } as const
test.each([
  [1, 50],
  [60, 50],
  [200, 50],
])('sweep of %i x %i', { timeout: 120_000 }, async (customers, steps) => {
  const stage = await createReleaseStage({
    latency: 15,
    files: { 'release/inventory.yml': inventoryOf(customers), 'release/releases/autumn.yml': releaseOf(steps) },
  })
  await stage.play({ inputs: { mode: 'activate', release: 'autumn' } })
  stage.github.clock.advance(6 * 60_000)
  stage.github.log.reset()
  const { outputs } = await stage.play({
    eventName: 'schedule',
    token: stage.github.world.createToken({ kind: 'job', repository: PLATFORM, permissions: JOB }),
  })
  console.log(customers, stage.github.world.state.issues.size, outputs['reason-code'], stage.github.log.count(), stage.github.log.depth())
  console.log(
    stage.github.log
      .entries()
      .map((e) => `${e.method} ${e.path} `)
      .join('\n'),
  )
  expect(1).toBe(1)
  await stage.close()
})
