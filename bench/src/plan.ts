import { createPlanStage, planOf, type PlanStage } from '@switchyard/acceptance'
import { timeEmptyOften } from './empty.ts'
import { costRow, type Row } from './row.ts'

/** As GitHub answers, and so that the depth is exact; ms. */
const LATENCY = 150
/** The idea's issue. */
const IDEA = 1
const COMMAND = { requests: 6, depth: 4 }
const MATERIALISE = { requests: 12, depth: 11 }

/** One epic, four stories, 22 tasks, and no links, which cost one each. */
const PLAN = planOf(4, 6)
  .replaceAll(/### Task: Do [34]\.6 [\s\S]*?(?=\n## |$)/g, '')
  .replaceAll(/^Depends on: .*\n/gm, '')

/** What an idea's commands cost on a ledger that is there already, measured from the bundle. */
export async function measurePlans(node: string): Promise<readonly Row[]> {
  const stage = await createPlanStage({ node, latency: LATENCY, files: { 'plans/large.md': PLAN } })
  try {
    await stage.say(IDEA, '/plan upload plans/small.md')
    const upload = await costOf(stage, '/plan upload plans/large.md', 'uploaded')
    const transition = await costOf(stage, '/plan review start', 'commanded')
    await stage.say(IDEA, '/plan cancel')
    const made = await costOf(stage, '/plan materialise', 'materialised')
    const status = await costOf(stage, '/plan status', 'shown')
    const ratio = made.ms / (await timeEmptyOften(node))
    return [
      costRow('plan uploaded by a comment, from comment to card, reply and reaction', upload, COMMAND),
      costRow('idea moved to another state by a comment', transition, COMMAND),
      costRow('status of a plan of 27 issues', status, COMMAND),
      costRow('plan of 27 issues made', made, MATERIALISE),
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

async function costOf(stage: PlanStage, body: string, reason: string) {
  const payload = await stage.comment(IDEA, body)
  stage.github.log.reset()
  const started = performance.now()
  const { outputs, log } = await stage.play({ eventName: 'issue_comment', payload })
  const ms = performance.now() - started
  if (outputs['reason-code'] !== reason) throw new Error(`${body} ended with ${outputs['reason-code']}: ${log}`)
  return { requests: stage.github.log.count(), depth: stage.github.log.depth(), ms }
}
