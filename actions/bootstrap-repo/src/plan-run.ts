import { ACTION_SCHEMA_VERSION, type Plan } from '@switchyard/bootstrapping'
import { toTextRef, UserError } from '@switchyard/core'
import type { Permissions } from '@switchyard/github'
import type { FileTree } from '@switchyard/bootstrapping/recipe'
import { createCommandRunner } from './command-runner.ts'
import type { Door } from './door.ts'
import type { Carrying } from './handlers/resuming.ts'
import { toPermissions } from './permissions.ts'
import type { Prepared } from './prepare.ts'
import { approvalOf, commitMessage, RECEIPT_PATH, renderTree } from './rendering.ts'
import { refuseUnless } from './refuse-unless.ts'
import type { RunLog } from './run-log.ts'

export interface PlanWishes {
  readonly runId: string
  /** ms since the epoch, whole seconds: the commit's time. */
  readonly requestedAt: number
  readonly retryOf: string | null
  /** Of this repository; undefined: nobody is told. */
  readonly issue: number | undefined
  readonly log: RunLog
}

/** A run with all that it will push and set. */
export interface Planned {
  readonly plan: Plan
  readonly recipeText: string
  readonly carrying: Carrying
  readonly permissions: Permissions
}

/**
 * Renders the files, makes the commit, and judges the preflight: from here on nothing is left to find out but GitHub's answers.
 *
 * @throws {UserError} `RECIPE_FAILED`, and whatever the preflight is certain of.
 */
export async function planRun(door: Door, prepared: Prepared, { runId, requestedAt, retryOf, issue, log }: PlanWishes): Promise<Planned> {
  const { repo, recipe, scene, template, role } = prepared
  const [{ actionSchemaHash, renderKeptRecipe }, { requiredPermissions }] = await Promise.all([
    import('@switchyard/bootstrapping/catalogue'),
    import('@switchyard/bootstrapping/recipe'),
  ])
  log.add(
    `Run ${runId} for ${repo.owner}/${repo.name}; action schema ${ACTION_SCHEMA_VERSION} (${actionSchemaHash().slice(0, 12)}), catalogue ${recipe.catalog_version.slice(0, 12)}`,
  )
  log.add(`Template ${scene.template.repository}@${scene.template.version} is ${template.commit}`)
  const applied = await renderTree({ scene, recipe, template: template.tree, at: requestedAt, runCommand: createCommandRunner(door.given) })
  for (const { kind, category, option, status, summary } of applied.actionLog) {
    log.add(`${kind} (${category}/${option}): ${status}: ${summary}`)
  }
  if (applied.output !== '') log.add(applied.output)
  if (!applied.ok) throw recipeFailed(applied.fault)
  const { permissions } = requiredPermissions(applied.tree, applied.settings, repo.visibility)
  const { findings, canProceed, ownerKind, method } = await prepared.preflight.judge(toPermissions(permissions))
  refuseUnless(canProceed, findings)
  const history = await commit(door, { tree: applied.tree, prepared, at: requestedAt, runId })
  const recipeText = renderKeptRecipe(recipe.actions)
  const plan: Plan = {
    run_id: runId,
    owner: repo.owner,
    owner_kind: ownerKind,
    slug: repo.name,
    visibility: repo.visibility,
    requested_by: { login: role.login, id: role.id },
    requested_at: requestedAt,
    selected_options: { ...recipe.selections },
    recipe: toTextRef(recipeText),
    recipe_hash: recipe.recipe_hash,
    catalog_version: recipe.catalog_version,
    action_schema_version: ACTION_SCHEMA_VERSION,
    template_repo: scene.template.repository,
    template_version: scene.template.version,
    template_source_sha: template.commit,
    approval_hash: approvalOf({ repo, template: scene.template }, recipe),
    commit: method === 'api' ? null : history.commit,
    retry_of: retryOf,
    issue: issue === undefined ? null : { repository_id: door.given.context.repository.id, number: issue },
  }
  return {
    plan,
    recipeText,
    carrying: {
      runId,
      history,
      settings: applied.settings,
      isSigned: method === 'api',
      byApi: { tree: applied.tree, message: commitMessage(recipe, scene.template, runId), first: RECEIPT_PATH },
    },
    permissions: toPermissions(permissions),
  }
}

interface Committed {
  readonly tree: FileTree
  readonly prepared: Pick<Prepared, 'recipe' | 'scene' | 'role'>
  readonly at: number
  readonly runId: string
}

/** The commit is the requester's, at the address that GitHub keeps for whoever hides theirs. */
export async function commit({ given: { context } }: Door, { tree, prepared, at, runId }: Committed): Promise<Carrying['history']> {
  const { makeHistory } = await import('@switchyard/workspace')
  const { login, id } = prepared.role
  const host = new URL(context.serverUrl).hostname
  const author = { name: login, email: `${id}+${login}@users.noreply.${host}` }
  return makeHistory({ tree, message: commitMessage(prepared.recipe, prepared.scene.template, runId), author, at })
}

function recipeFailed({ code, message, hint }: { readonly code: string; readonly message: string; readonly hint?: string }): UserError {
  return new UserError('RECIPE_FAILED', message, {
    ...(hint !== undefined && { hint }),
    context: { fault: code },
    faults: [{ code, message, ...(hint !== undefined && { hint }), severity: 'error' }],
  })
}
