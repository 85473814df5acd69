import { z } from 'zod'
import { canSee, isLevel, refusalOf } from '../auth/access.ts'
import type { TokenViewer, Viewer } from '../auth/viewer.ts'
import { presentOwnedRepository, presentRepository } from '../present/repositories.ts'
import { findAccount, findOrganization } from '../world/accounts.ts'
import { findRepository } from '../world/repositories.ts'
import type { Account, Repository, Visibility } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { type Answer, created } from '../server/answer.ts'
import { list } from '../server/paging.ts'
import { notFound, Problem, validationFailed } from '../server/problem.ts'
import { noBody, plainRoute, type Route } from '../server/route.ts'
import { requireToken } from './issues.ts'

const body = z.object({
  name: z.string(), description: z.string().nullish(), private: z.boolean().default(false), visibility: z.enum(['public', 'private', 'internal']).optional(),
  auto_init: z.boolean().default(false), has_issues: z.boolean().default(true), has_projects: z.boolean().default(true), has_wiki: z.boolean().default(true),
})
type Wanted = z.output<typeof body>

/** Source: docs.github.com, "Repository limits": ASCII letters, digits, `.`, `-` and `_`, at most 100. */
const NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/

async function make(world: World, viewer: TokenViewer, { owner, wanted }: { readonly owner: Account; readonly wanted: Wanted }): Promise<Answer> {
  if (!NAME.test(wanted.name)) {
    throw validationFailed({ resource: 'Repository', code: 'custom', field: 'name', message: 'name can only contain ASCII letters, digits, and the characters ., -, and _' })
  }
  if (findRepository(world, owner.login, wanted.name) !== undefined) {
    const message = 'name already exists on this account'
    throw new Problem(422, 'Repository creation failed.', { errors: [{ resource: 'Repository', code: 'custom', field: 'name', message }] })
  }
  const visibility: Visibility = wanted.visibility ?? (wanted.private ? 'private' : 'public')
  const repository = await world.addRepository({
    owner: owner.login, name: wanted.name, visibility, ...(typeof wanted.description === 'string' ? { description: wanted.description } : {}),
  })
  Object.assign(repository.features, { issues: wanted.has_issues, projects: wanted.has_projects, wiki: wanted.has_wiki })
  // Whoever makes a repository runs it.
  if (viewer.account.id !== owner.id) repository.collaborators.set(viewer.account.id, 'admin')
  if (wanted.auto_init) await world.commit({ repository: `${owner.login}/${repository.name}`, files: { 'README.md': `# ${repository.name}\n` }, message: 'Initial commit' })
  const shown = presentRepository(world, repository, viewer)
  return created(shown, { location: shown.url })
}

/** Source: github-facts 8.2 to 8.4. */
function requireMaking(world: World, viewer: Viewer, { owner, wanted }: { readonly owner: Account; readonly wanted: Wanted }): TokenViewer {
  const maker = requireToken(viewer)
  const { token, account } = maker
  const organization = findOrganization(world, owner)
  if (token.kind !== 'classic') {
    const isInstalledHere = token.installationId === undefined || world.state.installations.get(token.installationId)?.accountId === owner.id
    if (token.kind === 'job' || !isInstalledHere || !isLevel(token.permissions.administration, 'write')) throw new Problem(403, refusalOf(maker))
    if (token.kind === 'installation') return maker
  } else {
    const isPrivate = wanted.visibility === 'private' || wanted.visibility === 'internal' || wanted.private
    const has = (...scopes: readonly string[]): boolean => scopes.some((scope) => token.scopes.includes(scope))
    if (!has('repo', 'public_repo')) throw notFound()
    if (isPrivate && !has('repo')) throw new Problem(403, "You'll need a different OAuth scope to create a private repository")
  }
  const membership = organization?.members.get(account.id)
  const mayMake = organization === undefined || membership === 'admin' || (membership === 'member' && organization.membersCanCreateRepositories)
  if (!mayMake) throw new Problem(403, 'You need admin access to the organization before adding a repository to it.')
  return maker
}

/** What the viewer may see of an owner's repositories, by name. */
function visibleOf(world: World, viewer: Viewer, owner: Account): readonly Repository[] {
  return [...world.state.repositories.values()]
    .filter((repository) => repository.ownerId === owner.id && canSee(world, viewer, repository))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
}

function getOrganization(world: World, login: string): Account {
  const account = findAccount(world, login)
  if (account === undefined || findOrganization(world, account) === undefined) throw notFound()
  return account
}

export const repositoryMakingRoutes: readonly Route[] = [
  plainRoute({
    method: 'POST', path: '/user/repos', operation: 'repos/create-for-authenticated-user', audience: 'user', body,
    differs: 'no licence, template of ignored files or team is taken',
    handle({ world, viewer, body: wanted }) {
      const owner = requireToken(viewer).account
      return make(world, requireMaking(world, viewer, { owner, wanted }), { owner, wanted })
    },
  }),
  plainRoute({
    method: 'POST', path: '/orgs/{org}/repos', operation: 'repos/create-in-org', audience: 'signed-in', body,
    differs: 'no licence, template of ignored files or team is taken',
    handle({ world, viewer, param, body: wanted }) {
      const owner = getOrganization(world, param('org'))
      return make(world, requireMaking(world, viewer, { owner, wanted }), { owner, wanted })
    },
  }),
  plainRoute({
    method: 'GET', path: '/orgs/{org}/repos', operation: 'repos/list-for-org', audience: 'anyone', body: noBody,
    differs: 'sorted by name; filter: type (`public` or `private`)',
    handle(call) {
      const { world, viewer } = call
      const all = visibleOf(world, viewer, getOrganization(world, call.param('org')))
      const type = call.query('type')
      const wanted = type === 'public' || type === 'private' ? all.filter(({ visibility }) => visibility === type) : all
      return list(call, wanted, (repository) => presentOwnedRepository(world, repository, viewer))
    },
  }),
]
