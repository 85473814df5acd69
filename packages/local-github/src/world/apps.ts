import { generateKeyPairSync } from 'node:crypto'
import { addUser, getAccount } from './accounts.ts'
import { takeId, type WorldContext } from './context.ts'
import { getRepository } from './repositories.ts'
import type { App, Installation, Permissions, Repository } from './types.ts'

export interface NewApp {
  readonly slug: string
  readonly name?: string
  readonly owner: string
  readonly permissions: Permissions
  readonly events?: readonly string[]
  /** PEM of an RSA public key; without one a key pair is made and its private half returned. */
  readonly publicKey?: string
}

export interface NewInstallation {
  readonly app: string
  readonly account: string
  /** Full names, or every repository of the account. */
  readonly repositories: 'all' | readonly string[]
  /** The App's own by default. */
  readonly permissions?: Permissions
}

export function addApp(context: WorldContext, wanted: NewApp): { readonly app: App; readonly privateKey: string | undefined } {
  const pair = wanted.publicKey === undefined ? newKeyPair() : undefined
  const bot = addUser(context, { login: `${wanted.slug}[bot]`, type: 'Bot' })
  const id = takeId(context)
  const app: App = {
    id,
    slug: wanted.slug,
    clientId: `Iv23li${id.toString(36).padStart(14, '0')}`,
    name: wanted.name ?? wanted.slug,
    ownerId: getAccount(context, wanted.owner).id,
    botId: bot.id,
    publicKeyPem: wanted.publicKey ?? pair?.publicKey ?? '',
    permissions: wanted.permissions,
    events: wanted.events ?? [],
    createdAt: context.clock.moment(),
  }
  context.state.apps.set(id, app)
  return { app, privateKey: pair?.privateKey }
}

function newKeyPair(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
}

export function install(context: WorldContext, wanted: NewInstallation): Installation {
  const app = getApp(context, wanted.app)
  const repositories =
    wanted.repositories === 'all' ? wanted.repositories : wanted.repositories.map((name) => getRepository(context, name).id)
  const installation: Installation = {
    id: takeId(context),
    appId: app.id,
    accountId: getAccount(context, wanted.account).id,
    permissions: { metadata: 'read', ...(wanted.permissions ?? app.permissions) },
    repositories,
    suspended: false,
    createdAt: context.clock.moment(),
  }
  context.state.installations.set(installation.id, installation)
  return installation
}

export function getApp(context: WorldContext, slug: string | number): App {
  for (const app of context.state.apps.values()) if (app.slug === slug || app.id === slug) return app
  throw new Error(`there is no App ${slug}`)
}

/** The repositories an installation reaches, now. */
export function installedRepositories(context: WorldContext, installation: Installation): readonly Repository[] {
  const all = [...context.state.repositories.values()].filter((repository) => repository.ownerId === installation.accountId)
  const { repositories } = installation
  return repositories === 'all' ? all : all.filter((repository) => repositories.includes(repository.id))
}
