import type { TokenViewer } from '../auth/viewer.ts'
import { announce, senderOf } from '../events/announce.ts'
import type { Oid } from '../git/types.ts'
import { presentCheckRun } from '../present/checks.ts'
import { suiteFor } from '../world/checks.ts'
import { takeId, type WorldContext } from '../world/context.ts'
import { getRepository } from '../world/repositories.ts'
import type { App, CheckAction, CheckAnnotation, CheckConclusion, CheckRun, CheckStatus, Repository } from '../world/types.ts'

/** Only what is given changes; annotations are appended. */
export interface CheckRunChanges {
  readonly name?: string | undefined
  readonly externalId?: string | undefined
  readonly detailsUrl?: string | undefined
  readonly status?: CheckStatus | undefined
  readonly conclusion?: CheckConclusion | undefined
  readonly startedAt?: string | undefined
  readonly completedAt?: string | undefined
  readonly output?:
    | {
        readonly title?: string | undefined
        readonly summary?: string | undefined
        readonly text?: string | undefined
        readonly annotations?: readonly CheckAnnotation[] | undefined
      }
    | undefined
  readonly actions?: readonly CheckAction[] | undefined
}

export interface NewCheckRun extends CheckRunChanges {
  readonly name: string
  readonly headSha: Oid
}

/** Lengths and counts are the caller's to check: the two APIs refuse them in different words. */
export function createCheckRun(
  context: WorldContext,
  viewer: TokenViewer & { readonly app: App },
  wanted: { readonly repository: Repository; readonly input: NewCheckRun },
): CheckRun {
  const { repository, input } = wanted
  const suite = suiteFor(context, repository, { appId: viewer.app.id, headSha: input.headSha })
  const run: CheckRun = {
    id: takeId(context),
    repositoryId: repository.id,
    suiteId: suite.id,
    appId: viewer.app.id,
    headSha: input.headSha,
    name: input.name,
    externalId: undefined,
    detailsUrl: undefined,
    status: 'queued',
    conclusion: undefined,
    startedAt: context.clock.moment(),
    completedAt: undefined,
    output: { title: undefined, summary: undefined, text: undefined, annotations: [] },
    actions: [],
  }
  applyChanges(context, run, input)
  context.state.checkRuns.set(run.id, run)
  announceCheckRun(context, viewer, { run, action: 'created' })
  return run
}

export function changeCheckRun(
  context: WorldContext,
  viewer: TokenViewer,
  wanted: { readonly run: CheckRun; readonly changes: CheckRunChanges },
): void {
  const { run, changes } = wanted
  const wasCompleted = run.status === 'completed'
  applyChanges(context, run, changes)
  if (run.status === 'completed' && !wasCompleted) announceCheckRun(context, viewer, { run, action: 'completed' })
}

function applyChanges(context: WorldContext, run: CheckRun, changes: CheckRunChanges): void {
  run.name = changes.name ?? run.name
  run.externalId = changes.externalId ?? run.externalId
  run.detailsUrl = changes.detailsUrl ?? run.detailsUrl
  run.startedAt = changes.startedAt ?? run.startedAt
  run.actions = changes.actions ?? run.actions
  run.status = changes.status ?? run.status
  if (run.status !== 'completed') {
    run.conclusion = undefined
    run.completedAt = undefined
  }
  // A conclusion completes the run, whatever status came with it.
  if (changes.conclusion !== undefined) {
    run.status = 'completed'
    run.conclusion = changes.conclusion
    run.completedAt = changes.completedAt ?? run.completedAt ?? context.clock.moment()
  }
  if (changes.output === undefined) return
  run.output = {
    title: changes.output.title ?? run.output.title,
    summary: changes.output.summary ?? run.output.summary,
    text: changes.output.text ?? run.output.text,
    annotations: [...run.output.annotations, ...(changes.output.annotations ?? [])],
  }
}

function announceCheckRun(
  context: WorldContext,
  viewer: TokenViewer,
  { run, action }: { readonly run: CheckRun; readonly action: string },
): void {
  const repository = getRepository(context, run.repositoryId)
  announce(context, {
    name: 'check_run',
    action,
    repository,
    ...senderOf(context, viewer, repository),
    content: { check_run: presentCheckRun(context, run) },
  })
}
