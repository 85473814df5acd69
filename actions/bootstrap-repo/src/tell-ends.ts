import { endOf, findRun, headlineOf, progressMarker, type Run, stepsOf } from '@switchyard/bootstrapping'
import type { BootstrapEffect } from '@switchyard/bootstrapping'
import { toSwitchyardError } from '@switchyard/core'
import { selectConversation } from '@switchyard/github'
import type { IssueConversation } from '@switchyard/github/operations'
import type { BootstrapLoaded, Door } from './door.ts'
import { drawCheck } from './draw-check.ts'
import type { Observation } from './observe.ts'
import { outcomeOfRun } from './outcomes.ts'
import { ProgressComment } from './progress-comment.ts'

type Comments = IssueConversation['comments']

/** Tells the issues of runs that were ended in place of their own process. Renderings: what goes wrong with them is a warning. */
export async function tellEnds(door: Door, { control }: Pick<Observation, 'control'>, runs: readonly Run[]): Promise<void> {
  for (const run of runs) {
    const issue = issueOf(door, run)
    if (issue === undefined || endOf(run) === undefined) continue
    try {
      await tell(door, run, { control, issue, comments: await readComments(door, issue) })
    } catch (error) {
      door.given.io.annotate({ level: 'warning', message: `Issue #${issue} could not be told how run ${run.plan.run_id} ended: ${toSwitchyardError(error).message}` })
    }
  }
}

/** Tells an issue how runs ended whose comment still says that they go on: their process was gone before it could. */
export async function tellStale(door: Door, { control, conversation }: Observation, runs: readonly Run[]): Promise<void> {
  if (conversation === undefined) return
  const { number: issue, comments } = conversation
  const stale = runs.filter((run) => endOf(run) !== undefined && issueOf(door, run) === issue && isStale(run, comments))
  for (const run of stale) await tell(door, run, { control, issue, comments })
}

/** The runs that claimed intents belong to, as they are now. */
export function runsOf(claimed: readonly { readonly subject: string; readonly effect: BootstrapEffect }[], loaded: BootstrapLoaded): readonly Run[] {
  return claimed.flatMap(({ subject, effect }) => ('run_id' in effect ? (findRun(loaded.getState(subject), effect.run_id) ?? []) : []))
}

interface Place extends Pick<Observation, 'control'> {
  readonly issue: number
  readonly comments: Comments
}

async function tell(door: Door, run: Run, { control, issue, comments }: Place): Promise<void> {
  const { plan } = run
  const about = { run_id: plan.run_id, owner: plan.owner, slug: plan.slug, template: `${plan.template_repo}@${plan.template_version}` }
  const progress = new ProgressComment(door, about, { issue, comments })
  progress.past(stepsOf(run))
  const shown = progress.end(endOf(run))
  const { summary = '' } = outcomeOfRun({ kind: 'run', run, isNew: true, shown })
  await Promise.all([shown, drawCheck(door, run, { control, summary, mayExist: true })])
}

function isStale(run: Run, comments: Comments): boolean {
  const { run_id, owner, slug } = run.plan
  const going = headlineOf({ run_id, owner, slug, template: '', done: [], going: undefined })
  return comments.some(({ body, isOurs }) => isOurs && body.startsWith(`${progressMarker(run_id)}\n### ${going}\n`))
}

/** undefined where nobody is told, or not on an issue of this repository. */
function issueOf({ given: { context } }: Door, { plan: { conversation } }: Run): number | undefined {
  return conversation?.repository === context.repository.fullName ? conversation.issue : undefined
}

async function readComments({ github, given: { context } }: Door, number: number): Promise<Comments> {
  const { parseConversation } = await import('@switchyard/github/operations')
  const { owner, name } = context.repository
  const [seen] = await github.select([selectConversation('issue', { owner, name, number })])
  return parseConversation(seen)?.comments ?? []
}
