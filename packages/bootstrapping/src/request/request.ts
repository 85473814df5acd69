import type { Selections, Visibility } from '../model.ts'

/** What somebody asks for. Its keys are the file's own. */
export interface BootstrapRequest {
  readonly repo_owner: string
  readonly repo_slug: string
  readonly visibility: Visibility
  /** As asked for: a category that is left out takes its defaults. */
  readonly selected_options: Selections
}

/** Where a new repository keeps what it was made from. */
export const RECEIPT_PATH = '.github/bootstrap.json'

/** What a repository was made from: the file at `RECEIPT_PATH` in it. */
export interface Receipt extends BootstrapRequest {
  readonly template_repo: string
  readonly template_version: string
  readonly template_source_sha: string
  readonly catalog_version: string
  readonly recipe_hash: string
  readonly action_schema_version: string
  /** ISO 8601 in UTC: the time of the commit that holds it. */
  readonly generated_at: string
}

export function isReceipt(request: BootstrapRequest): request is Receipt {
  return Object.hasOwn(request, 'recipe_hash')
}

/** The receipt's text: one key order, two spaces, a line feed at its end; categories by code point. */
export function renderReceipt(receipt: Receipt): string {
  const { repo_owner, repo_slug, visibility, selected_options, template_repo, template_version, template_source_sha } = receipt
  const { catalog_version, recipe_hash, action_schema_version, generated_at } = receipt
  const selected = Object.entries(selected_options).sort(([left], [right]) => (left < right ? -1 : 1))
  const ordered = {
    repo_owner,
    repo_slug,
    visibility,
    selected_options: Object.fromEntries(selected),
    template_repo,
    template_version,
    template_source_sha,
    catalog_version,
    recipe_hash,
    action_schema_version,
    generated_at,
  } satisfies Receipt
  return `${JSON.stringify(ordered, undefined, 2)}\n`
}
