import { type LocalGitHub, type LocalGitHubOptions, startLocalGitHub } from '@switchyard/local-github'
import { watchContract } from '@switchyard/local-github/contract'
import { createConnection, createGitHub, type GitHub } from '../src/index.ts'
import { recordPorts } from './lab.ts'

export interface OperationsLab extends AsyncDisposable {
  readonly local: LocalGitHub
  /** A GitHub as somebody sees it. */
  as(token: string): GitHub
  /** As the organisation's owner with every scope. */
  readonly boss: GitHub
}

/** The organisation `acme` with an owner and a member. Whatever was sent and answered must be as GitHub publishes it. */
export async function openOperationsLab(options: LocalGitHubOptions = {}): Promise<OperationsLab> {
  const local = await startLocalGitHub({ rateLimits: { enforced: false }, ...options })
  const contract = watchContract(local)
  const { world } = local
  for (const login of ['boss', 'member']) world.addUser({ login })
  world.addOrganization({ login: 'acme', members: { boss: 'admin', member: 'member' }, plan: 'enterprise' })
  const ports = recordPorts(local.clock.now())
  const connection = createConnection({ ports })
  const as = (token: string): GitHub => createGitHub({ ...local, credential: { token }, deadline: ports.time + 600_000, connection, ports })
  return {
    local,
    as,
    boss: as(world.createToken({ kind: 'classic', user: 'boss', scopes: ['repo', 'admin:org', 'delete_repo', 'workflow'] })),
    async [Symbol.asyncDispose]() {
      connection.close()
      await local.close()
      contract.check()
    },
  }
}
