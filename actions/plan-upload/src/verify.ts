import type { Outcome } from '@switchyard/action'
import { GitHubError, UserError } from '@switchyard/core'
import type { PullRequestRead } from '@switchyard/github/operations'
import {
  decidePullRequest,
  findPlace,
  findTasksNamed,
  type Idea,
  isOwnerOf,
  nodesOf,
  placeDocuments,
  type PullRequestAlignment,
  type Task,
} from '@switchyard/planning'
import { type CheckedTask, CHECK_NAME, type PlanCheck, renderCheck, renderSummary } from '@switchyard/planning/render'
import type { Door } from './door.ts'
import type { Spec } from './inputs.ts'
import { findItemKey, ideaOf } from './observe.ts'
import type { Wish } from './wish.ts'

/** Holds a pull request against the tasks that it names: which of their files it touches, and what else. */
export async function verify(door: Door, { pull }: Extract<Wish, { kind: 'mode' }>): Promise<Outcome<Spec>> {
  if (pull === undefined) {
    throw new UserError('REQUEST_INVALID', 'It is not said which pull request is meant.', {
      hint: 'Run it on `pull_request`, or give `pull-request`.',
    })
  }
  const { github, given } = door
  const { repository } = given.context
  const { readPullRequest } = await import('@switchyard/github/operations')
  const seen = await readPullRequest(github, repository, pull)
  const numbers = findTasksNamed({ title: seen.title, body: seen.body, repository: repository.fullName, server: given.context.serverUrl })
  const tasks = numbers.length === 0 ? [] : await findTasks(door, numbers)
  const alignment = decidePullRequest(tasks, seen.files)
  const check = renderCheck({ alignment, changed: seen.files.length, isWhole: !seen.isCut })
  // Also without a task: the text may have named one when this head was looked at before, and a required check has to come.
  if (!given.inputs.dryRun) await draw(door, { seen, check })
  return tasks.length === 0 ? tellNameless(pull) : tell({ seen, check, alignment })
}

/**
 * The tasks among issues: those that the ledger has as a plan's, by their numbers alone, with what the plan that they were made of says.
 * What stands in an issue is not asked: whoever may edit it can write a mark into it, or take one away.
 */
async function findTasks(door: Door, numbers: readonly number[]): Promise<readonly CheckedTask[]> {
  const { repository, serverUrl } = door.given.context
  const documents = numbers.flatMap((number) => placeDocuments(repository.id, number))
  const placed = await door.ledger.load({ subjects: [], idempotencyKeys: [], documents })
  const named = numbers.flatMap((number) => {
    const subject = findPlace((name) => placed.findDocument(name), { repositoryId: repository.id, number })
    return subject === undefined ? [] : [{ number, subject }]
  })
  if (named.length === 0) return []
  const subjects = [...new Set(named.map(({ subject }) => subject))]
  const loaded = await door.ledger.load({ subjects, idempotencyKeys: [] })
  const plans = new Map<string, ReadonlyMap<string, Task>>()
  for (const subject of subjects) {
    const { plan } = ideaOf(loaded, subject) ?? {}
    if (plan) plans.set(subject, await tasksOf(await door.texts.read(loaded, plan.text)))
  }
  return named.flatMap(({ number, subject }) => {
    const idea = ideaOf(loaded, subject)
    const key = findItemKey(idea, { repositoryId: repository.id, number })
    const task = key === undefined ? undefined : plans.get(subject)?.get(key)
    if (task === undefined) return []
    const url = `${serverUrl}/${repository.fullName}/issues/${number}`
    return [{ number, url, title: task.title, files: task.files, verify: task.verify, ownApprover: findOwnApprover(idea) }]
  })
}

function findOwnApprover(idea: Idea | null): string | undefined {
  const approver = idea?.approver ?? undefined
  return approver !== undefined && isOwnerOf({ owner: idea?.issue.owner ?? undefined }, approver) ? approver : undefined
}

async function tasksOf(text: string): Promise<ReadonlyMap<string, Task>> {
  const { parsePlan } = await import('@switchyard/planning/plans')
  const parsed = parsePlan(text, { file: 'plan' })
  if (!parsed.ok) return new Map()
  return new Map(nodesOf(parsed.plan).flatMap((node) => (node.level === 'task' ? [[node.id, node] as const] : [])))
}

interface Drawn {
  readonly seen: PullRequestRead
  readonly check: PlanCheck
}

/** The token of a pull request from a fork may only read: then the job itself tells. */
async function draw(door: Door, { seen, check: { conclusion, title, summary, text } }: Drawn): Promise<void> {
  const { context, io } = door.given
  const { drawCheckRun } = await import('@switchyard/github/operations')
  try {
    await drawCheckRun(
      door.github,
      {
        repository: context.repository,
        headSha: seen.headSha,
        name: CHECK_NAME,
        key: `plan pull ${seen.number}`,
        conclusion,
        title,
        summary,
        text,
      },
      true,
    )
  } catch (error) {
    if (!(error instanceof GitHubError) || error.code !== 'GITHUB_FORBIDDEN') throw error
    if (conclusion !== 'neutral') {
      io.annotate({ level: 'warning', message: 'The check run `plan` could not be written: the job needs the permission `checks: write`.' })
    }
  }
}

function tellNameless(pull: number): Outcome<Spec> {
  return {
    decision: 'nothing-to-do',
    reasonCode: 'no-task-named',
    headline: `The pull request #${pull} names no task of a plan (\`Closes #n\` or \`Task: #n\`).`,
    result: { pull_request: pull },
    outputs: { verdict: 'NEUTRAL' },
  }
}

function tell({ seen, check, alignment }: Drawn & { readonly alignment: PullRequestAlignment<CheckedTask> }): Outcome<Spec> {
  const isFailure = check.conclusion === 'failure'
  return {
    decision: isFailure ? 'refused' : 'done',
    reasonCode: isFailure ? 'not-aligned' : 'aligned',
    headline: `Pull request #${seen.number}: ${check.title}`,
    result: {
      pull_request: seen.number,
      verdict: alignment.verdict,
      tasks: alignment.tasks.map(({ task, alignment: { verdict, missing, touched } }) => ({
        number: task.number,
        verdict,
        missing: [...missing],
        touched: [...touched],
      })),
      extra: [...alignment.extra],
    },
    outputs: { verdict: alignment.verdict },
    summary: renderSummary({ kind: 'verify', pullRequest: { number: seen.number, url: seen.url }, check }),
    failed: isFailure,
  }
}
