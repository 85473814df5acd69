import { createHash, randomBytes } from 'node:crypto'
import { getAccount } from './accounts.ts'
import { getApp } from './apps.ts'
import { toMoment } from './clock.ts'
import type { WorldContext } from './context.ts'
import { getRepository } from './repositories.ts'
import type { Permissions, Token } from './types.ts'

export type NewToken =
  | { readonly kind: 'classic'; readonly user: string; readonly scopes: readonly string[]; readonly lifetimeMs?: number }
  | {
      readonly kind: 'fine-grained'
      readonly user: string
      readonly repositories: 'all' | readonly string[]
      readonly permissions: Permissions
      readonly lifetimeMs?: number
    }
  | { readonly kind: 'installation'; readonly installation: number; readonly permissions?: Permissions }
  | { readonly kind: 'job'; readonly repository: string; readonly permissions: Permissions; readonly lifetimeMs?: number }

const JOB_LIFETIME_MS = 24 * 60 * 60 * 1000
export const INSTALLATION_LIFETIME_MS = 60 * 60 * 1000

/** The App behind GITHUB_TOKEN: its id and slug are the same on github.com for everyone. */
export const actionsApp = { id: 15368, slug: 'github-actions', botLogin: 'github-actions[bot]' } as const

/** Makes a token and returns it; it can never be read again. */
export function createToken(context: WorldContext, wanted: NewToken): string {
  switch (wanted.kind) {
    case 'classic':
      return keep(
        context,
        { kind: 'classic', accountId: getAccount(context, wanted.user).id, repositories: 'all', scopes: wanted.scopes },
        wanted.lifetimeMs,
      )
    case 'fine-grained': {
      const repositories =
        wanted.repositories === 'all' ? wanted.repositories : wanted.repositories.map((name) => getRepository(context, name).id)
      const accountId = getAccount(context, wanted.user).id
      return keep(context, { kind: 'fine-grained', accountId, repositories, permissions: wanted.permissions }, wanted.lifetimeMs)
    }
    case 'installation': {
      const installation = context.state.installations.get(wanted.installation)
      if (installation === undefined) throw new Error(`there is no installation ${wanted.installation}`)
      const { appId } = installation
      return createInstallationToken(context, {
        accountId: getApp(context, appId).botId,
        appId,
        installationId: installation.id,
        repositories: 'all',
        permissions: wanted.permissions ?? installation.permissions,
      })
    }
    case 'job':
      return keep(
        context,
        {
          kind: 'job',
          accountId: getAccount(context, actionsApp.botLogin).id,
          appId: actionsApp.id,
          repositories: [getRepository(context, wanted.repository).id],
          permissions: { metadata: 'read', ...wanted.permissions },
        },
        wanted.lifetimeMs ?? JOB_LIFETIME_MS,
      )
  }
}

export interface NewInstallationToken {
  readonly accountId: number
  readonly appId: number
  readonly installationId: number
  readonly repositories: 'all' | readonly number[]
  readonly permissions: Permissions
}

export function createInstallationToken(context: WorldContext, wanted: NewInstallationToken): string {
  return keep(
    context,
    { ...wanted, kind: 'installation', permissions: { metadata: 'read', ...wanted.permissions } },
    INSTALLATION_LIFETIME_MS,
  )
}

const letters = { classic: 'ghp', 'fine-grained': 'github_pat', job: 'ghs', installation: 'ghs' } as const satisfies Record<
  Token['kind'],
  string
>

function keep(
  context: WorldContext,
  token: Partial<Token> & Pick<Token, 'kind' | 'accountId' | 'repositories'>,
  lifetimeMs?: number,
): string {
  const text = `${letters[token.kind]}_${randomBytes(30).toString('base64url').replaceAll(/[-_]/g, 'x')}`
  const hash = hashToken(text)
  context.state.tokens.set(hash, {
    appId: undefined,
    installationId: undefined,
    permissions: {},
    scopes: [],
    ...token,
    hash,
    createdAt: context.clock.moment(),
    expiresAt: lifetimeMs === undefined ? undefined : toMoment(context.clock.now() + lifetimeMs),
  })
  return text
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The token's record, if it is known and not past its time. */
export function findToken(context: WorldContext, text: string): Token | undefined {
  const token = context.state.tokens.get(hashToken(text))
  const expired = token?.expiresAt !== undefined && Date.parse(token.expiresAt) <= context.clock.now()
  return expired ? undefined : token
}

export function revokeToken(context: WorldContext, token: Token): void {
  context.state.tokens.delete(token.hash)
}
