import type { ChildProcess } from 'node:child_process'
import { createBootstrapStage, createDispatchStage, createPlanStage, createReleaseStage } from '@switchyard/acceptance'
import type { LocalGitHub } from '@switchyard/local-github'
import { timeEmpty } from './empty.ts'
import { median, type Row } from './row.ts'

const RUNS = 15
const BUDGET = 2

interface Stage {
  readonly github: LocalGitHub
}

type Prepare = () => Promise<(onStarted: (child: ChildProcess) => void) => Promise<unknown>>

/** Start of the process to the first request's arrival, against `node -e 0` in the same breath, turn by turn. */
export async function measureStart(node: string): Promise<readonly Row[]> {
  return [
    await measureDispatchStart(node),
    await measureBootstrapStart(node),
    ...(await measureReleaseStarts(node)),
    await measurePlanStart(node),
  ]
}

async function measureDispatchStart(node: string): Promise<Row> {
  const stage = await createDispatchStage({ node })
  try {
    const payload = await stage.completeCi('failure')
    await stage.play({ payload })
    return await measureTurns('dispatch-on-complete', { node, stage }, async () => {
      const run = await stage.startDispatchRun()
      return (onStarted) => stage.play({ payload, run, onStarted })
    })
  } finally {
    await stage.close()
  }
}

async function measureBootstrapStart(node: string): Promise<Row> {
  const stage = await createBootstrapStage({ node })
  try {
    const inputs = { mode: 'preview', owner: 'acme', name: 'shop' }
    await stage.play({ inputs })
    return await measureTurns('bootstrap-repo', { node, stage }, async () => {
      const run = await stage.startRun()
      return (onStarted) => stage.play({ inputs, run, onStarted })
    })
  } finally {
    await stage.close()
  }
}

/** A release's command, and a look at the ledger that it was written to. */
async function measureReleaseStarts(node: string): Promise<readonly Row[]> {
  const stage = await createReleaseStage({ node })
  try {
    await stage.say(await stage.openIssue('Hotfix'), '/release activate hotfix')
    const board = 2
    const step = await measureTurns('release-step', { node, stage }, async () => {
      const payload = await stage.comment(board, '/step done rotate eu-1/brede')
      return (onStarted) => stage.play({ eventName: 'issue_comment', payload, onStarted })
    })
    const ledger = await measureTurns('ledger', { node, stage }, async () => {
      const run = await stage.startRun()
      return (onStarted) => stage.play({ action: 'ledger', inputs: { stream: 'release' }, run, onStarted })
    })
    return [step, ledger]
  } finally {
    await stage.close()
  }
}

async function measurePlanStart(node: string): Promise<Row> {
  const stage = await createPlanStage({ node })
  try {
    await stage.say(1, '/plan grill start')
    return await measureTurns('plan-upload', { node, stage }, async () => {
      const payload = await stage.comment(1, '/plan status')
      return (onStarted) => stage.play({ eventName: 'issue_comment', payload, onStarted })
    })
  } finally {
    await stage.close()
  }
}

async function measureTurns(
  action: string,
  { node, stage }: { readonly node: string; readonly stage: Stage },
  prepare: Prepare,
): Promise<Row> {
  const ratios: number[] = []
  for (let turn = 0; turn < RUNS; turn += 1) {
    const empty = await timeEmpty(node)
    const play = await prepare()
    stage.github.log.reset()
    let started = 0
    await play(() => (started = Date.now()))
    const [first] = stage.github.log.entries()
    if (first !== undefined) ratios.push((first.startedAt - started) / empty)
  }
  const ratio = median(ratios)
  const job = `start of ${action} to its first request arriving`
  return { job, measured: `${ratio.toFixed(2)} × \`node -e 0\``, budget: `${BUDGET.toFixed(1)} ×`, isWithin: ratio <= BUDGET }
}
