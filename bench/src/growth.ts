import { CONTROL, createBootstrapStage, createDispatchStage } from '@switchyard/acceptance'
import type { LocalGitHub } from '@switchyard/local-github'
import { bytesOf, playBootstrap } from './bootstrap.ts'
import { makeHistory } from './history.ts'
import { costRow, type Row } from './row.ts'

export type Stream = 'dispatch' | 'bootstrap'

const SIZES = [10, 1_000, 100_000] as const
/** Answers take a while, so that the depth is exact; ms. */
const LATENCY = 60
/** Each is a file that is open at once. */
const FILES_PER_COMMIT = 5_000

interface Cost {
  readonly requests: number
  readonly depth: number
  readonly bytes: number
}

interface Job {
  readonly name: string
  readonly budget: { readonly requests: number; readonly depth: number }
  readonly measure: (node: string, events: number) => Promise<Cost>
}

const jobs: readonly Job[] = [
  { name: 'dispatch to 3', budget: { requests: 3 + 5 + 1, depth: 5 + 1 }, measure: measureDispatch },
  { name: 'create a repository of 10 files', budget: { requests: 18, depth: 11 }, measure: measureCreate },
]

/** The same jobs on ledgers of so many events: requests, depth and bytes must not grow with them. */
export async function measureGrowth(node: string): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const { name, budget, measure } of jobs) {
    for (const size of SIZES) {
      const cost = await measure(node, size)
      const row = costRow(`${name}, on a ledger of ${size.toLocaleString('en')} events`, cost, budget)
      rows.push({ ...row, measured: `${row.measured}, ${Math.round(cost.bytes / 1_000)} KB` })
    }
  }
  return rows
}

async function measureDispatch(node: string, events: number): Promise<Cost> {
  const stage = await createDispatchStage({ node, fanOut: { targets: 3 }, latency: LATENCY })
  try {
    const { github, source } = stage
    await addHistory(github, source, { stream: 'dispatch', events })
    const inputs = { 'create-issues': 'never' }
    const payload = await stage.completeCi()
    const run = await stage.startDispatchRun()
    github.log.reset()
    const { outputs, log } = await stage.play({ payload, run, inputs })
    if (outputs['dispatched'] !== '3') throw new Error(`The dispatch ended with ${outputs['reason-code']}: ${log}`)
    return { requests: github.log.count(), depth: github.log.depth(), bytes: bytesOf(github) }
  } finally {
    await stage.close()
  }
}

async function measureCreate(node: string, events: number): Promise<Cost> {
  const stage = await createBootstrapStage({ node, templateFiles: 7, latency: LATENCY })
  try {
    await addHistory(stage.github, CONTROL, { stream: 'bootstrap', events })
    return await playBootstrap(stage, { mode: 'create', name: 'measured' })
  } finally {
    await stage.close()
  }
}

async function addHistory(
  { world }: LocalGitHub,
  repository: string,
  { stream, events }: { readonly stream: Stream; readonly events: number },
): Promise<void> {
  const files = [...(await makeHistory({ stream, events, repositoryId: world.repository(repository).id }))]
  for (let at = 0; at < files.length; at += FILES_PER_COMMIT) {
    await world.commit({ repository, branch: `switchyard/${stream}`, files: Object.fromEntries(files.slice(at, at + FILES_PER_COMMIT)) })
  }
}
