import { z } from 'zod'
import { type MergeMethod, mergePull } from '../acts/pull-merge.ts'
import { presentCommit } from '../present/commits.ts'
import { presentChangedFile } from '../present/files.ts'
import type { Repository } from '../world/types.ts'
import { noContent, ok } from '../server/answer.ts'
import { list } from '../server/paging.ts'
import { notPlayed, Problem } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import { requireToken } from './issues.ts'
import { getPull } from './pulls.ts'

const read = [{ permission: 'pull_requests', level: 'read' }] as const
/** Merging writes to the base branch. */
const merge = [{ permission: 'contents', level: 'write' }] as const
const path = '/repos/{owner}/{repo}/pulls/{pull_number}'
/** More are not listed. Source: OpenAPI pulls/list-files. */
const PULL_FILES = 3_000

/** Source: the settings of a repository, "About merge methods on GitHub". */
function checkMethod({ merging }: Repository, method: MergeMethod): void {
  const [isOn, name] = {
    merge: [merging.mergeCommit, 'Merge commits'],
    squash: [merging.squash, 'Squash merges'],
    rebase: [merging.rebase, 'Rebase merges'],
  }[method]
  if (isOn === false) throw new Problem(405, `${name} are not allowed on this repository.`)
}

export const pullMergingRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: `${path}/commits`,
    operation: 'pulls/list-commits',
    needs: read,
    body: noBody,
    async handle(call) {
      const { world, repository, store } = call
      const { pull } = getPull(world, repository, call.param('pull_number'))
      const oids = [...(await store.log({ from: pull.headSha, not: pull.baseSha }))].reverse()
      const commits = await Promise.all(oids.map((oid) => store.readCommit(oid)))
      return list(
        call,
        commits.filter((commit) => commit !== undefined),
        (commit) => presentCommit(world, repository, commit),
      )
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: `${path}/files`,
    operation: 'pulls/list-files',
    needs: read,
    body: noBody,
    differs: 'no patches',
    async handle(call) {
      const { world, repository, store } = call
      const { pull } = getPull(world, repository, call.param('pull_number'))
      const from = (await store.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha
      const changes = await store.lineChanges(from, pull.headSha)
      const files = await Promise.all(
        changes.map((change) => presentChangedFile(world, repository, { store, file: { change, from, to: pull.headSha } })),
      )
      return list(call, files.slice(0, PULL_FILES), (file) => file)
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: `${path}/merge`,
    operation: 'pulls/check-if-merged',
    needs: read,
    body: noBody,
    handle({ world, repository, param }) {
      const { pull } = getPull(world, repository, param('pull_number'))
      // The answer that it is not merged has no body, as GitHub describes it.
      return pull.mergedAt === undefined ? { status: 404, body: undefined } : noContent()
    },
  }),
  repositoryRoute({
    method: 'PUT',
    path: `${path}/merge`,
    operation: 'pulls/merge',
    needs: merge,
    differs: 'a rebase is played when the base has not moved',
    body: z
      .object({
        commit_title: z.string().optional(),
        commit_message: z.string().optional(),
        sha: z.string().optional(),
        merge_method: z.enum(['merge', 'squash', 'rebase']).optional(),
      })
      .default({}),
    async handle({ world, viewer, repository, param, body }) {
      const known = getPull(world, repository, param('pull_number'))
      const { issue, pull } = known
      if (issue.state === 'closed' || pull.draft || pull.mergeCommit === undefined) throw new Problem(405, 'Pull Request is not mergeable')
      if (body.sha !== undefined && body.sha !== pull.headSha) {
        throw new Problem(409, 'Head branch was modified. Review and try the merge again.')
      }
      checkMethod(repository, body.merge_method ?? 'merge')
      const wanted = { method: body.merge_method ?? 'merge', title: body.commit_title, message: body.commit_message } as const
      const outcome = await mergePull(world, requireToken(viewer), { known, wanted })
      if (outcome.ok) return ok({ sha: outcome.sha, merged: true, message: 'Pull Request successfully merged' })
      switch (outcome.reason) {
        case 'conflict':
          throw new Problem(405, 'Pull Request is not mergeable')
        case 'not-linear':
          throw notPlayed('a rebase onto a base that has moved')
        case 'ref':
          throw 'refusal' in outcome.outcome
            ? new Problem(405, outcome.outcome.refusal.message)
            : new Problem(409, 'Base branch was modified. Review and try the merge again.')
        default:
          return outcome satisfies never
      }
    },
  }),
]
