import { type FileTree, isReceipt, type Receipt, type RepositoryPlan, type Scene, type Visibility } from '@switchyard/bootstrapping'
import type { Recipe } from '@switchyard/bootstrapping/catalogue'
import type { Drift, RunCommand } from '@switchyard/bootstrapping/recipe'
import { splitFullName, UserError } from '@switchyard/core'
import { selectRepository } from '@switchyard/github'
import type { Template } from '@switchyard/workspace'
import { type Catalogue, catalogueFor, type CatalogueHistory } from './catalogue.ts'
import type { Door } from './door.ts'
import { READ_CONTENTS } from './reach.ts'
import { RECEIPT_PATH, renderTree } from './rendering.ts'
import { gitRemote } from './template.ts'
import type { Templates } from './templates.ts'

/** What one request tells of a repository: enough to know whether its files are worth fetching. */
interface Made {
  readonly fullName: string
  readonly id: number
  readonly visibility: Visibility
  readonly defaultBranch: string
  readonly head: string
  readonly receipt: Receipt
}

/** A made repository beside what it was made from, and what it would be made from today. */
export interface Compared extends Made {
  readonly drift: Drift
  /** Whether the recipe that it was made by runs commands. */
  readonly runsCommands: boolean
  /** With their receipts. */
  readonly base: FileTree
  readonly theirs: FileTree
  readonly ours: FileTree
  readonly now: { readonly recipe: Recipe; readonly scene: Scene }
}

export interface CompareWishes {
  readonly repository: string
  readonly today: Catalogue
  readonly history: CatalogueHistory
  readonly templates: Templates
}

/** Reads one repository and renders its recipe twice. @throws {UserError} when it holds no receipt, or what that names is not there any more. */
export async function compareOne(door: Door, { repository, today, history, templates }: CompareWishes): Promise<Compared> {
  const [mine, current] = await Promise.all([readMade(door, repository), templates.at(today.template)])
  const { receipt } = mine
  const repo: RepositoryPlan = { owner: receipt.repo_owner, name: receipt.repo_slug, visibility: receipt.visibility }
  const isCurrent = isFrom(today, receipt) && current.commit === receipt.template_source_sha
  const [ours, made, catalogue] = await Promise.all([
    readFiles(door, mine),
    isCurrent ? current : templates.at({ repository: receipt.template_repo, version: receipt.template_source_sha }),
    catalogueFor(door, { request: receipt, today, history }),
  ])
  const then = await render({ catalogue, receipt, repo, template: made, at: Date.parse(receipt.generated_at) })
  if (then.recipe.recipe_hash !== receipt.recipe_hash) throw changed(repository)
  if (isFrom(today, receipt) && today.template.version === receipt.template_version && current.commit !== receipt.template_source_sha) {
    throw moved(receipt)
  }
  const now = await render({
    catalogue: today,
    receipt,
    repo,
    template: current,
    at: Math.floor(door.connection.serverNow() / 1_000) * 1_000,
  })
  const { compareReceipt, withoutFile } = await import('@switchyard/bootstrapping/recipe')
  const drift = compareReceipt({
    receipt,
    current: {
      template_repo: today.template.repository,
      template_version: today.template.version,
      catalog_version: now.recipe.catalog_version,
      recipe_hash: now.recipe.recipe_hash,
    },
    rendering: withoutFile(then.tree, RECEIPT_PATH),
    ours,
  })
  const runsCommands = then.recipe.actions.some(({ kind }) => kind === 'RUN_BASH_TEMPLATE')
  const { recipe, scene, tree: theirs } = now
  return { ...mine, drift: { ...drift, repository: mine.fullName }, runsCommands, base: then.tree, theirs, ours, now: { recipe, scene } }
}

async function readMade(door: Door, repository: string): Promise<Made> {
  const wanted = { ...splitFullName(repository), files: [RECEIPT_PATH] }
  const [{ parseRepository }, { github }] = await Promise.all([
    import('@switchyard/github/operations'),
    door.reach.credentialFor(wanted.owner, READ_CONTENTS),
  ])
  const [raw] = await github.select([selectRepository('made', wanted)])
  const found = parseRepository(raw, wanted)
  if (found === undefined) throw new UserError('REQUEST_INVALID', `${repository} is not there, or the credential cannot see it.`)
  const { id, nameWithOwner: fullName, visibility, defaultBranch, head } = found
  if (found.isArchived) throw new UserError('REQUEST_INVALID', `${fullName} is archived, and takes no changes.`)
  if (head === undefined || defaultBranch === undefined) throw new UserError('REQUEST_INVALID', `${fullName} has no commit.`)
  return { fullName, id, visibility, defaultBranch, head, receipt: await parseReceipt(fullName, found.files.get(RECEIPT_PATH)) }
}

async function parseReceipt(repository: string, text: string | undefined): Promise<Receipt> {
  if (text === undefined) {
    throw new UserError('REQUEST_INVALID', `${repository} has no ${RECEIPT_PATH}: it was not made here, or the receipt was deleted.`)
  }
  const { parseRequest } = await import('@switchyard/bootstrapping/catalogue')
  const parsed = parseRequest(text, { file: RECEIPT_PATH })
  if (parsed.ok && isReceipt(parsed.request)) return parsed.request
  throw new UserError(
    'REQUEST_INVALID',
    `${RECEIPT_PATH} of ${repository} is no receipt${parsed.ok ? '' : `: ${parsed.faults[0]?.message ?? ''}`}.`,
  )
}

/** The repository's files as of the commit that was seen. */
async function readFiles(door: Door, { fullName, head }: Made): Promise<FileTree> {
  const [{ readTemplate }, { token }] = await Promise.all([
    import('@switchyard/workspace'),
    door.reach.credentialFor(splitFullName(fullName).owner, READ_CONTENTS),
  ])
  const { tree } = await readTemplate({ ...(await gitRemote(door, { repository: fullName, token })), tag: head })
  return tree
}

function isFrom({ template }: Catalogue, { template_repo }: Receipt): boolean {
  return template.repository.toLowerCase() === template_repo.toLowerCase()
}

interface RenderWishes {
  readonly catalogue: Catalogue
  readonly receipt: Receipt
  readonly repo: RepositoryPlan
  readonly template: Template
  readonly at: number
}

/** Commands are run on neither side, so that they make no difference; all else is done, whether a preview would or not. */
const standStill: RunCommand = async (_, tree) => ({ tree, exitCode: 0, output: '' })

async function render({ catalogue, receipt, repo, template, at }: RenderWishes): Promise<{ recipe: Recipe; scene: Scene; tree: FileTree }> {
  const { resolveRecipe } = await import('@switchyard/bootstrapping/catalogue')
  const resolved = resolveRecipe(catalogue, { selected: receipt.selected_options, repo, purpose: 'update' })
  if (!resolved.ok) throw new UserError('REQUEST_INVALID', resolved.refusals.map(({ message }) => message).join(' '))
  const { recipe } = resolved
  const scene: Scene = {
    repo,
    selections: recipe.selections,
    template: { ...catalogue.template, commit: template.commit, committedAt: template.committedAt },
  }
  const applied = await renderTree({ scene, recipe, template: template.tree, at, runCommand: standStill })
  if (!applied.ok) {
    throw new UserError('RECIPE_FAILED', applied.fault.message, { ...(applied.fault.hint !== undefined && { hint: applied.fault.hint }) })
  }
  return { recipe, scene, tree: applied.tree }
}

function changed(repository: string): UserError {
  return new UserError('CATALOG_CHANGED', `The catalogue that ${repository} was made from gives another recipe than its receipt names.`)
}

function moved({ template_repo, template_version }: Receipt): UserError {
  return new UserError('TEMPLATE_MOVED', `${template_repo}@${template_version} is another commit than when the repository was made.`, {
    hint: 'Find out who moved the tag. A new tag in the catalogue brings the repository up to date.',
  })
}
