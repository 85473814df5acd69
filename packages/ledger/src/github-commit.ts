import type { GraphqlAnswer, GraphqlFault, GraphqlRequest } from '@switchyard/core'
import { forbiddenError, protectedError } from './errors.ts'
import { getText, member } from './github-answers.ts'
import type { Change, CommitOutcome, LedgerPlace } from './store.ts'

const MUTATION = `mutation CommitToLedger($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`

/**
 * Writes a commit if the branch still points to the head that is expected. GitHub takes no author: the commit is the token
 * owner's, and GitHub signs it (GraphQL schema, createCommitOnBranch).
 */
export async function commitToGithub(graphql: GraphqlRequest, place: LedgerPlace, change: Change): Promise<CommitOutcome> {
  const input = {
    branch: { repositoryNameWithOwner: place.repository, branchName: place.branch },
    expectedHeadOid: change.expectedHead,
    message: { headline: change.headline, body: change.body },
    fileChanges: {
      additions: [...change.additions].map(([path, text]) => ({ path, contents: Buffer.from(text, 'utf8').toString('base64') })),
      deletions: change.deletions.map((path) => ({ path })),
    },
  }
  return toOutcome(place, await graphql(MUTATION, { input }, { idempotent: false }))
}

function toOutcome(place: LedgerPlace, { data, errors }: GraphqlAnswer): CommitOutcome {
  const commit = member(data, 'createCommitOnBranch', 'commit')
  if (commit !== undefined && commit !== null) return { kind: 'committed', head: getText(commit, 'oid') }
  const fault = errors[0]
  if (!fault) return { kind: 'committed', head: getText(commit, 'oid') }
  if (errors.some(isConflict)) return { kind: 'stale' }
  const cause = new Error(fault.message)
  switch (fault.type) {
    // The branch was deleted since it was read: reading again tells.
    case 'NOT_FOUND':
      return { kind: 'stale' }
    case 'FORBIDDEN':
    case 'INSUFFICIENT_SCOPES':
      throw forbiddenError(place, 'write', cause)
    default:
      throw protectedError(place, fault.message.trim(), cause)
  }
}

/**
 * Two shapes mean that the branch moved. Under real concurrency the git layer's own refusal comes through, which has no type at all:
 * this is the one place where GitHub gives nothing but its words (seen in babarot/gh-infra#163).
 */
function isConflict({ type, message }: GraphqlFault): boolean {
  return type === 'STALE_DATA' || (type === undefined && /\bis at \S+ but expected\b/.test(message))
}
