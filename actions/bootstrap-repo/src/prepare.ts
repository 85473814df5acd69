import {
  type BootstrapRequest,
  findMovedTag,
  isReceipt,
  type MovedTag,
  type Purpose,
  type RepositoryPlan,
  type Scene,
} from '@switchyard/bootstrapping'
import type { Recipe } from '@switchyard/bootstrapping/catalogue'
import { UserError } from '@switchyard/core'
import type { RoleSeen } from '@switchyard/github/operations'
import type { Template } from '@switchyard/workspace'
import type { Roles } from '@switchyard/github'
import { type Catalogue, catalogueFor, readCatalogue } from './catalogue.ts'
import type { Door } from './door.ts'
import type { Observation } from './observe.ts'
import { type PreflightReading, readPreflight } from './preflight.ts'
import { type Credential, READ_CONTENTS } from './reach.ts'
import { refusePublic } from './refuse-public.ts'
import { requireRole } from './require-role.ts'
import { readTemplateAt } from './template.ts'

/** Everything a preview shows and a run needs, as of now. Nothing was written. */
export interface Prepared {
  readonly request: BootstrapRequest
  readonly repo: RepositoryPlan
  readonly recipe: Recipe
  readonly scene: Scene
  readonly template: Template
  readonly preflight: PreflightReading
  readonly role: RoleSeen
  /** Why the template's tag is not what it was. */
  readonly moved: MovedTag | undefined
}

export interface PrepareWishes {
  readonly request: BootstrapRequest
  readonly purpose: Purpose
  /** Who asks. */
  readonly login: string
  readonly roles: Roles
  readonly asksRules: boolean
}

/**
 * Reads catalogue, template, owner and name, at once as far as they do not depend on each other.
 *
 * @throws {UserError} for everything that makes it no recipe, or no template.
 */
export async function prepare(
  door: Door,
  { control, loaded }: Pick<Observation, 'control' | 'loaded'>,
  wishes: PrepareWishes,
): Promise<Prepared> {
  const { request, purpose, login, roles } = wishes
  const repo: RepositoryPlan = { owner: request.repo_owner, name: request.repo_slug, visibility: request.visibility }
  // In a preview too.
  refusePublic(door, { control, loaded }, repo.visibility === 'public' ? [] : [`${repo.owner}/${repo.name}`])
  const catalogue = await catalogueFor(door, { request, today: await readCatalogue(door, control) })
  const recipe = await resolve(catalogue, { request, purpose, repo })
  const [template, preflight, role] = await Promise.all([
    readTemplateAt(door, catalogue.template),
    door.reach
      .credentialFor(repo.owner, READ_CONTENTS)
      .then((credential: Credential) => readPreflight(credential, repo, { asksRules: wishes.asksRules })),
    roles.of(login),
  ])
  requireRole(role, recipe.requires_role, door.given.context.repository.fullName)
  if (isReceipt(request) && request.template_source_sha !== template.commit) throw otherCommit(request.template_version, template.commit)
  const scene: Scene = {
    repo,
    selections: recipe.selections,
    template: { ...catalogue.template, commit: template.commit, committedAt: template.committedAt },
  }
  const moved = door.given.inputs.repin ? undefined : findMovedTag(loaded.index, scene.template)
  return { request, repo, recipe, scene, template, preflight, role, moved }
}

interface Question {
  readonly request: BootstrapRequest
  readonly purpose: Purpose
  readonly repo: RepositoryPlan
}

/** @throws {UserError} `REQUEST_INVALID` with every refusal. */
async function resolve(catalogue: Catalogue, { request, purpose, repo }: Question): Promise<Recipe> {
  const { resolveRecipe } = await import('@switchyard/bootstrapping/catalogue')
  const resolved = resolveRecipe(catalogue, { selected: request.selected_options, repo, purpose })
  if (resolved.ok) return resolved.recipe
  const [first] = resolved.refusals
  throw new UserError('REQUEST_INVALID', resolved.refusals.map(({ message }) => message).join(' '), {
    hint: first?.hint ?? 'Look at the catalogue.',
    faults: resolved.refusals.map((refusal) => ({ ...refusal, severity: 'error' })),
  })
}

function otherCommit(version: string, commit: string): UserError {
  return new UserError('TEMPLATE_MOVED', `The receipt’s template ${version} is ${commit.slice(0, 12)} now, and was another commit.`, {
    hint: 'A tag that moves is no version. Find out who moved it, or ask for today’s catalogue.',
  })
}
