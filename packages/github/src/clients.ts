import type { RunRef } from '@switchyard/core'
import { createGitHub } from './client.ts'
import { type Connection, createConnection } from './connection.ts'
import type { GitHubPorts } from './ports.ts'
import type { GitHub, GitHubOptions } from './types.ts'

/** What a door was given, as far as it reaches GitHub by it. */
interface Given {
  readonly context: Pick<GitHubOptions, 'apiUrl' | 'graphqlUrl'> & { readonly proxyEnv: Readonly<Record<string, string>> }
  readonly secrets: { readonly token: string | undefined; readonly ledgerToken?: string | undefined }
  readonly io: GitHubPorts & { closeAtEnd(closeable: { close(): void }): void }
}

/** What a door asks GitHub with: all of one connection, and until one deadline. */
export interface Clients {
  readonly connection: Connection
  /** Serves the repository that the run belongs to. */
  readonly github: GitHub
  /** Serves the ledger; the same where one token sees both. */
  readonly keeper: GitHub
  /** Who reads what the ledger's own token does not see; undefined where it sees everything. */
  readonly beside: GitHub | undefined
  /** What clients of other credentials are made with. */
  readonly options: Omit<GitHubOptions, 'credential'>
  /** Whether an attempt of a run has ended, as `isAttemptOver` of the operations says, which loads when it is first asked. */
  isAttemptOver(attempt: RunRef): Promise<boolean | undefined>
}

/**
 * The clients of a door, for a step that may go on so many ms. Its ledger may lie where only a token of its own reaches. Nothing is asked
 * yet.
 */
export function openClients({ context, secrets: { token, ledgerToken }, io }: Given, stepMs: number): Clients {
  const { apiUrl, graphqlUrl, proxyEnv } = context
  const connection = createConnection({ proxyEnv, ports: io })
  io.closeAtEnd(connection)
  const options = { apiUrl, graphqlUrl, deadline: io.now() + stepMs, connection, ports: io }
  const client = (given: string | undefined): GitHub => createGitHub({ ...options, credential: { token: given ?? '' } })
  const github = client(token)
  return {
    connection,
    github,
    keeper: ledgerToken === undefined ? github : client(ledgerToken),
    beside: ledgerToken === undefined ? undefined : github,
    options,
    isAttemptOver: async (attempt) => (await import('./operations/workflow-runs.ts')).isAttemptOver(github, attempt),
  }
}
