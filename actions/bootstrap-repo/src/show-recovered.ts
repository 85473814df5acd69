import { type BootstrapEffect, endOf, findRun, type Run } from '@switchyard/bootstrapping'
import { toSwitchyardError } from '@switchyard/core'
import type { Door } from './door.ts'
import { drawCheck } from './draw-check.ts'
import { observe } from './observe.ts'
import { outcomeOfRun } from './outcomes.ts'
import { ProgressComment } from './progress-comment.ts'

interface TakenOver {
  readonly subject: string
  readonly effect: BootstrapEffect
}

/** Shows how runs that were taken over have ended, where people wait for them. A rendering: without it nothing is lost. */
export async function showRecovered(door: Door, claimed: readonly TakenOver[]): Promise<void> {
  const subjects = new Map(claimed.flatMap(({ subject, effect }) => ('run_id' in effect && effect.kind !== 'delete-repository' ? [[effect.run_id, subject] as const] : [])))
  if (subjects.size === 0) return
  try {
    const loaded = await door.ledger.load({ subjects: [...new Set(subjects.values())], idempotencyKeys: [], documents: [] })
    for (const [runId, subject] of subjects) {
      const run = findRun(loaded.getState(subject), runId)
      if (run !== undefined) await show(door, run)
    }
  } catch (error) {
    door.given.io.annotate({ level: 'warning', message: `How recovered runs ended could not be shown: ${toSwitchyardError(error).message}` })
  }
}

async function show(door: Door, run: Run): Promise<void> {
  const { plan } = run
  const end = endOf(run)
  if (end === undefined) return
  // A ledger may be shared: the issue of another repository is not ours to write to.
  const issue = plan.issue?.repository_id === door.given.context.repository.id ? plan.issue.number : undefined
  const { control, conversation } = await observe(door, { subjects: [], files: [], issue })
  const about = { run_id: plan.run_id, owner: plan.owner, slug: plan.slug, template: `${plan.template_repo}@${plan.template_version}` }
  const progress = new ProgressComment(door, about, { issue, comments: conversation?.comments ?? [] })
  progress.recall(run)
  const shown = progress.end(end)
  const { summary = '' } = outcomeOfRun({ kind: 'run', run, isNew: false, shown })
  await Promise.all([shown, drawCheck(door, run, { control, summary, mayExist: true })])
}
