import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPlanStage, planOf, type PlanStage } from '../src/index.ts'
import { EXACT_DEPTH } from '../src/exact-depth.ts'

/** One epic, 4 stories, 22 tasks. Source: quality document. */
const MADE = { requests: 12, depth: 11 }
/** The first look and the asker's role at once, the record, the answer with card and reaction. */
const UPLOADED = { requests: 4, depth: 3 }
/** Beside the record the plan's text is read, for the card. */
const MOVED = { requests: 5, depth: 3 }
/** The plan's text; of a plan that is made, its issues beside it. */
const SHOWN = { requests: 4, depth: 3 }
const SHOWN_MADE = { requests: 5, depth: 3 }
const REFUSED = { requests: 3, depth: 2 }

const PLAN = planOf(4, 6, { head: 'labels: [plan]' })
  .replaceAll(/### Task: Do [34]\.6 [\s\S]*?(?=\n## |$)/g, '')
  .replaceAll(/^Depends on: .*\n/gm, '')

let stage: PlanStage
beforeAll(async () => {
  stage = await createPlanStage({ ...EXACT_DEPTH, files: { 'plans/large.md': PLAN, 'plans/faulty.md': '# Epos: x\n' } })
  const label = { name: 'plan', color: 'ededed' }
  await fetch(`${stage.github.apiUrl}/repos/acme/shelf/labels`, {
    method: 'POST',
    headers: { authorization: `bearer ${stage.tokenOf('maintainer')}` },
    body: JSON.stringify(label),
  })
  await stage.say(1, '/plan upload plans/small.md')
})
afterAll(() => stage.close())

/** What a comment costs, and how it ended. */
async function costOf(body: string, by?: string) {
  const payload = await stage.comment(1, body, by)
  stage.github.log.reset()
  const { outputs, log } = await stage.play({ eventName: 'issue_comment', payload, ...(by !== undefined && { actor: by }) })
  return {
    reason: outputs['reason-code'],
    requests: stage.github.log.count(),
    depth: stage.github.log.depth(),
    issues: outputs.issues,
    log,
  }
}

test('every command is answered within its budget, and a plan of 27 issues is made within its own', async () => {
  expect(await costOf('/plan upload plans/large.md')).toMatchObject({ reason: 'uploaded', ...UPLOADED })
  expect(await costOf('/plan review start')).toMatchObject({ reason: 'commanded', ...MOVED })
  expect(await costOf('/plan upload plans/faulty.md')).toMatchObject({ reason: 'plan-faulty', ...REFUSED })
  expect(await costOf('/plan review approve')).toMatchObject({ reason: 'reviewed', ...MOVED })
  expect(await costOf('/plan status', 'reader')).toMatchObject({ reason: 'shown', ...SHOWN })
  expect(await costOf('/plan cancel', 'reader')).toMatchObject({ reason: 'not-yours', ...REFUSED })
  expect(await costOf('/plan materialise')).toMatchObject({ reason: 'materialised', issues: '27', ...MADE })
  expect(await costOf('/plan status', 'reader')).toMatchObject({ reason: 'shown', ...SHOWN_MADE })
})

/** A difference of a plan of 27 issues: the ledger, the file, what was applied, the issues, the answer. */
const DIFFERENCE = { requests: 6, depth: 4 }
/** With the plan's place looked at, the issues looked at again, changed, and written down before and after. */
const APPLIED = { requests: 11, depth: 8 }

test('a difference is shown, and applied, within its budget', async () => {
  await stage.commit({ 'plans/large.md': PLAN.replace('Do 1.1 {', 'Do one {').replace('What is to be done for 2.2.', 'Another text.') })
  const measure = async (words: string) => {
    const payload = await stage.comment(1, words)
    stage.github.log.reset()
    const { outputs } = await stage.play({ eventName: 'issue_comment', payload })
    return { outputs, cost: { requests: stage.github.log.count(), depth: stage.github.log.depth() } }
  }
  const shown = await measure('/plan sync')
  expect(shown).toMatchObject({ outputs: { 'reason-code': 'difference-shown' }, cost: DIFFERENCE })
  const applied = await measure(`/plan sync --confirm ${shown.outputs['hash']}`)
  expect(applied).toMatchObject({ outputs: { 'reason-code': 'synced', issues: '2' }, cost: APPLIED })
})
