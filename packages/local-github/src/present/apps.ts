import { getAccount } from '../world/accounts.ts'
import type { WorldContext } from '../world/context.ts'
import { nodeId } from '../world/node-ids.ts'
import { getRepository } from '../world/repositories.ts'
import type { App, Installation, Permissions, Token } from '../world/types.ts'
import { presentAccount } from './accounts.ts'
import { presentListedRepository } from './repositories.ts'

/** OpenAPI `integration`. */
export function presentApp(context: WorldContext, app: App) {
  const installations = [...context.state.installations.values()].filter((installation) => installation.appId === app.id)
  return {
    id: app.id,
    slug: app.slug,
    client_id: app.clientId,
    node_id: nodeId('app', app.id),
    owner: presentAccount(context, getAccount(context, app.ownerId)),
    name: app.name,
    description: '',
    external_url: `${context.urls.server}/apps/${app.slug}`,
    html_url: `${context.urls.server}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: [...app.events],
    installations_count: installations.length,
  }
}

export function presentAppOf(context: WorldContext, appId: number | undefined) {
  const app = appId === undefined ? undefined : context.state.apps.get(appId)
  return app === undefined ? null : presentApp(context, app)
}

/** OpenAPI `installation`. */
export function presentInstallation(context: WorldContext, installation: Installation, app: App) {
  const account = getAccount(context, installation.accountId)
  const { api, server } = context.urls
  return {
    id: installation.id,
    client_id: app.clientId,
    account: presentAccount(context, account),
    repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${api}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${api}/installation/repositories`,
    html_url:
      account.type === 'Organization'
        ? `${server}/organizations/${account.login}/settings/installations/${installation.id}`
        : `${server}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: [...app.events],
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: installation.suspended ? installation.createdAt : null,
  }
}

export interface InstallationTokenText {
  readonly text: string
  readonly expiresAt: string
  readonly permissions: Permissions
  readonly repositories: Token['repositories']
}

/** OpenAPI `installation-token`. */
export function presentInstallationToken(context: WorldContext, token: InstallationTokenText) {
  const { repositories } = token
  return {
    token: token.text,
    expires_at: token.expiresAt,
    permissions: token.permissions,
    repository_selection: repositories === 'all' ? 'all' : 'selected',
    ...(repositories === 'all'
      ? {}
      : { repositories: repositories.map((id) => presentListedRepository(context, getRepository(context, id))) }),
  }
}
