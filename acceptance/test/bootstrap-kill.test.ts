import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import {
  type BootstrapStage,
  createBootstrapStage,
  FINISHES,
  listTree,
  lookAtEnding,
  runKilled,
  sample,
  type SavedStage,
  saveShop,
} from '../src/index.ts'

const HOWS = ['its own next attempt', 'another run'] as const
const KINDS = ['lost-answer-before', 'lost-answer-after'] as const

interface Undisturbed {
  readonly saved: SavedStage
  /** How many requests a create sends, within one or two: edits of the comment that are overtaken are left out. */
  readonly total: number
  /** How many of them come before anything is written. */
  readonly preparation: number
  readonly tree: string
}

const folder = await mkdtemp(join(tmpdir(), 'bootstrap-kill-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

async function playUndisturbed(): Promise<Undisturbed> {
  const saved = await saveShop(folder)
  const stage = await createBootstrapStage({ saved })
  const payload = await stage.comment(1, '/bootstrap run')
  stage.github.log.reset()
  await stage.play({ eventName: 'issue_comment', payload })
  const entries = stage.github.log.entries()
  const preparation = entries.findIndex(({ operation }) => operation === 'CommitToLedger')
  const total = entries.length
  const tree = await listTree(stage, 'acme/shop')
  await stage.close()
  return { saved, total, preparation, tree }
}

const { saved, total, preparation, tree } = await playUndisturbed()
const kills = Array.from({ length: total }, (_, at) => at + 1).flatMap((nth) =>
  // Where nothing was written yet, one way to finish is enough: they take turns.
  KINDS.flatMap((kind, at) => (nth <= preparation ? HOWS.slice((nth + at) % 2).slice(0, 1) : HOWS).map((how) => ({ nth, kind, how }))),
)

const tellsOf = (stage: BootstrapStage): readonly string[] => stage.commentsOf(1).filter((body) => body.includes(' run='))

test.concurrent.each(sample(kills))(
  'killed at request $nth ($kind), finished by $how: the repository is there once, and complete',
  async ({ nth, kind, how }) => {
    const stage = await createBootstrapStage({ saved })
    try {
      const killed = await runKilled(stage, { match: { nth }, kind })
      if (nth <= total - 3) expect(killed.killedBy).toBe('SIGKILL')
      await FINISHES[how](stage, killed)
      const { runs, progressComments, ...ending } = await lookAtEnding(stage)
      const labels = expect.arrayContaining(['triage', 'urgent'])
      expect(ending).toEqual({
        repositories: [{ name: 'shop', description: 'From acme/template v1.0.0', topics: ['shop', 'web'], labels }],
        findings: [],
        openIntents: [],
      })
      expect(await listTree(stage, 'acme/shop')).toBe(tree)
      expect(runs.at(-1)).toMatchObject({ status: 'SUCCEEDED', needs_cleanup: false })
      expect(progressComments.filter((count) => count !== 1)).toEqual([])
      // What was not drawn before the process was gone is drawn when somebody comes by.
      if (tellsOf(stage).some((body) => body.includes('⏳'))) await stage.play({ eventName: 'issue_comment', payload: killed.payload })
      const told = tellsOf(stage)
      expect(told.filter((body) => body.includes('⏳'))).toEqual([])
      expect(told.at(-1)).toContain('### ✅ acme/shop is ready')
      const checks = [...stage.github.world.state.checkRuns.values()].map(({ externalId }) => externalId)
      expect(new Set(checks).size).toBe(checks.length)
    } finally {
      await stage.close()
    }
  },
)

test.concurrent('what is left to set is set by an App, too, whose token is asked for no more than it takes', async () => {
  const stage = await createBootstrapStage({ saved })
  try {
    await runKilled(
      stage,
      { match: { method: 'PUT', route: '/repos/{owner}/{repo}/topics' }, kind: 'lost-answer-before' },
      { credential: 'app' },
    )
    const asked: unknown[] = []
    stage.github.behaviour.onExchange = ({ route, requestBody }) => {
      if (route?.endsWith('/access_tokens') === true) asked.push(requestBody)
    }
    const { outputs } = await stage.play({ eventName: 'schedule', credential: 'app' })
    expect(outputs).toMatchObject({ 'reason-code': 'recovered' })
    const { repositories, runs } = await lookAtEnding(stage)
    const labels = expect.arrayContaining(['triage', 'urgent'])
    expect(repositories).toMatchObject([{ topics: ['shop', 'web'], labels, description: 'From acme/template v1.0.0' }])
    expect(runs).toMatchObject([{ status: 'SUCCEEDED', warnings: [] }])
    expect(asked.at(-1)).toMatchObject({ permissions: { administration: 'write', contents: 'write', issues: 'write', metadata: 'read' } })
  } finally {
    await stage.close()
  }
})

test.concurrent('the issue is told when recovery ends a run in place of its process', async () => {
  const stage = await createBootstrapStage({ saved })
  try {
    await runKilled(stage, { match: { method: 'POST', route: /git-receive-pack$/ }, kind: 'lost-answer-before' })
    await stage.play({ eventName: 'schedule' })
    const end = /### ❌ acme\/shop could not be made, and was left half done[^]*RUN\\_ABANDONED[^]*cleanup delete acme\/shop/
    expect(tellsOf(stage)).toEqual([expect.stringMatching(end)])
    expect([...stage.github.world.state.checkRuns.values()]).toMatchObject([{ name: 'bootstrap/acme/shop', conclusion: 'failure' }])
  } finally {
    await stage.close()
  }
})
