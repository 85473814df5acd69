import type { Args } from '../args.ts'
import type { GraphqlContext } from '../context.ts'
import { branchRef } from '../../git/ref-names.ts'
import { isTreePath } from '../../git/trees.ts'
import { type Commit, GitProblem, type GitStore, type Oid, type TreeChange } from '../../git/types.ts'
import { signatureOf, webSignature } from '../../world/commits.ts'
import { recordPush } from '../../acts/pushes.ts'
import { findRepository } from '../../world/repositories.ts'
import type { Repository } from '../../world/types.ts'
import { getNode } from '../nodes.ts'
import { isVisible, requireWrite } from '../permissions.ts'
import { notFound, Refusal, unprocessable } from '../refusal.ts'
import { source } from '../sources.ts'
import { refuseByRules } from './ref-rules.ts'

interface Target {
  readonly repository: Repository
  readonly ref: string
}

interface Work extends Target {
  readonly store: GitStore
  readonly head: Oid
  readonly base: Commit
}

/** A branch is named by its node id or by repository and name; GitHub wants one of the two. */
async function findTarget(context: GraphqlContext, branch: Args): Promise<Target> {
  const id = branch.findText('id')
  if (id !== undefined) {
    const { repository, name } = await getNode(context, 'Ref', id)
    return { repository, ref: name }
  }
  const [fullName, branchName] = [branch.findText('repositoryNameWithOwner'), branch.findText('branchName')]
  if (fullName === undefined || branchName === undefined) {
    throw unprocessable('Either the branch id, or both repositoryNameWithOwner and branchName must be provided.')
  }
  const [owner = '', name = ''] = fullName.split('/')
  const repository = findRepository(context.world, owner, name)
  if (repository === undefined || !isVisible(context, repository)) {
    throw notFound(`Could not resolve to a Repository with the name '${fullName}'.`)
  }
  return { repository, ref: branchName.startsWith('refs/') ? branchName : branchRef(branchName) }
}

const stale = (expected: Oid): Refusal =>
  new Refusal('STALE_DATA', `Expected branch to point to "${expected}" but it did not.  Pull and try again.`)

/** What git itself answers when the branch moves while the commit is being made: no type, only its words (seen in babarot/gh-infra#163). */
const overtaken = (ref: string, actual: Oid | undefined, expected: Oid): Refusal =>
  new Refusal(undefined, `Ref ${ref} is at ${actual ?? 'nothing'} but expected ${expected}`)

async function startWork(context: GraphqlContext, target: Target, expected: Oid): Promise<Work> {
  const store = context.git(target.repository)
  const head = await store.readRef(target.ref)
  if (head === undefined) throw notFound(`Could not resolve to a Ref with the name '${target.ref}'.`)
  const base = head === expected ? await store.readCommit(head) : undefined
  if (base === undefined) throw stale(expected)
  return { ...target, store, head, base }
}

/** Every path once, by GitHub's schema (FileChanges); its words for a repeated or a malformed one are not known. */
function refuseRepeatedPaths(paths: readonly string[]): void {
  const repeated = paths.length === new Set(paths).size ? undefined : paths.find((path, index) => paths.indexOf(path) !== index)
  if (repeated !== undefined) throw unprocessable(`A path was specified more than once in the file changes: ${repeated}`)
  const malformed = paths.find((path) => !isTreePath(path))
  if (malformed !== undefined) throw unprocessable(`A path was specified that is malformed: ${malformed}`)
}

async function writeChanges(work: Work, additions: readonly Args[], deletions: readonly string[]): Promise<Oid> {
  const { store, base, head } = work
  const added = additions.map(async (addition): Promise<TreeChange> => {
    const oid = await store.writeBlob(Buffer.from(addition.text('contents'), 'base64'))
    return { path: addition.text('path'), mode: '100644', oid }
  })
  const removed = deletions.map((path): TreeChange => ({ path, remove: true }))
  try {
    return await store.writeTree(base.tree, [...removed, ...(await Promise.all(added))])
  } catch (error) {
    if (!(error instanceof GitProblem) || error.code !== 'path-missing') throw error
    throw notFound(`A path was requested for deletion which does not exist as of commit oid \`${head}\``)
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
  const target = await findTarget(context, input.inside('branch'))
  const { repository, ref } = target
  requireWrite(context, { repository, permissions: ['contents'], operation: 'CreateCommitOnBranch' })
  const work = await startWork(context, target, input.text('expectedHeadOid').toLowerCase())
  const changes = input.findInside('fileChanges')
  const additions = changes?.list('additions') ?? []
  const deletions = (changes?.list('deletions') ?? []).map((deletion) => deletion.text('path'))
  refuseRepeatedPaths([...additions.map((addition) => addition.text('path')), ...deletions])
  const { store, head } = work
  const oid = await store.writeCommit({
    tree: await writeChanges(work, additions, deletions),
    parents: [head],
    author: signatureOf(context.world, context.viewer.account),
    committer: webSignature(context.world),
    message: renderMessage(input.inside('message')),
  })
  await refuseByRules(context, { repository, ref, old: head, new: oid, isSigned: true })
  const moved = await store.updateRef(ref, oid, head)
  if (!moved.ok) throw overtaken(ref, moved.actual, head)
  repository.signedCommits.add(oid)
  await recordPush(context.world, repository, { commands: [{ ref, old: head, new: oid }], viewer: context.viewer })
  const commit = await store.readCommit(oid)
  return { commit: commit === undefined ? null : source('Commit', { repository, commit }), ref: source('Ref', { repository, name: ref, oid }) }
}
