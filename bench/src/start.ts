import { spawn } from 'node:child_process'
import { createDispatchStage } from '@switchyard/acceptance'
import { median, type Row } from './row.ts'

const RUNS = 15
const BUDGET = 2

/** Start of the process to the first request's arrival, against `node -e 0` in the same breath, turn by turn. */
export async function measureStart(node: string): Promise<Row> {
  const stage = await createDispatchStage({ node })
  try {
    const ratios: number[] = []
    const payload = await stage.completeCi('failure')
    await stage.play({ payload })
    for (let turn = 0; turn < RUNS; turn += 1) {
      const empty = await timeEmpty(node)
      const run = await stage.startDispatchRun()
      stage.github.log.reset()
      let started = 0
      await stage.play({ payload, run, onStarted: () => (started = Date.now()) })
      const [first] = stage.github.log.entries()
      if (first !== undefined) ratios.push((first.startedAt - started) / empty)
    }
    const ratio = median(ratios)
    return { job: 'start to first request arriving', measured: `${ratio.toFixed(2)} × \`node -e 0\``, budget: `${BUDGET.toFixed(1)} ×`, isWithin: ratio <= BUDGET }
  } finally {
    await stage.close()
  }
}

function timeEmpty(node: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(node, ['-e', '0'], { stdio: 'ignore' })
    child.on('error', reject)
    child.on('exit', () => resolve(performance.now() - started))
  })
}
