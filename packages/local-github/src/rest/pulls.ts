import { z } from 'zod'
import { announceIssue, changeIssue } from '../acts/issues.ts'
import { comparePull, openPull } from '../acts/pulls.ts'
import { branchRef } from '../git/ref-names.ts'
import type { GitStore } from '../git/types.ts'
import { presentPull, presentSimplePull } from '../present/pulls.ts'
import { getAccount } from '../world/accounts.ts'
import { findIssue } from '../world/issues.ts'
import { findPull, type KnownPull, pullsOf } from '../world/pulls.ts'
import type { Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { created, ok } from '../server/answer.ts'
import { list } from '../server/paging.ts'
import { notFound, validationFailed } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import { checkBody, requireOwn, requireToken } from './issues.ts'

const read = [{ permission: 'pull_requests', level: 'read' }] as const
const write = [{ permission: 'pull_requests', level: 'write' }] as const
const path = '/repos/{owner}/{repo}/pulls'

export function getPull(world: World, repository: Repository, number: string): KnownPull {
  const issue = findIssue(world, repository, Number(number))
  const pull = issue === undefined ? undefined : findPull(world, issue)
  if (issue === undefined || pull === undefined) throw notFound()
  return { issue, pull }
}

/** `owner:branch` or `branch`: only branches of the repository itself are played. */
function branchOf(world: World, repository: Repository, label: string): string {
  const [owner, ...rest] = label.split(':')
  if (rest.length === 0) return label
  if (owner?.toLowerCase() !== getAccount(world, repository.ownerId).login.toLowerCase()) {
    throw validationFailed({ resource: 'PullRequest', field: 'head', code: 'invalid' })
  }
  return rest.join(':')
}

const refuse = (message: string) => validationFailed({ resource: 'PullRequest', code: 'custom', message })

/** Source: OpenAPI `pulls/create` (422) and its texts as public threads show them. */
async function checkBranches(
  world: World,
  repository: Repository,
  { store, head, base }: { readonly store: GitStore; readonly head: string; readonly base: string },
): Promise<void> {
  const [headSha, baseSha] = await Promise.all([store.readRef(branchRef(head)), store.readRef(branchRef(base))])
  if (baseSha === undefined) throw validationFailed({ resource: 'PullRequest', field: 'base', code: 'invalid' })
  if (headSha === undefined) throw validationFailed({ resource: 'PullRequest', field: 'head', code: 'invalid' })
  if ((await store.log({ from: headSha, not: baseSha, limit: 1 })).length === 0) throw refuse(`No commits between ${base} and ${head}`)
  const isTwice = pullsOf(world, repository).some(
    ({ issue, pull }) => issue.state === 'open' && pull.headRef === head && pull.baseRef === base,
  )
  if (isTwice) throw refuse(`A pull request already exists for ${getAccount(world, repository.ownerId).login}:${head}.`)
}

export const pullRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path,
    operation: 'pulls/list',
    needs: read,
    body: noBody,
    differs: 'sorted by creation only',
    handle(call) {
      const { world, repository, query } = call
      const state = query('state') ?? 'open'
      const [head, base] = [query('head'), query('base')]
      const found = pullsOf(world, repository).filter(
        ({ issue, pull }) =>
          (state === 'all' || issue.state === state) &&
          (head === undefined || branchOf(world, repository, head) === pull.headRef) &&
          (base === undefined || base === pull.baseRef),
      )
      const ordered = query('direction') === 'asc' ? found : found.toReversed()
      return list(call, ordered, (known) => presentSimplePull(world, known))
    },
  }),
  repositoryRoute({
    method: 'POST',
    path,
    operation: 'pulls/create',
    needs: write,
    createsContent: true,
    differs: 'both branches are of this repository: no forks',
    body: z.object({
      title: z.string().min(1),
      head: z.string().min(1),
      base: z.string().min(1),
      body: z.string().nullish(),
      draft: z.boolean().optional(),
      maintainer_can_modify: z.boolean().optional(),
    }),
    async handle({ world, viewer, repository, store, body }) {
      checkBody('PullRequest', body.body)
      const input = {
        title: body.title,
        body: body.body ?? undefined,
        head: branchOf(world, repository, body.head),
        base: body.base,
        draft: body.draft ?? false,
      }
      await checkBranches(world, repository, { store, ...input })
      const shown = presentPull(world, await openPull(world, requireToken(viewer), { repository, input }))
      return created(shown, { location: shown.url })
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: `${path}/{pull_number}`,
    operation: 'pulls/get',
    needs: read,
    body: noBody,
    handle: ({ world, repository, param }) => ok(presentPull(world, getPull(world, repository, param('pull_number')))),
  }),
  repositoryRoute({
    method: 'PATCH',
    path: `${path}/{pull_number}`,
    operation: 'pulls/update',
    needs: write,
    body: z.object({
      title: z.string().min(1).optional(),
      body: z.string().nullish(),
      state: z.enum(['open', 'closed']).optional(),
      base: z.string().optional(),
      maintainer_can_modify: z.boolean().optional(),
    }),
    async handle({ world, viewer, repository, store, param, body }) {
      const known = getPull(world, repository, param('pull_number'))
      const { issue, pull } = known
      const writer = requireOwn(world, viewer, { repository, authorId: issue.authorId })
      if (body.state === 'open' && pull.mergedAt !== undefined) {
        throw refuse('state cannot be changed. The pull request cannot be reopened.')
      }
      if (body.base !== undefined && body.base !== pull.baseRef) {
        if ((await store.readRef(branchRef(body.base))) === undefined) {
          throw validationFailed({ resource: 'PullRequest', field: 'base', code: 'invalid' })
        }
        const from = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } }
        pull.baseRef = body.base
        await comparePull(world, known)
        announceIssue(world, viewer, { issue, action: 'edited', content: { changes: { base: from } } })
      }
      changeIssue(world, writer, { issue, changes: { title: body.title, body: body.body, state: body.state } })
      return ok(presentPull(world, known))
    },
  }),
]
