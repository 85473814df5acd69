import { ACTION_SCHEMA_VERSION, approvalHash, renderReceipt, type RepositoryPlan, type Scene } from '@switchyard/bootstrapping'
import type { Recipe } from '@switchyard/bootstrapping/catalogue'
import type { FileTree, RecipeResult, RunCommand } from '@switchyard/bootstrapping/recipe'

export { RECEIPT_PATH } from '@switchyard/bootstrapping'

export interface Rendered {
  readonly scene: Scene
  readonly recipe: Recipe
  readonly template: FileTree
  /** ms since the epoch: the time of the commit. */
  readonly at: number
  /** Left out in a preview. */
  readonly runCommand?: RunCommand
}

/** What a recipe makes of a template, with the receipt: the same for a preview and a run, but for the receipt's time and commands. */
export async function renderTree({ scene, recipe, template, at, runCommand }: Rendered): Promise<RecipeResult> {
  const { applyRecipe, writeReceipt } = await import('@switchyard/bootstrapping/recipe')
  const applied = await applyRecipe(template, recipe.actions, { scene, ...(runCommand && { runCommand }) })
  if (!applied.ok) return applied
  const written = writeReceipt(applied.tree, receiptOf({ scene, recipe, at }))
  if (written.ok) return { ...applied, tree: written.tree }
  const { actionLog, output } = applied
  return { ok: false, fault: written.fault, actionLog, output }
}

function receiptOf({ scene, recipe, at }: Pick<Rendered, 'scene' | 'recipe' | 'at'>): string {
  const { repo, template } = scene
  return renderReceipt({
    repo_owner: repo.owner,
    repo_slug: repo.name,
    visibility: repo.visibility,
    selected_options: recipe.selections,
    template_repo: template.repository,
    template_version: template.version,
    template_source_sha: template.commit,
    catalog_version: recipe.catalog_version,
    recipe_hash: recipe.recipe_hash,
    action_schema_version: ACTION_SCHEMA_VERSION,
    generated_at: new Date(at).toISOString(),
  })
}

/** What somebody approves by approving this. */
export function approvalOf(
  { repo, template }: { readonly repo: RepositoryPlan; readonly template: Scene['template'] },
  recipe: Recipe,
): string {
  return approvalHash({
    recipe_hash: recipe.recipe_hash,
    catalog_version: recipe.catalog_version,
    template_version: template.version,
    template_source_sha: template.commit,
    owner: repo.owner,
    slug: repo.name,
    visibility: repo.visibility,
  })
}

/** The message of the first commit: what was chosen, from what, and by which run, so that no two runs make the same commit. */
export function commitMessage(recipe: Recipe, { repository, version }: Scene['template'], runId: string): string {
  const chosen = Object.entries(recipe.selections).flatMap(([category, options]) =>
    options.length === 0 ? [] : [`${category}: ${options.join(', ')}`],
  )
  return `Bootstrap from ${repository}@${version}\n\n${chosen.length === 0 ? 'No options' : chosen.join('\n')}\n\nSwitchyard-Run: ${runId}\n`
}
