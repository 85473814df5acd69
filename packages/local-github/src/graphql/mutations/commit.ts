import { type BranchCommitOutcome, commitOnBranch } from '../../acts/commit-on-branch.ts'
import { branchRef } from '../../git/ref-names.ts'
import type { Oid } from '../../git/types.ts'
import { findRepository } from '../../world/repositories.ts'
import type { Repository } from '../../world/types.ts'
import type { Args } from '../args.ts'
import type { GraphqlContext } from '../context.ts'
import { getNode } from '../nodes.ts'
import { isVisible, requireWrite } from '../permissions.ts'
import { notFound, Refusal, unprocessable } from '../refusal.ts'
import { source } from '../sources.ts'
import { ruleRefusal } from './ref-rules.ts'

interface Target {
  readonly repository: Repository
  /** Without `refs/heads/`. */
  readonly branch: string
}

const withoutPrefix = (name: string): string => (name.startsWith('refs/heads/') ? name.slice('refs/heads/'.length) : name)

/** A branch is named by its node id or by repository and name; GitHub wants one of the two. */
async function findTarget(context: GraphqlContext, branch: Args): Promise<Target> {
  const id = branch.findText('id')
  if (id !== undefined) {
    const { repository, name } = await getNode(context, 'Ref', id)
    return { repository, branch: withoutPrefix(name) }
  }
  const [fullName, branchName] = [branch.findText('repositoryNameWithOwner'), branch.findText('branchName')]
  if (fullName === undefined || branchName === undefined) {
    throw unprocessable('Either the branch id, or both repositoryNameWithOwner and branchName must be provided.')
  }
  const [owner = '', name = '', ...more] = fullName.split('/')
  const repository = more.length === 0 ? findRepository(context.world, owner, name) : undefined
  if (repository === undefined || !isVisible(context, repository)) {
    throw notFound(`Could not resolve to a Repository with the name '${fullName}'.`)
  }
  return { repository, branch: withoutPrefix(branchName) }
}

/** Every path once, by GitHub's schema (FileChanges); its words for a repeated path are not known. */
function refuseRepeatedPaths(paths: readonly string[]): void {
  if (paths.length === new Set(paths).size) return
  const repeated = paths.find((path, index) => paths.indexOf(path) !== index)
  throw unprocessable(`A path was specified more than once in the file changes: ${repeated}`)
}

/**
 * A head that is not the expected one is STALE_DATA; one that moves while the commit is being made is answered by git itself, with no type
 * and its own words (seen in babarot/gh-infra#163).
 */
function renderFailure(
  outcome: Exclude<BranchCommitOutcome, { ok: true }>,
  { ref, head }: { readonly ref: string; readonly head: Oid },
): Refusal {
  switch (outcome.reason) {
    case 'branch-missing':
      return notFound(`Could not resolve to a Ref with the name '${ref}'.`)
    case 'stale':
      return new Refusal('STALE_DATA', `Expected branch to point to "${outcome.expected}" but it did not.  Pull and try again.`)
    case 'raced':
      return new Refusal(undefined, `Ref ${ref} is at ${outcome.actual ?? 'nothing'} but expected ${outcome.expected}`)
    case 'path-missing':
      return notFound(`A path was requested for deletion which does not exist as of commit oid \`${head}\``)
    case 'path-malformed':
      return unprocessable(`A path was specified that is malformed: ${outcome.path}`)
    case 'refused':
      return ruleRefusal(outcome.refusal)
  }
}

const renderMessage = (message: Args): string => {
  const body = message.findText('body') ?? ''
  return body === '' ? message.text('headline') : `${message.text('headline')}\n\n${body}`
}

/**
 * The compare-and-swap append: one commit on the branch's head, which must be the expected one. Author and committer cannot be chosen, and
 * GitHub signs the commit. Source: GitHub's schema, Mutation.createCommitOnBranch.
 */
export async function createCommitOnBranch(input: Args, context: GraphqlContext) {
  const { repository, branch } = await findTarget(context, input.inside('branch'))
  requireWrite(context, { repository, permissions: ['contents'], operation: 'CreateCommitOnBranch' })
  const changes = input.findInside('fileChanges')
  const additions = (changes?.list('additions') ?? []).map((addition) => ({
    path: addition.text('path'),
    contents: Buffer.from(addition.text('contents'), 'base64'),
  }))
  const deletions = (changes?.list('deletions') ?? []).map((deletion) => ({ path: deletion.text('path') }))
  refuseRepeatedPaths([...additions, ...deletions].map(({ path }) => path))
  const head = input.text('expectedHeadOid').toLowerCase()
  const store = context.git(repository)
  const outcome = await commitOnBranch(context.world, {
    repository,
    branch,
    store,
    additions,
    deletions,
    expectedHead: head,
    message: renderMessage(input.inside('message')),
    viewer: context.viewer,
    // Whoever asks. Source: GitHub's schema, Mutation.createCommitOnBranch.
    isSigned: true,
  })
  const ref = branchRef(branch)
  if (!outcome.ok) throw renderFailure(outcome, { ref, head })
  const commit = await store.readCommit(outcome.oid)
  return {
    commit: commit === undefined ? null : source('Commit', { repository, commit }),
    ref: source('Ref', { repository, name: ref, oid: outcome.oid }),
  }
}
