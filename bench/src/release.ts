import { createReleaseStage, inventoryOf, type ReleaseStage, releaseOf } from '@switchyard/acceptance'
import { measureDecisions } from './release-decisions.ts'
import { costRow, type Row } from './row.ts'
import { timeEmptyOften } from './empty.ts'

/** As GitHub answers, and so that the depth is exact; ms. */
const LATENCY = 150
const STEPS = 50
/** Where an activation is asked for, and the board that it opens. */
const ISSUE = 3
const BOARD = 4
/** Pages whose bodies go with a command's other drawings, and with each request more. */
const PAGES = 8

const COMMAND = { requests: 6, depth: 4 }
const ACTIVATION = { requests: 9, depth: 7 }

/** What a release costs on a ledger that is there already, measured from the bundle. */
export async function measureReleases(node: string): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const customers of [1, 200]) rows.push(...(await measureRelease(customers, node)))
  return [...rows, ...measureDecisions(await timeEmptyOften(node))]
}

async function measureRelease(customers: number, node: string): Promise<readonly Row[]> {
  const stage = await createReleaseStage({
    node,
    latency: LATENCY,
    files: { 'release/inventory.yml': inventoryOf(customers), 'release/releases/autumn.yml': releaseOf(STEPS) },
  })
  try {
    await stage.say(await stage.openIssue('Hotfix'), '/release activate hotfix cluster-1/harbour-1')
    await stage.openIssue('Autumn')
    const size = `${customers} × ${STEPS}`
    const activation = await costOf(stage, ISSUE, '/release activate autumn')
    const pages = countPages(stage)
    const more = Math.ceil(Math.max(0, pages - PAGES) / PAGES)
    const one = await costOf(stage, BOARD, '/step done step-1 cluster-1/harbour-1')
    const ratio = one.ms / (await timeEmptyOften(node))
    const all = await costOf(stage, BOARD, '/step skip step-2 --all not needed')
    return [
      costRow(`activation of ${size}, ${pages} pages`, activation, {
        ...ACTIVATION,
        requests: ACTIVATION.requests + Math.ceil(pages / PAGES),
        // Pages stand under one parent, where links must not overlap.
        depth: ACTIVATION.depth + Math.max(0, Math.ceil(pages / PAGES) - 1),
      }),
      costRow(`step command on ${size}, from comment to board, check run, reply and reaction`, one, COMMAND),
      {
        job: `… from start to end, answers after ${LATENCY} ms`,
        measured: `${ratio.toFixed(1)} × \`node -e 0\``,
        budget: '—',
        isWithin: true,
      },
      costRow(`step command for all on ${size}`, all, { ...COMMAND, requests: COMMAND.requests + more }),
    ]
  } finally {
    await stage.close()
  }
}

async function costOf(stage: ReleaseStage, issue: number, body: string) {
  const payload = await stage.comment(issue, body)
  stage.github.log.reset()
  const started = performance.now()
  const { outputs, log } = await stage.play({ eventName: 'issue_comment', payload })
  const ms = performance.now() - started
  if (outputs['reason-code'] !== 'commanded') throw new Error(`${body} ended with ${outputs['reason-code']}: ${log}`)
  return { requests: stage.github.log.count(), depth: stage.github.log.depth(), ms }
}

function countPages({ github }: ReleaseStage): number {
  return [...github.world.state.issues.values()].filter(({ title }) => / · page \d+$/.test(title)).length
}
