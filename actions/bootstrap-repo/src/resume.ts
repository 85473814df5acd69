import { endOf, type Run } from '@switchyard/bootstrapping'
import { UserError } from '@switchyard/core'
import { type Carriage, finish, handlersOf, warnOf } from './carry.ts'
import type { Created } from './created.ts'
import type { Door } from './door.ts'
import { createHandlers } from './handlers/index.ts'
import type { Observation } from './observe.ts'
import { toPermissions } from './permissions.ts'
import { commit } from './plan-run.ts'
import { createCommandRunner } from './command-runner.ts'
import { ProgressComment } from './progress-comment.ts'
import { CARE } from './recover.ts'
import { commitMessage, RECEIPT_PATH, renderTree } from './rendering.ts'
import { RunLog } from './run-log.ts'
import { readTemplateAt } from './template.ts'

interface Resumed {
  readonly observation: Observation
  readonly subject: string
  readonly run: Run
  readonly issue: number | undefined
}

/** A run that is over is answered; one whose process is gone is carried on with the very recipe that it began with, or ended if it was cancelled. */
export async function resume(door: Door, resumed: Resumed): Promise<Created> {
  const { run, subject, observation } = resumed
  if (endOf(run) !== undefined && !run.is_under_way) return { kind: 'run', run, isNew: false, shown: Promise.resolve() }
  const { progress, handlers } = run.status === 'CANCELLED' ? endCancelled(door, resumed) : await carryOn(door, resumed)
  const recovered = await door.ledger.recover({ handlers, loaded: observation.loaded })
  warnOf(door, recovered.failures)
  // Nothing to take over: another attempt holds it, and goes on.
  if (recovered.claimed.length === 0) return { kind: 'run', run, isNew: false, shown: Promise.resolve() }
  return finish({ subject, runId: run.plan.run_id }, { state: recovered.loaded.getState(subject), progress })
}

interface Resumption {
  readonly progress: ProgressComment
  readonly handlers: ReturnType<typeof createHandlers>
}

/** Finds out what its last step came to, and begins no other. */
function endCancelled(door: Door, resumed: Resumed): Resumption {
  return { progress: progressOf(door, resumed), handlers: createHandlers(door, { permissions: CARE }) }
}

async function carryOn(door: Door, resumed: Resumed): Promise<Resumption> {
  const carriage = await rebuild(door, resumed)
  return { progress: carriage.progress, handlers: handlersOf(door, carriage) }
}

function progressOf(door: Door, { run: { plan }, observation, issue }: Resumed): ProgressComment {
  const about = { run_id: plan.run_id, owner: plan.owner, slug: plan.slug, template: `${plan.template_repo}@${plan.template_version}` }
  return new ProgressComment(door, about, { issue, comments: observation.conversation?.comments ?? [] })
}

/** The same files, the same commit: the recipe is the ledger's, the template the commit that was recorded. */
async function rebuild(door: Door, resumed: Resumed): Promise<Carriage> {
  const {
    run: { plan },
    subject,
    observation,
  } = resumed
  const { io } = door.given
  const log = new RunLog((line) => io.log.info(line))
  log.add(`Run ${plan.run_id} is carried on.`)
  const [texts, template, { parseKeptRecipe }, { requiredPermissions }] = await Promise.all([
    door.ledger.readTexts(observation.loaded, [plan.recipe]),
    readTemplateAt(door, { repository: plan.template_repo, version: plan.template_version }),
    import('@switchyard/bootstrapping/catalogue'),
    import('@switchyard/bootstrapping/recipe'),
  ])
  if (template.commit !== plan.template_source_sha) {
    throw new UserError('TEMPLATE_MOVED', `${plan.template_repo}@${plan.template_version} is another commit than when the run began.`, {
      hint: 'Cancel the run, and start another.',
    })
  }
  const actions = parseKeptRecipe(texts[0] ?? '')
  const repo = { owner: plan.owner, name: plan.slug, visibility: plan.visibility }
  const scene = {
    repo,
    selections: plan.selected_options,
    template: {
      repository: plan.template_repo,
      version: plan.template_version,
      commit: template.commit,
      committedAt: template.committedAt,
    },
  }
  const recipe = {
    selections: plan.selected_options,
    actions,
    recipe_hash: plan.recipe_hash,
    catalog_version: plan.catalog_version,
    risk_level: 'LOW' as const,
    requires_role: 'ANY' as const,
    side_effects: [],
  }
  const applied = await renderTree({
    scene,
    recipe,
    template: template.tree,
    at: plan.requested_at,
    runCommand: createCommandRunner(door.given),
  })
  if (!applied.ok) {
    throw new UserError('RECIPE_FAILED', applied.fault.message, { ...(applied.fault.hint !== undefined && { hint: applied.fault.hint }) })
  }
  const role = { ...plan.requested_by, roleName: '', permission: '' }
  const history = await commit(door, { tree: applied.tree, prepared: { recipe, scene, role }, at: plan.requested_at, runId: plan.run_id })
  const progress = progressOf(door, resumed)
  progress.prepared(0)
  const { permissions } = requiredPermissions(applied.tree, applied.settings, plan.visibility)
  return {
    subject,
    carrying: {
      runId: plan.run_id,
      history,
      settings: applied.settings,
      isSigned: plan.commit === null,
      byApi: { tree: applied.tree, message: commitMessage(recipe, scene.template, plan.run_id), first: RECEIPT_PATH },
    },
    permissions: toPermissions(permissions),
    progress,
    log,
  }
}

/** The run that an earlier attempt of this very workflow run began and did not end. */
export function findInterrupted({ run: own }: Door, { loaded }: Observation): { readonly subject: string; readonly run: Run } | undefined {
  for (const { subject, effect, claimedBy } of loaded.intents) {
    const isEarlier = claimedBy.repository === own.repository && claimedBy.run_id === own.run_id && claimedBy.run_attempt < own.run_attempt
    if (!isEarlier || !('run_id' in effect) || effect.kind === 'delete-repository' || !loaded.subjects.includes(subject)) continue
    const run = loaded.getState(subject).runs.find(({ plan }) => plan.run_id === effect.run_id)
    if (run) return { subject, run }
  }
  return undefined
}
