import { createDispatchStage, type DispatchStageOptions } from '@switchyard/acceptance'
import { costRow, type Row } from './row.ts'

interface Job {
  readonly name: string
  readonly fanOut: NonNullable<DispatchStageOptions['fanOut']>
  readonly withApp?: boolean
  readonly issues?: boolean
}

/** Answers take a while, so that the depth is exact; ms. */
const LATENCY = 60

const jobs: readonly Job[] = [
  ...[1, 3, 10, 60].map((targets) => ({ name: `dispatch to ${targets}, plain token, no issue`, fanOut: { targets } })),
  { name: 'dispatch to 3, App', fanOut: { targets: 3 }, withApp: true },
  { name: 'dispatch to 3, 2 refused, issues commented', fanOut: { targets: 3, refusing: 2 }, issues: true },
]

/** What a dispatch costs on a ledger that is there already, measured from the bundle. */
export async function measureDispatches(node: string): Promise<readonly Row[]> {
  const rows = [await measureNothing(node)]
  for (const job of jobs) rows.push(await measureJob(job, node))
  return rows
}

async function measureJob({ name, fanOut, withApp = false, issues = false }: Job, node: string): Promise<Row> {
  const stage = await createDispatchStage({ node, fanOut, latency: LATENCY })
  try {
    const inputs = { 'create-issues': issues ? 'failures' : 'never', ...(withApp ? stage.appInputs : {}) }
    await stage.play({ payload: await stage.completeCi(), inputs, withTargetToken: !withApp })
    const payload = await stage.completeCi()
    const run = await stage.startDispatchRun()
    stage.github.log.reset()
    await stage.play({ payload, run, inputs, withTargetToken: !withApp })
    const { targets, refusing = 0 } = fanOut
    const extra = { requests: (withApp ? 3 : 0) + (issues ? 1 + refusing : 0), depth: (withApp ? 3 : 0) + (issues ? 1 : 0) }
    const budget = {
      requests: targets + 5 + Math.ceil((targets + refusing) / 50) + extra.requests,
      depth: 5 + Math.ceil(targets / 10) + extra.depth,
    }
    return costRow(name, { requests: stage.github.log.count(), depth: stage.github.log.depth() }, budget)
  } finally {
    await stage.close()
  }
}

async function measureNothing(node: string): Promise<Row> {
  const stage = await createDispatchStage({ node, latency: LATENCY })
  try {
    const run = await stage.startDispatchRun()
    const payload = await stage.github.world.completeRun(run.id)
    stage.github.log.reset()
    await stage.play({ payload, run })
    return costRow(
      'a completed run that no rule names',
      { requests: stage.github.log.count(), depth: stage.github.log.depth() },
      { requests: 1, depth: 1 },
    )
  } finally {
    await stage.close()
  }
}
