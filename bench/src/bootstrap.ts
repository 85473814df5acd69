import { type BootstrapStage, createBootstrapStage } from '@switchyard/acceptance'
import { timeEmptyOften } from './empty.ts'
import { costRow, type Row } from './row.ts'

/** As GitHub answers, and so that the depth is exact; ms. */
const LATENCY = 150
/** The template's README, manifest and workflow. */
const OWN_FILES = 3
const PREVIEW = { requests: 8, depth: 5 }
/** 16 and 9, and one more each for the description that is set, and for writing down that it was. */
const CREATE = { requests: 16 + 2, depth: 9 + 2 }

const jobs = [
  { mode: 'preview', files: 200, budget: PREVIEW },
  { mode: 'create', files: 10, budget: CREATE },
  { mode: 'create', files: 200, budget: CREATE },
  { mode: 'create', files: 1_000, budget: CREATE },
] as const

/** What a preview and a creation cost on a ledger that is there already, measured from the bundle. */
export async function measureBootstraps(node: string): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const job of jobs) rows.push(...(await measureJob(job, node)))
  return rows
}

async function measureJob({ mode, files, budget }: (typeof jobs)[number], node: string): Promise<readonly Row[]> {
  const stage = await createBootstrapStage({ node, templateFiles: files - OWN_FILES, latency: LATENCY })
  try {
    await playBootstrap(stage, { mode: 'create', name: 'first' })
    const cost = await playBootstrap(stage, { mode, name: 'measured' })
    const job = `${mode === 'create' ? 'create a repository' : 'preview a repository'} of ${files.toLocaleString('en')} files`
    const ratio = cost.ms / (await timeEmptyOften(node))
    return [
      costRow(job, cost, budget),
      {
        job: `… from start to end, answers after ${LATENCY} ms`,
        measured: `${ratio.toFixed(1)} × \`node -e 0\``,
        budget: '—',
        isWithin: true,
      },
    ]
  } finally {
    await stage.close()
  }
}

/** One run of the action by hand, without an issue. */
export async function playBootstrap(stage: BootstrapStage, { mode, name }: { readonly mode: 'preview' | 'create'; readonly name: string }) {
  const run = await stage.startRun()
  stage.github.log.reset()
  const started = performance.now()
  const { outputs, log } = await stage.play({ run, inputs: { mode, owner: 'acme', name } })
  const ms = performance.now() - started
  if (outputs['decision'] !== 'done') throw new Error(`${mode} of ${name} ended with ${outputs['reason-code']}: ${log}`)
  return { requests: stage.github.log.count(), depth: stage.github.log.depth(), bytes: bytesOf(stage.github), ms }
}

/** What went over the wire, bodies of both directions. */
export function bytesOf({ log }: BootstrapStage['github']): number {
  return log.entries().reduce((sum, entry) => sum + entry.requestBytes + entry.responseBytes, 0)
}
