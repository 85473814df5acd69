import { spawn } from 'node:child_process'
import { median } from './row.ts'

/** How long `node -e 0` takes now, in ms: what times are divided by. */
export function timeEmpty(node: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(node, ['-e', '0'], { stdio: 'ignore' })
    child.on('error', reject)
    child.on('exit', () => resolve(performance.now() - started))
  })
}

/** The median of several. */
export async function timeEmptyOften(node: string): Promise<number> {
  const times: number[] = []
  for (let turn = 0; turn < 7; turn += 1) times.push(await timeEmpty(node))
  return median(times)
}
