import { UserError } from '@switchyard/core'
import { type Clients, createAppClients, createGitHub, findApp, type GitHub, type Permissions } from '@switchyard/github'
import type { Arguments } from './run.ts'

/** A repository or an owner as one credential sees it, by API and by git. */
export interface Credential {
  readonly github: GitHub
  /** For git alone, which speaks for itself. */
  readonly token: string
  readonly kind: 'token' | 'app' | 'job'
  /** Which of these the credential certainly lacks, each as `name: level`. Only an App's are known. */
  findMissing(permissions: Permissions): Promise<readonly string[]>
}

/** How templates and made repositories are reached. */
export interface Reach {
  /** @throws {UserError} `APP_PERMISSION_MISSING`, `APP_NOT_INSTALLED` */
  credentialFor(owner: string, permissions: Permissions): Promise<Credential>
}

/** Reads a template, and nothing more. */
export const READ_CONTENTS: Permissions = { contents: 'read', metadata: 'read' }

/** @throws {UserError} `INVALID_INPUT` when an App is named without its key, or a key without its App. */
export function createReach({ inputs, secrets, io }: Arguments, { github, options }: Pick<Clients, 'github' | 'options'>): Reach {
  const app = findApp({ appId: inputs.appId, privateKey: secrets.privateKey }, 'bootstrap-token')
  if (app !== undefined) {
    const clients = createAppClients({ ...options, ...app })
    return {
      async credentialFor(owner, permissions) {
        const client = await clients.clientFor(owner, { permissions })
        if (client === undefined) throw notInstalled(owner)
        maskForGit(io, client.token)
        return { ...client, kind: 'app', findMissing: (wanted) => clients.findMissing(owner, wanted) }
      },
    }
  }
  const token = secrets.bootstrapToken
  if (token === undefined) {
    return { credentialFor: async () => ({ github, token: secrets.token ?? '', kind: 'job', findMissing: nothingKnown }) }
  }
  maskForGit(io, token)
  const own = createGitHub({ ...options, credential: { token } })
  return { credentialFor: async () => ({ github: own, token, kind: 'token', findMissing: nothingKnown }) }
}

const nothingKnown = async (): Promise<readonly string[]> => []

/** Git's header spells a token otherwise than the runner knows it. */
function maskForGit(io: Pick<Arguments['io'], 'mask'>, token: string): void {
  io.mask(Buffer.from(`x-access-token:${token}`, 'utf8').toString('base64'))
}

function notInstalled(owner: string): UserError {
  return new UserError('APP_NOT_INSTALLED', `The App is not installed at ${owner}, or is suspended there.`, {
    hint: 'Install it for all repositories of the owner.',
  })
}
