import { type BootstrapEffect, endOf, findRun, headlineOf, progressMarker, type Run } from '@switchyard/bootstrapping'
import { escapeMarkdown, toSwitchyardError } from '@switchyard/core'
import type { IssueConversation } from '@switchyard/github/operations'
import type { Door } from './door.ts'
import { drawCheck } from './draw-check.ts'
import { type Observation, observe } from './observe.ts'
import { outcomeOfRun } from './outcomes.ts'
import { ProgressComment } from './progress-comment.ts'

interface TakenOver {
  readonly subject: string
  readonly effect: BootstrapEffect
}

/** Shows how runs that were taken over have ended, where people wait for them. A rendering: without it nothing is lost. */
export async function showRecovered(door: Door, claimed: readonly TakenOver[]): Promise<void> {
  const subjects = new Map(
    claimed.flatMap(({ subject, effect }) =>
      'run_id' in effect && effect.kind !== 'delete-repository' ? [[effect.run_id, subject] as const] : [],
    ),
  )
  if (subjects.size === 0) return
  try {
    const loaded = await door.ledger.load({ subjects: [...new Set(subjects.values())], idempotencyKeys: [], documents: [] })
    for (const [runId, subject] of subjects) {
      const run = findRun(loaded.getState(subject), runId)
      if (run !== undefined) await show(door, run)
    }
  } catch (error) {
    door.given.io.annotate({
      level: 'warning',
      message: `How recovered runs ended could not be shown: ${toSwitchyardError(error).message}`,
    })
  }
}

/** Shows on an issue how runs ended whose comment still says that they go on: their process was gone before it could. */
export async function showStale(door: Door, { control, conversation }: Observation, runs: readonly Run[]): Promise<void> {
  if (conversation === undefined) return
  const { number: issue, comments } = conversation
  const stale = runs.filter((run) => endOf(run) !== undefined && issueOf(door, run) === issue && isStale(run, comments))
  for (const run of stale) await draw(door, run, { control, issue, comments })
}

async function show(door: Door, run: Run): Promise<void> {
  if (endOf(run) === undefined) return
  const issue = issueOf(door, run)
  const { control, conversation } = await observe(door, { subjects: [], files: [], issue })
  await draw(door, run, { control, issue, comments: conversation?.comments ?? [] })
}

interface Place extends Pick<Observation, 'control'> {
  readonly issue: number | undefined
  readonly comments: IssueConversation['comments']
}

async function draw(door: Door, run: Run, { control, issue, comments }: Place): Promise<void> {
  const { plan } = run
  const about = { run_id: plan.run_id, owner: plan.owner, slug: plan.slug, template: `${plan.template_repo}@${plan.template_version}` }
  const progress = new ProgressComment(door, about, { issue, comments })
  progress.recall(run)
  const shown = progress.end(endOf(run))
  const { summary = '' } = outcomeOfRun({ kind: 'run', run, isNew: false, shown })
  await Promise.all([shown, drawCheck(door, run, { control, summary, mayExist: true })])
}

/** A ledger may be shared: the issue of another repository is not ours to write to. */
function issueOf({ given: { context } }: Door, { plan: { issue } }: Run): number | undefined {
  return issue?.repository_id === context.repository.id ? issue.number : undefined
}

function isStale(run: Run, comments: IssueConversation['comments']): boolean {
  const { run_id, owner, slug } = run.plan
  const going = escapeMarkdown(headlineOf({ run_id, owner, slug, template: '', done: [], going: undefined }))
  return comments.some(({ body, isOurs }) => isOurs && body.startsWith(`${progressMarker(run_id)}\n### ${going}\n`))
}
