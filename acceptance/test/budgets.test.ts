import { afterEach, expect, test } from 'vitest'
import { createDispatchStage, type DispatchStage } from '../src/index.ts'
import { EXACT_DEPTH } from '../src/exact-depth.ts'

let stage: DispatchStage
afterEach(() => stage.close())

interface Cost {
  readonly requests: number
  readonly depth: number
}

/** The cost of one dispatch on a ledger that is there already. */
async function measure(
  fanOut: { readonly targets: number; readonly refusing?: number },
  inputs: Readonly<Record<string, string>> = {},
): Promise<Cost> {
  stage = await createDispatchStage({ fanOut, ...EXACT_DEPTH })
  const withTargetToken = !('app-id' in inputs)
  const settled = {
    'create-issues': 'never',
    ...(withTargetToken ? {} : stage.appInputs),
    ...inputs,
    ...('app-id' in inputs ? stage.appInputs : {}),
  }
  await stage.play({ payload: await stage.completeCi(), inputs: settled, withTargetToken })
  const payload = await stage.completeCi()
  const run = await stage.startDispatchRun()
  stage.github.log.reset()
  const result = await stage.play({ payload, run, inputs: settled, withTargetToken })
  expect(result.outputs['dispatched']).toBe(String(fanOut.targets))
  return { requests: stage.github.log.count(), depth: stage.github.log.depth() }
}

/** Ten at a time, fifty targets a query. */
const budget = (targets: number): Cost => ({ requests: targets + 5 + Math.ceil(targets / 50), depth: 5 + Math.ceil(targets / 10) })

test.each([[1], [3], [12]])('a dispatch to %i targets stays within its budget of requests and depth', async (targets) => {
  const cost = await measure({ targets })
  expect(cost.requests).toBeLessThanOrEqual(budget(targets).requests)
  expect(cost.depth).toBeLessThanOrEqual(budget(targets).depth)
})

test('an App costs three requests more for each owner', async () => {
  const cost = await measure({ targets: 3 }, { 'app-id': 'given' })
  expect(cost.requests).toBeLessThanOrEqual(budget(3).requests + 3)
  expect(cost.depth).toBeLessThanOrEqual(budget(3).depth + 3)
})

test('issues cost one request each, and one step more in line', async () => {
  const cost = await measure({ targets: 3, refusing: 2 }, { 'create-issues': 'failures' })
  expect(cost.requests).toBeLessThanOrEqual(budget(3).requests + 1 + 2)
  expect(cost.depth).toBeLessThanOrEqual(budget(3).depth + 1)
})
