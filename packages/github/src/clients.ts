import { createGitHub } from './client.ts'
import type { GitHub, GitHubOptions } from './types.ts'

/** What a door asks GitHub with: all of one connection, and until one deadline. */
interface Clients {
  /** Serves the repository that the run belongs to. */
  readonly github: GitHub
  /** Serves the ledger; the same where one token sees both. */
  readonly keeper: GitHub
  /** Who reads what the ledger's own token does not see; undefined where it sees everything. */
  readonly beside: GitHub | undefined
}

/** The clients of a door that keeps a ledger, which may lie where only a token of its own reaches. Nothing is asked yet. */
export function createClients(
  options: Omit<GitHubOptions, 'credential'>,
  { token, ledgerToken }: { readonly token: string | undefined; readonly ledgerToken: string | undefined },
): Clients {
  const client = (given: string | undefined): GitHub => createGitHub({ ...options, credential: { token: given ?? '' } })
  const github = client(token)
  if (ledgerToken === undefined) return { github, keeper: github, beside: undefined }
  return { github, keeper: client(ledgerToken), beside: github }
}
