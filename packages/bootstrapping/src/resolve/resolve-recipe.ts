import type { CatalogueAction } from '../catalogue/action-shapes.ts'
import { evaluateCondition } from '../catalogue/condition.ts'
import { catalogVersion, recipeHash } from '../catalogue/hashes.ts'
import { MAX_ACTIONS } from '../catalogue/limits.ts'
import { byDisplay } from '../catalogue/normalise.ts'
import {
  type Catalogue,
  REQUIRED_ROLES,
  type RepositoryPlan,
  type RequiredRole,
  RISK_LEVELS,
  type RiskLevel,
  type Selections,
  SIDE_EFFECTS,
  type SideEffect,
} from '../model.ts'
import { type Chosen, chooseOptions, type Purpose } from './choose-options.ts'
import type { ResolveRefusal } from './refusal.ts'

/** An action with the option that brought it. */
export type RecipeAction = CatalogueAction & { readonly category: string; readonly option: string }

export interface Recipe {
  /** Every category of the catalogue, in its order. */
  readonly selections: Selections
  /** In the order in which they run; those whose `if` does not hold are left out. */
  readonly actions: readonly RecipeAction[]
  readonly recipe_hash: string
  readonly catalog_version: string
  /** The highest of its actions; `LOW` and `ANY` when there is none. */
  readonly risk_level: RiskLevel
  readonly requires_role: RequiredRole
  /** Of all actions, in the order of `SIDE_EFFECTS`. */
  readonly side_effects: readonly SideEffect[]
}

export interface RecipeQuestion {
  readonly selected: Selections
  readonly repo: RepositoryPlan
  readonly purpose: Purpose
}

export interface Refused {
  readonly ok: false
  readonly refusals: readonly ResolveRefusal[]
}

export type ResolvedRecipe = { readonly ok: true; readonly recipe: Recipe } | Refused
export type ResolvedActions = { readonly ok: true; readonly selections: Selections; readonly actions: readonly RecipeAction[] } | Refused

/**
 * What selections mean under a catalogue: which actions, in which order. Everything wrong with the selections is told at once.
 * A category that is left out takes its defaults, `[]` chooses none.
 */
export function resolveRecipe(catalogue: Catalogue<CatalogueAction>, question: RecipeQuestion): ResolvedRecipe {
  const resolved = resolveActions(catalogue, question)
  if (!resolved.ok) return resolved
  const { selections, actions } = resolved
  return {
    ok: true,
    recipe: {
      selections,
      actions,
      recipe_hash: recipeHash(actions),
      catalog_version: catalogVersion(catalogue),
      risk_level: highest(
        RISK_LEVELS,
        actions.map(({ risk_level }) => risk_level),
      ),
      requires_role: highest(
        REQUIRED_ROLES,
        actions.map(({ requires_role }) => requires_role),
      ),
      side_effects: SIDE_EFFECTS.filter((effect) => actions.some(({ side_effects }) => side_effects.includes(effect))),
    },
  }
}

/** `resolveRecipe` without the hashes and sums. */
export function resolveActions(catalogue: Catalogue<CatalogueAction>, { selected, repo, purpose }: RecipeQuestion): ResolvedActions {
  const { chosen, refusals } = chooseOptions(catalogue, { selected, purpose })
  if (refusals.length > 0) return { ok: false, refusals }
  const selections: Selections = Object.fromEntries(chosen.map(({ category, options }) => [category.slug, options.map(({ slug }) => slug)]))
  const judged = inOrder(chosen).map((action) => ({ action, ...judge(action, { selections, repo }) }))
  const failed = judged.flatMap(({ refusal }) => refusal ?? [])
  if (failed.length > 0) return { ok: false, refusals: failed }
  const actions = judged.filter(({ holds }) => holds).map(({ action }) => action)
  if (actions.length > MAX_ACTIONS) return { ok: false, refusals: [tooMany(actions.length)] }
  return { ok: true, selections, actions }
}

/** By execution order, then as the catalogue shows its categories and options, then by place: the sort is stable. */
function inOrder(chosen: readonly Chosen<CatalogueAction>[]): readonly RecipeAction[] {
  return [...chosen]
    .sort((left, right) => byDisplay(left.category, right.category))
    .flatMap(({ category, options }) =>
      [...options]
        .sort(byDisplay)
        .flatMap(({ slug, actions }) => actions.map((action): RecipeAction => ({ ...action, category: category.slug, option: slug }))),
    )
    .sort((left, right) => left.execution_order - right.execution_order)
}

function judge(
  action: RecipeAction,
  scene: { readonly selections: Selections; readonly repo: RepositoryPlan },
): { readonly holds: boolean; readonly refusal?: ResolveRefusal } {
  if (action.if === undefined) return { holds: true }
  const outcome = evaluateCondition(action.if, scene)
  if ('holds' in outcome) return outcome
  const message = `The \`if\` of ${action.kind} in \`${action.category}\`/\`${action.option}\` cannot be computed: ${outcome.fault}`
  return { holds: false, refusal: { code: 'CONDITION_FAILED', message, hint: 'Mend the expression in the catalogue.' } }
}

function tooMany(count: number): ResolveRefusal {
  return {
    code: 'TOO_MANY_ACTIONS',
    message: `The recipe has ${count} actions; ${MAX_ACTIONS} are allowed.`,
    hint: 'Choose fewer options, or move what actions do into the template.',
  }
}

function highest<Level extends string>(levels: readonly [Level, ...Level[]], found: readonly Level[]): Level {
  return levels.findLast((level) => found.includes(level)) ?? levels[0]
}
