import { z } from 'zod'
import { isLevel } from '../auth/access.ts'
import type { Viewer } from '../auth/viewer.ts'
import { presentApp, presentInstallation, presentInstallationToken } from '../present/apps.ts'
import { presentListedRepository } from '../present/repositories.ts'
import { findAccount } from '../world/accounts.ts'
import { installedRepositories } from '../world/apps.ts'
import { toMoment } from '../world/clock.ts'
import { findRepository } from '../world/repositories.ts'
import { createInstallationToken, INSTALLATION_LIFETIME_MS, revokeToken } from '../world/tokens.ts'
import type { App, Installation, Permissions, Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { type Answer, created, noContent, ok } from '../server/answer.ts'
import { wrappedList } from '../server/paging.ts'
import { badCredentials, notFound, Problem, requiresAuthentication } from '../server/problem.ts'
import { noBody, plainRoute, type Route } from '../server/route.ts'

function requireApp(viewer: Viewer): App {
  if (viewer.kind !== 'app') throw badCredentials()
  return viewer.app
}

function installationAt(world: World, app: App, accountId: number | undefined): Installation | undefined {
  return [...world.state.installations.values()].find((each) => each.appId === app.id && each.accountId === accountId)
}

function showInstallation(world: World, viewer: Viewer, find: (app: App) => Installation | undefined): Answer {
  const app = requireApp(viewer)
  const installation = find(app)
  if (installation === undefined) throw notFound()
  return ok(presentInstallation(world, installation, app))
}

const level = z.enum(['read', 'write', 'admin'])
const narrowing = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.int()).optional(),
  permissions: z.record(z.string(), level).optional(),
})

/** The repositories a token is narrowed to; one that the installation does not have refuses the whole token. */
function chosenRepositories(world: World, installation: Installation, body: z.output<typeof narrowing>): 'all' | readonly number[] {
  const { repositories, repository_ids: ids } = body
  if (repositories === undefined && ids === undefined) return installation.repositories
  const installed = installedRepositories(world, installation)
  const wanted = [
    ...(repositories ?? []).map((name) => installed.find((each) => each.name.toLowerCase() === name.toLowerCase())),
    ...(ids ?? []).map((id) => installed.find((each) => each.id === id)),
  ]
  const found = wanted.filter((each): each is Repository => each !== undefined)
  if (found.length < wanted.length) {
    throw new Problem(422, 'There is at least one repository that does not exist or is not accessible to the parent installation.')
  }
  return found.map(({ id }) => id)
}

function chosenPermissions(installation: Installation, wanted: Readonly<Record<string, z.output<typeof level>>> | undefined): Permissions {
  if (wanted === undefined) return installation.permissions
  const granted: Readonly<Record<string, string | undefined>> = installation.permissions
  for (const [name, needed] of Object.entries(wanted)) {
    const has = granted[name]
    if (!isLevel(has === 'read' || has === 'write' || has === 'admin' ? has : 'none', needed)) {
      throw new Problem(422, 'The permissions requested are not granted to this installation.')
    }
  }
  return wanted
}

export const appRoutes: readonly Route[] = [
  plainRoute({
    method: 'GET',
    path: '/app',
    operation: 'apps/get-authenticated',
    audience: 'app',
    body: noBody,
    handle: ({ world, viewer }) => ok(presentApp(world, requireApp(viewer))),
  }),
  plainRoute({
    method: 'GET',
    path: '/app/installations/{installation_id}',
    operation: 'apps/get-installation',
    audience: 'app',
    body: noBody,
    handle: ({ world, viewer, param }) =>
      showInstallation(world, viewer, (app) => {
        const installation = world.state.installations.get(Number(param('installation_id')))
        return installation?.appId === app.id ? installation : undefined
      }),
  }),
  plainRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/installation',
    operation: 'apps/get-repo-installation',
    audience: 'app',
    body: noBody,
    handle({ world, viewer, param }) {
      const repository = findRepository(world, param('owner'), param('repo'))
      return showInstallation(world, viewer, (app) => {
        const installation = installationAt(world, app, repository?.ownerId)
        return installation !== undefined && repository !== undefined && installedRepositories(world, installation).includes(repository)
          ? installation
          : undefined
      })
    },
  }),
  plainRoute({
    method: 'GET',
    path: '/orgs/{org}/installation',
    operation: 'apps/get-org-installation',
    audience: 'app',
    body: noBody,
    handle: ({ world, viewer, param }) =>
      showInstallation(world, viewer, (app) => installationAt(world, app, findAccount(world, param('org'))?.id)),
  }),
  plainRoute({
    method: 'GET',
    path: '/users/{username}/installation',
    operation: 'apps/get-user-installation',
    audience: 'app',
    body: noBody,
    handle: ({ world, viewer, param }) =>
      showInstallation(world, viewer, (app) => installationAt(world, app, findAccount(world, param('username'))?.id)),
  }),
  plainRoute({
    method: 'POST',
    path: '/app/installations/{installation_id}/access_tokens',
    operation: 'apps/create-installation-access-token',
    audience: 'app',
    body: narrowing,
    handle({ world, viewer, param, body }) {
      const app = requireApp(viewer)
      const installation = world.state.installations.get(Number(param('installation_id')))
      if (installation === undefined || installation.appId !== app.id) throw notFound()
      if (installation.suspended) throw new Problem(403, 'This installation has been suspended')
      const repositories = chosenRepositories(world, installation, body)
      const permissions = chosenPermissions(installation, body.permissions)
      const text = createInstallationToken(world, {
        accountId: app.botId,
        appId: app.id,
        installationId: installation.id,
        repositories,
        permissions,
      })
      const expiresAt = toMoment(world.clock.now() + INSTALLATION_LIFETIME_MS)
      return created(presentInstallationToken(world, { text, expiresAt, permissions, repositories }))
    },
  }),
  plainRoute({
    method: 'GET',
    path: '/installation/repositories',
    operation: 'apps/list-repos-accessible-to-installation',
    audience: 'installation',
    body: noBody,
    handle(call) {
      const { viewer, world } = call
      if (viewer.kind !== 'token' || viewer.token.installationId === undefined) throw requiresAuthentication()
      const installation = world.state.installations.get(viewer.token.installationId)
      const { repositories } = viewer.token
      const reached = installation === undefined ? [] : installedRepositories(world, installation)
      const all = repositories === 'all' ? reached : reached.filter(({ id }) => repositories.includes(id))
      return wrappedList(call, 'repositories', { all, present: (repository) => presentListedRepository(world, repository, viewer) })
    },
  }),
  plainRoute({
    method: 'DELETE',
    path: '/installation/token',
    operation: 'apps/revoke-installation-access-token',
    audience: 'installation',
    body: noBody,
    handle({ world, viewer }) {
      if (viewer.kind === 'token') revokeToken(world, viewer.token)
      return noContent()
    },
  }),
]
