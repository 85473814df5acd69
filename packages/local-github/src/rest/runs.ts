import { cancelRun, rerun } from '../acts/runs.ts'
import { senderOf } from '../events/announce.ts'
import { presentRun } from '../present/runs.ts'
import { findAccount } from '../world/accounts.ts'
import type { Repository, WorkflowRun } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { accepted, created, ok, type Answer } from '../server/answer.ts'
import { pageOf, type PageCall } from '../server/paging.ts'
import { notFound, Problem } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import { getWorkflow } from './workflows.ts'

const read = [{ permission: 'actions', level: 'read' }] as const
const write = [{ permission: 'actions', level: 'write' }] as const
/** A search lists this many runs at the most. Source: OpenAPI `actions/list-workflow-runs`. */
const MOST = 1_000

const DAY = /^\d{4}-\d\d-\d\d$/

type Filter = (run: WorkflowRun) => boolean

/** The filters of a list of runs, as GitHub has them. `status` names a status or a conclusion. */
function filtersOf(world: World, { query }: PageCall): readonly Filter[] {
  const by = (name: string, make: (wanted: string) => Filter): readonly Filter[] => {
    const wanted = query(name)
    return wanted === undefined ? [] : [make(wanted)]
  }
  return [
    ...by('event', (wanted) => (run) => run.event === wanted),
    ...by('branch', (wanted) => (run) => run.headBranch === wanted),
    ...by('head_sha', (wanted) => (run) => run.headSha === wanted),
    ...by('check_suite_id', (wanted) => (run) => String(run.checkSuiteId) === wanted),
    ...by('actor', (wanted) => (run) => run.actorId === findAccount(world, wanted)?.id),
    ...by('status', (wanted) => (run) => run.attempts.at(-1)?.status === wanted || run.attempts.at(-1)?.conclusion === wanted),
    ...by('created', (wanted) => createdFilter(wanted)),
  ]
}

/** `2026-01-01`, `>=…`, `<…`, `a..b`, `*` for an open end. Source: docs.github.com, "Understanding the search syntax". */
function createdFilter(wanted: string): Filter {
  const [from, to] = wanted.split('..')
  if (to !== undefined) return (run) => isWithin(run, '>=', from ?? '*') && isWithin(run, '<=', to)
  const [, sign = '', moment = ''] = /^(>=|<=|>|<)?(.*)$/.exec(wanted) ?? []
  if (sign === '' && DAY.test(moment)) return (run) => run.createdAt.startsWith(moment)
  return (run) => isWithin(run, sign, moment)
}

function isWithin(run: WorkflowRun, sign: string, moment: string): boolean {
  if (moment === '*') return true
  const created = Date.parse(run.createdAt)
  // A bare day means the whole of it: what is later than it, or up to it, counts from its end.
  const isEnd = DAY.test(moment) && (sign === '>' || sign === '<=')
  const bound = Date.parse(isEnd ? `${moment}T23:59:59Z` : moment)
  switch (sign) {
    case '>=':
      return created >= bound
    case '<=':
      return created <= bound
    case '>':
      return created > bound
    case '<':
      return created < bound
    default:
      return created === bound
  }
}

async function listRuns(call: PageCall & { readonly world: World; readonly repository: Repository }, only: Filter): Promise<Answer> {
  const filters = [only, ...filtersOf(call.world, call)]
  const found = [...call.world.state.runs.values()].filter(
    (run) => run.repositoryId === call.repository.id && filters.every((filter) => filter(run)),
  )
  const { items, headers } = pageOf(call, found.reverse().slice(0, MOST))
  return ok({ total_count: found.length, workflow_runs: await Promise.all(items.map((run) => presentRun(call.world, run))) }, headers)
}

export function getRun(world: World, repository: Repository, id: string): WorkflowRun {
  const run = world.state.runs.get(Number(id))
  if (run === undefined || run.repositoryId !== repository.id) throw notFound()
  return run
}

export const runRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
    operation: 'actions/list-workflow-runs',
    needs: read,
    body: noBody,
    async handle(call) {
      const { workflow } = await getWorkflow(call.world, call.repository, call.param('workflow_id'))
      return listRuns(call, (run) => run.workflowId === workflow.id)
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/runs',
    operation: 'actions/list-workflow-runs-for-repo',
    needs: read,
    body: noBody,
    handle: (call) => listRuns(call, () => true),
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/runs/{run_id}',
    operation: 'actions/get-workflow-run',
    needs: read,
    body: noBody,
    handle: async ({ world, repository, param }) => ok(await presentRun(world, getRun(world, repository, param('run_id')))),
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}',
    operation: 'actions/get-workflow-run-attempt',
    needs: read,
    body: noBody,
    async handle({ world, repository, param }) {
      const run = getRun(world, repository, param('run_id'))
      const attempt = run.attempts.find(({ number }) => String(number) === param('attempt_number'))
      if (attempt === undefined) throw notFound()
      return ok(await presentRun(world, run, { attempt }))
    },
  }),
  repositoryRoute({
    method: 'POST',
    path: '/repos/{owner}/{repo}/actions/runs/{run_id}/rerun',
    operation: 'actions/re-run-workflow',
    needs: write,
    body: noBody,
    differs: 'jobs run again only if a runner is attached',
    handle({ world, viewer, repository, param }) {
      const run = getRun(world, repository, param('run_id'))
      if (run.attempts.at(-1)?.status !== 'completed') throw new Problem(403, 'This workflow is already running')
      rerun(world, run, senderOf(world, viewer, repository).sender)
      return created({})
    },
  }),
  ...(['cancel', 'force-cancel'] as const).map((how) =>
    repositoryRoute({
      method: 'POST',
      path: `/repos/{owner}/{repo}/actions/runs/{run_id}/${how}`,
      needs: write,
      body: noBody,
      operation: how === 'cancel' ? 'actions/cancel-workflow-run' : 'actions/force-cancel-workflow-run',
      async handle({ world, repository, param }) {
        const run = getRun(world, repository, param('run_id'))
        if (run.attempts.at(-1)?.status === 'completed') throw new Problem(409, 'Cannot cancel a workflow run that is completed.')
        await cancelRun(world, run, how === 'force-cancel')
        return accepted({})
      },
    }),
  ),
]
