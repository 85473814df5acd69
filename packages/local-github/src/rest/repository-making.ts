import { z } from 'zod'
import { canSee, isLevel, refusalOf } from '../auth/access.ts'
import type { TokenViewer, Viewer } from '../auth/viewer.ts'
import { presentOwnedRepository, presentRepository } from '../present/repositories.ts'
import { findAccount, findOrganization } from '../world/accounts.ts'
import { findRepository } from '../world/repositories.ts'
import type { Account, Organization, Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { type Answer, created } from '../server/answer.ts'
import { list } from '../server/paging.ts'
import { notFound, Problem, validationFailed } from '../server/problem.ts'
import { noBody, plainRoute, type RawCall, type Route } from '../server/route.ts'
import { requireToken } from './issues.ts'
import { repositoryFields, setRepositoryFields, wantedVisibility } from './repository-fields.ts'

const body = z.object({ ...repositoryFields, name: z.string(), auto_init: z.boolean().default(false) })
const administer = [{ permission: 'administration', level: 'write' }] as const
type Wanted = z.output<typeof body>

/** Source: docs.github.com, "Repository limits": ASCII letters, digits, `.`, `-` and `_`, at most 100. */
const NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/

/** Refuses a name that cannot be, or that another repository of the owner has. */
export function checkRepositoryName(name: string, isTaken: boolean): void {
  if (!NAME.test(name)) {
    throw validationFailed({
      resource: 'Repository',
      code: 'custom',
      field: 'name',
      message: 'name can only contain ASCII letters, digits, and the characters ., -, and _',
    })
  }
  if (!isTaken) return
  const message = 'name already exists on this account'
  throw new Problem(422, 'Repository creation failed.', { errors: [{ resource: 'Repository', code: 'custom', field: 'name', message }] })
}

interface Making {
  readonly owner: Account
  readonly wanted: Wanted
}

async function make({ server, world }: Pick<RawCall, 'server' | 'world'>, viewer: TokenViewer, { owner, wanted }: Making): Promise<Answer> {
  checkRepositoryName(wanted.name, findRepository(world, owner.login, wanted.name) !== undefined)
  const repository = await world.addRepository({ owner: owner.login, name: wanted.name, visibility: wantedVisibility(wanted) ?? 'public' })
  setRepositoryFields(repository, wanted)
  joinMaker(world, viewer, repository)
  if (wanted.auto_init) {
    const files = { 'README.md': `# ${repository.name}\n` }
    const commit = await world.commit({ repository: `${owner.login}/${repository.name}`, files, message: 'Initial commit' })
    // GitHub's own commit, and so past the rules.
    repository.signedCommits.add(commit)
  }
  repository.unready = server.behaviour.freshRepositories
  const shown = presentRepository(world, repository, viewer)
  return created(shown, { location: shown.url })
}

/** Whoever makes a repository runs it; an App that does is given it. Source: docs.github.com, "Installing a GitHub App", repository access. */
function joinMaker(world: World, { token, account }: TokenViewer, repository: Repository): void {
  if (account.id !== repository.ownerId) repository.collaborators.set(account.id, 'admin')
  const installation = token.installationId === undefined ? undefined : world.state.installations.get(token.installationId)
  if (installation !== undefined && installation.repositories !== 'all') installation.repositories.push(repository.id)
}

/** Source: github-facts 8.2 to 8.4. */
function requireMaking(world: World, viewer: Viewer, { owner, wanted }: Making): TokenViewer {
  const maker = requireToken(viewer)
  const { token, account } = maker
  const organization = findOrganization(world, owner)
  const isPrivate = (wantedVisibility(wanted) ?? 'public') !== 'public'
  if (token.kind !== 'classic') {
    const isInstalledHere =
      token.installationId === undefined || world.state.installations.get(token.installationId)?.accountId === owner.id
    if (token.kind === 'job' || !isInstalledHere || !isLevel(token.permissions.administration, 'write')) {
      throw new Problem(403, refusalOf(maker))
    }
    if (token.kind === 'installation') return maker
  } else {
    const has = (...scopes: readonly string[]): boolean => scopes.some((scope) => token.scopes.includes(scope))
    if (!has('repo', 'public_repo')) throw notFound()
    if (isPrivate && !has('repo')) throw new Problem(403, "You'll need a different OAuth scope to create a private repository")
  }
  const membership = organization?.members.get(account.id)
  const mayMake =
    organization === undefined || membership === 'admin' || (membership === 'member' && mayMembersMake(organization, isPrivate))
  if (!mayMake) throw new Problem(403, 'You need admin access to the organization before adding a repository to it.')
  return maker
}

/** A kind of repository that members may not make is refused in the same words. Source: integrations/terraform-provider-github#669. */
function mayMembersMake(organization: Organization, isPrivate: boolean): boolean {
  const { membersCanCreateRepositories, membersCanCreatePrivateRepositories, membersCanCreatePublicRepositories } = organization
  return membersCanCreateRepositories && (isPrivate ? membersCanCreatePrivateRepositories : membersCanCreatePublicRepositories)
}

/** What the viewer may see of an owner's repositories, by name. */
function visibleOf(world: World, viewer: Viewer, owner: Account): readonly Repository[] {
  return [...world.state.repositories.values()]
    .filter((repository) => repository.ownerId === owner.id && canSee(world, viewer, repository))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
}

export function getOrganization(world: World, login: string): Account {
  const account = findAccount(world, login)
  if (account === undefined || findOrganization(world, account) === undefined) throw notFound()
  return account
}

export const repositoryMakingRoutes: readonly Route[] = [
  plainRoute({
    method: 'POST',
    path: '/user/repos',
    operation: 'repos/create-for-authenticated-user',
    audience: 'user',
    needs: administer,
    body,
    differs: 'no licence, template of ignored files or team is taken',
    handle({ server, world, viewer, body: wanted }) {
      const owner = requireToken(viewer).account
      return make({ server, world }, requireMaking(world, viewer, { owner, wanted }), { owner, wanted })
    },
  }),
  plainRoute({
    method: 'POST',
    path: '/orgs/{org}/repos',
    operation: 'repos/create-in-org',
    audience: 'signed-in',
    needs: administer,
    body,
    differs: 'no licence, template of ignored files or team is taken',
    handle({ server, world, viewer, param, body: wanted }) {
      const owner = getOrganization(world, param('org'))
      return make({ server, world }, requireMaking(world, viewer, { owner, wanted }), { owner, wanted })
    },
  }),
  plainRoute({
    method: 'GET',
    path: '/orgs/{org}/repos',
    operation: 'repos/list-for-org',
    audience: 'anyone',
    body: noBody,
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
