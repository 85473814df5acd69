import { createConnection, createGitHub } from '@switchyard/github'
import { GithubStore } from '@switchyard/ledger'
import { verify } from '@switchyard/ledger/maintenance'
import { planDecider } from '@switchyard/planning/records'
import { findItemMark } from '@switchyard/planning'
import { type PlanLab, SHELF } from './plan-lab.test-support.ts'

/** What a lab came to: all that must be there once, or not at all. */
export interface PlanEnding {
  /** The open issues of the plan, depth first, in their parents' order: indent, key, title, and what each waits for. */
  readonly tree: readonly string[]
  /** The closed ones: key and why. */
  readonly closed: readonly string[]
  /** The errors that `verify` finds in the ledger. */
  readonly findings: readonly string[]
  readonly openIntents: number
  readonly status: string
  /** How many issues the ledger knows of. */
  readonly known: number
  /** By what keys. */
  readonly keys: readonly string[]
  readonly cards: number
  /** How many replies each comment with a command got, in the comments' order. */
  readonly replies: readonly number[]
}

export async function lookAt(lab: PlanLab): Promise<PlanEnding> {
  const issues = lab.issues().flatMap((issue) => {
    const mark = findItemMark(issue.body ?? '')
    return mark === undefined ? [] : [{ ...issue, key: mark.key }]
  })
  const byId = new Map(issues.map((issue) => [issue.id, issue]))
  const tree: string[] = []
  const draw = (id: number, depth: number): void => {
    const issue = byId.get(id)
    if (issue === undefined) return
    const waits = issue.blockedByIds.map((blocker) => byId.get(blocker)?.key ?? '?')
    if (issue.state === 'open') {
      tree.push(`${'  '.repeat(depth)}${issue.key} “${issue.title}”${waits.length > 0 ? ` after ${waits.join(', ')}` : ''}`)
    }
    for (const child of issue.subIssueIds) draw(child, depth + 1)
  }
  for (const { id, parentId } of issues) if (parentId === undefined) draw(id, 0)
  const closed = issues.filter(({ state }) => state === 'closed').map(({ key, stateReason }) => `${key} ${stateReason}`)
  return { tree, closed, ...(await lookAtLedger(lab)), ...lookAtComments(lab) }
}

function lookAtComments({ local: { world } }: PlanLab): Pick<PlanEnding, 'cards' | 'replies'> {
  const comments = [...world.state.comments.values()]
  const count = (start: string): number => comments.filter(({ body }) => body.startsWith(start)).length
  const asked = comments.filter(({ body }) => body.startsWith('/plan'))
  return {
    cards: count('<!-- switchyard:plan card -->'),
    replies: asked.map(({ id }) => count(`<!-- switchyard:plan reply=${id} -->`)),
  }
}

async function lookAtLedger({ local }: PlanLab): Promise<Pick<PlanEnding, 'findings' | 'openIntents' | 'status' | 'known' | 'keys'>> {
  const branch = 'switchyard/plan'
  const head = await local.world.git(SHELF).readRef(`refs/heads/${branch}`)
  if (head === undefined) return { findings: [], openIntents: 0, status: 'DRAFT', known: 0, keys: [] }
  const ports = {
    now: () => local.clock.now(),
    random: () => 0.5,
    sleep: () => Promise.resolve(),
    log: { debug: () => undefined },
    mask: () => undefined,
  }
  const connection = createConnection({ ports })
  const token = local.world.createToken({ kind: 'classic', user: 'owner', scopes: ['repo'] })
  const github = createGitHub({ ...local, credential: { token }, deadline: ports.now() + 600_000, connection, ports })
  const store = new GithubStore({
    graphql: github.graphql,
    rest: (route, parameters) => github.request(route, parameters),
    repository: SHELF,
    branch,
  })
  try {
    const { findings } = await verify(planDecider, store)
    const paths = (await store.listAt(head)).map(({ path }) => path).filter((path) => /(^open|\/state)\.json$/.test(path))
    const files = await store.readAt(head, paths)
    const read = (end: string): unknown => JSON.parse([...files].find(([path]) => path.endsWith(end))?.[1] ?? '{}')
    const { intents = {} } = read('open.json') as { intents?: object }
    const { state } = read('/state.json') as { state?: { idea?: { status?: string; items?: object } } }
    return {
      findings: findings.filter(({ severity }) => severity === 'error').map(({ path, message }) => `${path}: ${message}`),
      openIntents: Object.keys(intents).length,
      status: state?.idea?.status ?? 'DRAFT',
      known: Object.keys(state?.idea?.items ?? {}).length,
      keys: Object.keys(state?.idea?.items ?? {}).sort(),
    }
  } finally {
    connection.close()
  }
}
