import type { Issue } from '@switchyard/local-github'
import { verify } from '@switchyard/ledger/maintenance'
import { findItemMark } from '@switchyard/planning'
import { planDecider } from '@switchyard/planning/records'
import { z } from 'zod'
import { MAINTAINER } from './names.ts'
import { openLedger } from './open-ledger.ts'
import { type PlanStage, SHELF } from './plan-stage.ts'

/** What a stage came to: all that must be there once, or not at all. */
export interface PlanEnding {
  /** The open issues of the plan, each after its parent, in their parents' order: key, title, and what each waits for. */
  readonly tree: readonly string[]
  /** Keys of the closed ones. */
  readonly closed: readonly string[]
  /** The errors that `verify` finds in the ledger. */
  readonly findings: readonly string[]
  readonly openIntents: number
  readonly status: string
  readonly cards: number
  /** How many replies each comment got that begins with a command, in the comments' order. */
  readonly replies: readonly number[]
}

const openShape = z.object({ intents: z.record(z.string(), z.unknown()) })
const stateShape = z.object({ state: z.object({ idea: z.object({ status: z.string() }) }) })

export async function lookAtPlan(stage: PlanStage): Promise<PlanEnding> {
  const { github, tokenOf } = stage
  const store = openLedger(github, { repository: SHELF, branch: 'switchyard/plan', token: tokenOf(MAINTAINER) })
  const [{ findings }, files] = await Promise.all([verify(planDecider, store), stage.readLedger()])
  const state = [...files].find(([path]) => path.endsWith('/state.json'))?.[1]
  const comments = [...github.world.state.comments.values()]
  const count = (start: string): number => comments.filter(({ body }) => body.startsWith(start)).length
  return {
    ...treeOf(stage.issues()),
    findings: findings.filter(({ severity }) => severity === 'error').map(({ path, message }) => `${path}: ${message}`),
    openIntents: Object.keys(openShape.parse(JSON.parse(files.get('open.json') ?? '{"intents":{}}')).intents).length,
    status: state === undefined ? 'DRAFT' : stateShape.parse(JSON.parse(state)).state.idea.status,
    cards: count('<!-- switchyard:plan card -->'),
    replies: comments.filter(({ body }) => body.startsWith('/plan')).map(({ id }) => count(`<!-- switchyard:plan reply=${id} -->`)),
  }
}

function treeOf(issues: readonly Issue[]): Pick<PlanEnding, 'tree' | 'closed'> {
  const items = new Map(
    issues.flatMap((issue) => {
      const key = findItemMark(issue.body ?? '')?.key
      return key === undefined ? [] : [[issue.id, { ...issue, key }] as const]
    }),
  )
  const walk = (id: number): readonly string[] => {
    const issue = items.get(id)
    if (issue === undefined) return []
    const waits = issue.blockedByIds.map((blocker) => items.get(blocker)?.key ?? '?')
    const own = `${issue.key} “${issue.title}” after [${waits.join(', ')}]`
    return [...(issue.state === 'open' ? [own] : []), ...issue.subIssueIds.flatMap(walk)]
  }
  const all = [...items.values()]
  return {
    tree: all.filter(({ parentId }) => parentId === undefined).flatMap(({ id }) => walk(id)),
    closed: all.filter(({ state }) => state === 'closed').map(({ key }) => key),
  }
}
