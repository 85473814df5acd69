import type { Outcome } from '@switchyard/action'
import { GitHubError, UserError } from '@switchyard/core'
import type { PullRequestSeen } from '@switchyard/github/operations'
import { findItemMark, nodesOf, type Task } from '@switchyard/planning'
import { decidePullRequest, findTasksNamed, type NamedTask, type PullRequestVerdict, renderCheck } from '@switchyard/planning/render'
import type { Door } from './door.ts'
import type { Spec } from './inputs.ts'
import { ideaOf } from './observe.ts'
import type { Wish } from './wish.ts'

/** The check run's name. Source: plan contract. */
const CHECK = 'plan'

/** Holds a pull request against the tasks that it names: which of their files it touches, and what else. */
export async function verify(door: Door, { pull }: Extract<Wish, { kind: 'mode' }>): Promise<Outcome<Spec>> {
  if (pull === undefined) {
    throw new UserError('REQUEST_INVALID', 'It is not said which pull request is meant.', { hint: 'Run it on `pull_request`, or give `pull-request`.' })
  }
  const { github, given } = door
  const { repository } = given.context
  const { readPullRequest } = await import('@switchyard/github/operations')
  const seen = await readPullRequest(github, repository, pull)
  const numbers = findTasksNamed(seen.body, { repository: repository.fullName })
  const tasks = numbers.length === 0 ? [] : await findTasks(door, numbers)
  if (tasks.length === 0) {
    return {
      decision: 'nothing-to-do',
      reasonCode: 'no-task-named',
      headline: `The pull request #${pull} names no task of a plan (\`Closes #n\` or \`Task: #n\`).`,
      result: { pull_request: pull },
      outputs: { verdict: 'NEUTRAL' },
    }
  }
  const verdict = decidePullRequest(tasks, seen)
  if (!given.inputs.dryRun) await draw(door, { pull, seen, verdict })
  return tell(pull, verdict)
}

/** The tasks among issues: those that the ledger has as a plan's, with what the plan that their issues were made of says. */
async function findTasks(door: Door, numbers: readonly number[]): Promise<readonly NamedTask[]> {
  const { repository } = door.given.context
  const { readIssuesByNumber } = await import('@switchyard/github/operations')
  const issues = await readIssuesByNumber(door.github, repository, numbers)
  const marked = issues.flatMap(({ number, title, body }) => {
    const mark = findItemMark(body)
    return mark === undefined ? [] : [{ number, title, ...mark }]
  })
  if (marked.length === 0) return []
  const subjects = [...new Set(marked.map(({ subject }) => subject))]
  const loaded = await door.ledger.load({ subjects, idempotencyKeys: [] })
  const plans = new Map<string, ReadonlyMap<string, Task>>()
  for (const subject of subjects) {
    const plan = ideaOf(loaded, subject)?.plan
    if (!plan) continue
    const [text = ''] = await door.ledger.readTexts(loaded, [plan.text])
    plans.set(subject, await tasksOf(text))
  }
  return marked.flatMap(({ number, subject, key }) => {
    const task = ideaOf(loaded, subject)?.items[key] === number ? plans.get(subject)?.get(key) : undefined
    return task === undefined ? [] : [{ number, title: task.title, files: task.files, verify: task.verify }]
  })
}

async function tasksOf(text: string): Promise<ReadonlyMap<string, Task>> {
  const { parsePlan } = await import('@switchyard/planning/plans')
  const parsed = parsePlan(text, { file: 'plan' })
  if (!parsed.ok) return new Map()
  return new Map(nodesOf(parsed.plan).flatMap((node) => (node.level === 'task' ? [[node.id, node] as const] : [])))
}

interface Drawn {
  readonly pull: number
  readonly seen: PullRequestSeen
  readonly verdict: PullRequestVerdict
}

/** The token of a pull request from a fork may only read: then the job itself tells. */
async function draw(door: Door, { pull, seen, verdict }: Drawn): Promise<void> {
  const { context, io } = door.given
  const { drawCheckRun } = await import('@switchyard/github/operations')
  const { conclusion, title, summary } = renderCheck(verdict)
  try {
    await drawCheckRun(
      door.github,
      { repository: context.repository, headSha: seen.headSha, name: CHECK, key: `plan pull ${pull}`, conclusion, title, summary },
      true,
    )
  } catch (error) {
    if (!(error instanceof GitHubError) || error.code !== 'GITHUB_FORBIDDEN') throw error
    io.annotate({ level: 'warning', message: 'The check run `plan` could not be written: the job needs the permission `checks: write`.' })
  }
}

function tell(pull: number, verdict: PullRequestVerdict): Outcome<Spec> {
  const { title, summary } = renderCheck(verdict)
  return {
    decision: verdict.isSuccess ? 'done' : 'refused',
    reasonCode: verdict.isSuccess ? 'aligned' : 'not-aligned',
    headline: `Pull request #${pull}: ${title}`,
    result: {
      pull_request: pull,
      verdict: verdict.verdict,
      tasks: verdict.tasks.map(({ number, verdict: each, missing, touched }) => ({ number, verdict: each, missing: [...missing], touched: [...touched] })),
      extra: [...verdict.extra],
    },
    outputs: { verdict: verdict.verdict },
    summary,
    failed: !verdict.isSuccess,
  }
}
