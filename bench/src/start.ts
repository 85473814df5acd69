import { spawn } from 'node:child_process'
import { createBootstrapStage, createDispatchStage } from '@switchyard/acceptance'
import type { LocalGitHub } from '@switchyard/local-github'
import { median, type Row } from './row.ts'

const RUNS = 15
const BUDGET = 2

/** Start of each action's process to its first request's arrival, against `node -e 0` in the same breath, turn by turn. */
export async function measureStarts(node: string): Promise<readonly Row[]> {
  return [await measureDispatch(node), await measureBootstrap(node)]
}

async function measureDispatch(node: string): Promise<Row> {
  const stage = await createDispatchStage({ node })
  try {
    const payload = await stage.completeCi('failure')
    return await measure('dispatch-on-complete', { node, github: stage.github, play: async (onStarted) => stage.play({ payload, run: await stage.startDispatchRun(), onStarted }) })
  } finally {
    await stage.close()
  }
}

async function measureBootstrap(node: string): Promise<Row> {
  const stage = await createBootstrapStage()
  try {
    const inputs = { mode: 'preview', owner: 'acme', name: 'shop' }
    return await measure('bootstrap-repo', { node, github: stage.github, play: async (onStarted) => stage.play({ inputs, node, run: await stage.startRun(), onStarted }) })
  } finally {
    await stage.close()
  }
}

interface Measured {
  readonly node: string
  readonly github: LocalGitHub
  readonly play: (onStarted: () => void) => Promise<unknown>
}

async function measure(action: string, { node, github, play }: Measured): Promise<Row> {
  const ratios: number[] = []
  await play(() => undefined)
  for (let turn = 0; turn < RUNS; turn += 1) {
    const empty = await timeEmpty(node)
    github.log.reset()
    let started = 0
    await play(() => (started = Date.now()))
    const [first] = github.log.entries()
    if (first !== undefined) ratios.push((first.startedAt - started) / empty)
  }
  const ratio = median(ratios)
  return { job: `${action}: start to first request arriving`, measured: `${ratio.toFixed(2)} × \`node -e 0\``, budget: `${BUDGET.toFixed(1)} ×`, isWithin: ratio <= BUDGET }
}

function timeEmpty(node: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(node, ['-e', '0'], { stdio: 'ignore' })
    child.on('error', reject)
    child.on('exit', () => resolve(performance.now() - started))
  })
}
