import { UserError } from '@switchyard/core'
import { createGitHub } from './client.ts'
import { createInstallationTokens, type InstallationTokensOptions } from './installation-tokens.ts'
import type { Permissions, TokenScope } from './installation-types.ts'
import type { GitHub } from './types.ts'

/** GitHub as one App sees it, by owner. */
export interface AppClients {
  /**
   * A client for one owner's installation, narrowed to this scope; undefined when the App is not installed there, is suspended,
   * or cannot see one of the named repositories.
   *
   * @throws {UserError} `APP_PERMISSION_MISSING` for permissions that the owner has not granted.
   */
  clientFor(owner: string, scope: TokenScope): Promise<AppClient | undefined>
  /** Which of these permissions the owner has not granted, each as `name: level`. No request once there is a client for the owner. */
  findMissing(owner: string, permissions: Permissions): Promise<readonly string[]>
}

export interface AppClient {
  readonly github: GitHub
  /** For what speaks to GitHub otherwise than through a client: git. Masked already. */
  readonly token: string
}

/** Clients share the connection; one is made for each token. */
export function createAppClients(options: InstallationTokensOptions): AppClients {
  const tokens = createInstallationTokens(options)
  const clients = new Map<string, GitHub>()
  return {
    findMissing: tokens.findMissing,
    async clientFor(owner, scope) {
      const outcome = await tokens.tokenFor(owner, scope)
      switch (outcome.kind) {
        case 'token': {
          const { token } = outcome
          const github = clients.get(token) ?? createGitHub({ ...options, credential: { token } })
          clients.set(token, github)
          return { github, token }
        }
        case 'permission-not-granted':
          throw new UserError('APP_PERMISSION_MISSING', `The App lacks permissions at ${owner}: ${outcome.missing.join(', ')}`, {
            hint: 'Grant them in the App’s settings, and have the owner accept the change.',
          })
        case 'not-installed':
        case 'suspended':
        case 'repository-not-installed':
          return undefined
      }
    },
  }
}

type App = Pick<InstallationTokensOptions, 'appId' | 'privateKey'>

/**
 * The App that a door was given, if it was given one. `instead`: the input that serves without one.
 *
 * @throws {UserError} `INVALID_INPUT` for an App without its key, and for a key without its App.
 */
export function findApp({ appId, privateKey }: { readonly [Part in keyof App]: App[Part] | undefined }, instead: string): App | undefined {
  if (appId !== undefined && privateKey !== undefined) return { appId, privateKey }
  if (appId === undefined && privateKey === undefined) return undefined
  throw new UserError('INVALID_INPUT', 'An App needs both `app-id` and `private-key`; only one of them was given.', {
    hint: `Give both, or use \`${instead}\`.`,
  })
}
