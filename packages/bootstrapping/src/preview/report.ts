import type { Fault } from '@switchyard/core'
import type { RequiredRole, RiskLevel, Scene, Selections, Visibility } from '../model.ts'
import type { ActionLogEntry, RecipeResult } from '../recipe/apply-recipe.ts'
import { approvalHash } from '../request/approval-hash.ts'
import type { Recipe } from '../resolve/resolve-recipe.ts'
import type { FileTree } from '../tree/file-tree.ts'
import { diffTrees, type TreeDiff } from './diff-trees.ts'
import { fileTreeOf } from './file-tree-of.ts'
import { type PlannedEffect, plannedEffects } from './planned-effects.ts'
import { type RequiredAccess, requiredPermissions } from './required-permissions.ts'

/** What a preview found, as it is published in JSON: its keys are part of the outputs. */
export interface PreviewReport {
  readonly schema_version: 1
  /** The login of who asked. */
  readonly requested_by: string
  readonly repo_owner: string
  readonly repo_slug: string
  readonly visibility: Visibility
  readonly template_repo: string
  readonly template_version: string
  readonly template_source_sha: string
  readonly selected_options: Selections
  readonly catalog_version: string
  readonly recipe_hash: string
  readonly approval_hash: string
  /** The highest of all actions. */
  readonly risk_level: RiskLevel
  readonly requires_role: RequiredRole
  /** Paths of the result, at most 500, then how many more there are. */
  readonly fileTree: readonly string[]
  readonly truncated: boolean
  /** Files that are made and not listed: `.env*`, logs, what builds leave. */
  readonly unlisted: number
  /** Against the template. */
  readonly diff: TreeDiff
  readonly actionLog: readonly ActionLogEntry[]
  /** Whether something was skipped that changes files when it is run. */
  readonly treeMayDiffer: boolean
  readonly effects: readonly PlannedEffect[]
  readonly access: RequiredAccess
  readonly warnings: readonly string[]
  /** The repository that has the name already. */
  readonly collisions: { readonly owner: string; readonly slug: string } | null
  /** Everything that stands in the way, the collision apart. */
  readonly faults: readonly Fault[]
  readonly canProceed: boolean
}

/** What the preflight found beside the recipe. */
export interface Preflight {
  readonly warnings: readonly string[]
  readonly faults: readonly Fault[]
  /** Whether a repository of this name exists. */
  readonly isTaken: boolean
}

export interface Previewed {
  /** The login of who asked. */
  readonly requestedBy: string
  readonly scene: Scene
  readonly recipe: Recipe
  readonly template: FileTree
  readonly applied: RecipeResult
  readonly preflight: Preflight
}

const MAY_DIFFER = 'Some actions are not carried out in a preview: the tree may differ.'

/** The report of a preview. A recipe that stopped shows the template as it is, and the fault. */
export function previewReport({ requestedBy, scene, recipe, template, applied, preflight }: Previewed): PreviewReport {
  const { repo } = scene
  const tree = applied.ok ? applied.tree : template
  const settings = applied.ok ? applied.settings : []
  const treeMayDiffer = applied.ok && applied.treeMayDiffer
  const faults = [...preflight.faults, ...(applied.ok ? [] : [applied.fault])]
  const { recipe_hash, catalog_version, risk_level, requires_role } = recipe
  const versions = { recipe_hash, catalog_version, template_version: scene.template.version, template_source_sha: scene.template.commit }
  return {
    schema_version: 1,
    requested_by: requestedBy,
    repo_owner: repo.owner,
    repo_slug: repo.name,
    visibility: repo.visibility,
    template_repo: scene.template.repository,
    ...versions,
    selected_options: recipe.selections,
    approval_hash: approvalHash({ ...versions, owner: repo.owner, slug: repo.name, visibility: repo.visibility }),
    risk_level,
    requires_role,
    ...fileTreeOf(tree),
    diff: diffTrees(template, tree),
    actionLog: applied.actionLog,
    treeMayDiffer,
    effects: plannedEffects(repo, settings),
    access: requiredPermissions(tree, settings, repo.visibility),
    warnings: [...preflight.warnings, ...(treeMayDiffer ? [MAY_DIFFER] : [])],
    collisions: preflight.isTaken ? { owner: repo.owner, slug: repo.name } : null,
    faults,
    canProceed: !preflight.isTaken && faults.every(({ severity }) => severity === 'warning'),
  }
}
