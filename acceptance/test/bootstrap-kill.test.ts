import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createBootstrapStage, FINISHES, listTree, lookAtEnding, runKilled, saveShop, type SavedStage } from '../src/index.ts'

const HOWS = ['its own next attempt', 'another run'] as const
const KINDS = ['lost-answer-before', 'lost-answer-after'] as const

interface Undisturbed {
  readonly saved: SavedStage
  /** How many requests a create sends, within one or two: edits of the comment that are overtaken are left out. */
  readonly total: number
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
  const total = stage.github.log.count()
  const tree = await listTree(stage, 'acme/shop')
  await stage.close()
  return { saved, total, tree }
}

const { saved, total, tree } = await playUndisturbed()
const kills = Array.from({ length: total }, (_, at) => at + 1).flatMap((nth) => KINDS.flatMap((kind) => HOWS.map((how) => ({ nth, kind, how }))))

test.concurrent.each(kills)('killed at request $nth ($kind), finished by $how: the repository is there once, and complete', async ({ nth, kind, how }) => {
  const stage = await createBootstrapStage({ saved })
  try {
    const killed = await runKilled(stage, { match: { nth }, kind })
    if (nth <= total - 3) expect(killed.killedBy).toBe('SIGKILL')
    await FINISHES[how](stage, killed)
    const { runs, progressComments, ...ending } = await lookAtEnding(stage)
    expect(ending).toEqual({
      repositories: [{ name: 'shop', description: 'From acme/template v1.0.0', topics: ['shop', 'web'], labels: expect.arrayContaining(['triage', 'urgent']) }],
      findings: [],
      openIntents: [],
    })
    expect(await listTree(stage, 'acme/shop')).toBe(tree)
    expect(runs.at(-1)).toMatchObject({ status: 'SUCCEEDED', needs_cleanup: false })
    expect(progressComments.filter((count) => count !== 1)).toEqual([])
    const checks = [...stage.github.world.state.checkRuns.values()].map(({ externalId }) => externalId)
    expect(new Set(checks).size).toBe(checks.length)
  } finally {
    await stage.close()
  }
})

test.concurrent('what is left to set is set by an App, too, whose token is asked for no more than it takes', async () => {
  const stage = await createBootstrapStage({ saved })
  try {
    await runKilled(stage, { match: { method: 'PUT', route: '/repos/{owner}/{repo}/topics' }, kind: 'lost-answer-before' }, { credential: 'app' })
    const asked: unknown[] = []
    stage.github.behaviour.onExchange = ({ route, requestBody }) => {
      if (route?.endsWith('/access_tokens') === true) asked.push(requestBody)
    }
    const { outputs } = await stage.play({ eventName: 'schedule', credential: 'app' })
    expect(outputs).toMatchObject({ 'reason-code': 'recovered' })
    const { repositories, runs } = await lookAtEnding(stage)
    expect(repositories).toMatchObject([{ topics: ['shop', 'web'], labels: expect.arrayContaining(['triage', 'urgent']), description: 'From acme/template v1.0.0' }])
    expect(runs).toMatchObject([{ status: 'SUCCEEDED', warnings: [] }])
    expect(asked.at(-1)).toEqual(expect.objectContaining({ permissions: { administration: 'write', contents: 'write', issues: 'write', metadata: 'read' } }))
  } finally {
    await stage.close()
  }
})
