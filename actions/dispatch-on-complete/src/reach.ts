import { isSameRepository } from '@switchyard/core'
import type { Credential } from '@switchyard/dispatching'
import { type AppClients, type Clients, createAppClients, createGitHub, findApp, type GitHub, type TokenScope } from '@switchyard/github'
import type { Arguments } from './run.ts'

/** How repositories other than the source are reached. */
export interface Reach {
  readonly credential: Credential
  /** Whoever reads this repository; undefined when there is nobody: the App is not installed at its owner. */
  findReader(repository: string): Promise<GitHub | undefined>
  /** Whoever starts workflows there. `beside` are further repositories of the same owner that will be written to. */
  findWriter(repository: string, beside?: readonly string[]): Promise<GitHub | undefined>
}

/** @throws {UserError} `INVALID_INPUT` when an App is named without its key, or a key without its App. */
export function createReach({ inputs, secrets, context }: Arguments, { github, options }: Pick<Clients, 'github' | 'options'>): Reach {
  const isOwn = (repository: string): boolean => isSameRepository(repository, context.repository.fullName)
  const app = findApp({ appId: inputs.appId, privateKey: secrets.privateKey }, 'target-token')
  if (app !== undefined) return appReach(createAppClients({ ...options, ...app }), { own: github, isOwn })
  if (secrets.targetToken !== undefined) {
    const others = createGitHub({ ...options, credential: { token: secrets.targetToken } })
    const find = async (repository: string): Promise<GitHub> => (isOwn(repository) ? github : others)
    return { credential: 'personal-token', findReader: find, findWriter: find }
  }
  return {
    credential: 'job-token',
    findReader: async () => github,
    findWriter: async (repository) => (isOwn(repository) ? github : undefined),
  }
}

const READ: TokenScope = { permissions: { contents: 'read', actions: 'read' } }

function appReach(clients: AppClients, { own, isOwn }: { readonly own: GitHub; readonly isOwn: (repository: string) => boolean }): Reach {
  const find = async (owner: string, scope: TokenScope): Promise<GitHub | undefined> => (await clients.clientFor(owner, scope))?.github
  const scopes = new Map<string, TokenScope>()
  return {
    credential: 'app',
    async findReader(repository) {
      return isOwn(repository) ? own : find(ownerOf(repository), READ)
    },
    async findWriter(repository, beside = []) {
      if (isOwn(repository)) return own
      const owner = ownerOf(repository)
      const names = [...new Set([repository, ...beside].filter((name) => ownerOf(name) === owner && !isOwn(name)).map(nameOf))].sort()
      const known = scopes.get(owner)
      // One token serves all repositories of an owner that were named when it was first asked for.
      const scope = known?.repositories?.includes(nameOf(repository))
        ? known
        : { repositories: names, permissions: { actions: 'write' } as const }
      scopes.set(owner, scope)
      // One repository outside the installation spoils a token for all: then each is asked for by itself.
      return (
        (await find(owner, scope)) ??
        (names.length > 1 ? find(owner, { repositories: [nameOf(repository)], permissions: { actions: 'write' } }) : undefined)
      )
    },
  }
}

function ownerOf(repository: string): string {
  return (repository.split('/')[0] ?? '').toLowerCase()
}

function nameOf(repository: string): string {
  return repository.split('/')[1] ?? ''
}
