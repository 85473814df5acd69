import type { Commit } from '../git/types.ts'
import { commitEmail } from '../world/accounts.ts'
import type { WorldContext } from '../world/context.ts'
import { nodeId } from '../world/node-ids.ts'
import type { Account, Repository } from '../world/types.ts'
import { presentAccount } from './accounts.ts'
import { repositoryPage, repositoryUrl } from './repositories.ts'
import { presentSignature } from './time.ts'

export function isSigned(repository: Repository, oid: string): boolean {
  return repository.signedCommits.has(oid)
}

/** GitHub signs what is committed through its API; everything else here is unsigned. */
export function presentVerification(repository: Repository, commit: Commit) {
  const { oid } = commit
  const verified = isSigned(repository, oid)
  return {
    verified,
    reason: verified ? 'valid' : 'unsigned',
    signature: verified ? '-----BEGIN PGP SIGNATURE-----\n\nembedded\n-----END PGP SIGNATURE-----\n' : null,
    payload: verified ? `commit ${oid}` : null,
    verified_at: verified ? presentSignature(commit.committer).date : null,
  }
}

/** OpenAPI `git-commit`, as under `/git/commits`. */
export function presentGitCommit(context: WorldContext, repository: Repository, commit: Commit) {
  const url = repositoryUrl(context, repository)
  const page = repositoryPage(context, repository)
  return {
    sha: commit.oid,
    node_id: nodeId('commit', `${repository.id}:${commit.oid}`),
    url: `${url}/git/commits/${commit.oid}`,
    html_url: `${page}/commit/${commit.oid}`,
    author: presentSignature(commit.author),
    committer: presentSignature(commit.committer),
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/git/commits/${sha}`, html_url: `${page}/commit/${sha}` })),
    verification: presentVerification(repository, commit),
  }
}

/** OpenAPI `commit`, as under `/commits`. */
export function presentCommit(context: WorldContext, repository: Repository, commit: Commit) {
  const url = repositoryUrl(context, repository)
  const page = repositoryPage(context, repository)
  const { author, committer, message, tree, verification } = presentGitCommit(context, repository, commit)
  return {
    sha: commit.oid,
    node_id: nodeId('commit', `${repository.id}:${commit.oid}`),
    commit: { author, committer, message, tree, url: `${url}/git/commits/${commit.oid}`, comment_count: 0, verification },
    url: `${url}/commits/${commit.oid}`,
    html_url: `${page}/commit/${commit.oid}`,
    comments_url: `${url}/commits/${commit.oid}/comments`,
    author: accountOf(context, commit.author.email),
    committer: accountOf(context, commit.committer.email),
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/commits/${sha}`, html_url: `${page}/commit/${sha}` })),
  }
}

export function findByEmail(context: WorldContext, email: string): Account | undefined {
  return [...context.state.accounts.values()].find((account) => commitEmail(account) === email)
}

function accountOf(context: WorldContext, email: string) {
  const account = findByEmail(context, email)
  return account === undefined ? null : presentAccount(context, account)
}

/** The shorter form that `push` and `workflow_run` events carry. */
export function presentSimpleCommit(commit: Commit) {
  return {
    id: commit.oid,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: presentSignature(commit.committer).date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  }
}
