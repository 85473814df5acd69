import { z } from 'zod'
import { dispatchWorkflow, runUrls } from '../acts/dispatch-workflow.ts'
import { announce, senderOf } from '../events/announce.ts'
import { presentWorkflow } from '../present/runs.ts'
import { nodeId } from '../world/node-ids.ts'
import { actionsApp } from '../world/tokens.ts'
import { findWorkflow, type KnownWorkflow, workflowsOf } from '../world/workflows.ts'
import type { World } from '../world/world.ts'
import { DISPATCH_CHARACTERS } from '../world/limits.ts'
import type { Repository, Workflow } from '../world/types.ts'
import { noContent, ok } from '../server/answer.ts'
import { wrappedList } from '../server/paging.ts'
import { notFound, Problem } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'

const read = [{ permission: 'actions', level: 'read' }] as const
const write = [{ permission: 'actions', level: 'write' }] as const
/** From this version on a dispatch always tells the run. */
const TELLS_ALWAYS = '2026-03-10'

export async function getWorkflow(world: World, repository: Repository, wanted: string): Promise<KnownWorkflow> {
  const known = await findWorkflow(world, repository, wanted)
  if (known === undefined) throw notFound()
  return known
}

function setState(world: World, workflow: Workflow, state: Workflow['state']): void {
  workflow.state = state
  workflow.updatedAt = world.clock.moment()
}

const dispatchBody = z.object({
  ref: z.string(),
  inputs: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  return_run_details: z.boolean().optional(),
})

export const workflowRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/workflows',
    operation: 'actions/list-repo-workflows',
    needs: read,
    body: noBody,
    async handle(call) {
      const all = await workflowsOf(call.world, call.repository)
      return wrappedList(call, 'workflows', { all, present: ({ workflow, file }) => presentWorkflow(call.world, workflow, file.name) })
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/workflows/{workflow_id}',
    operation: 'actions/get-workflow',
    needs: read,
    body: noBody,
    async handle({ world, repository, param }) {
      const { workflow, file } = await getWorkflow(world, repository, param('workflow_id'))
      return ok(presentWorkflow(world, workflow, file.name))
    },
  }),
  repositoryRoute({
    method: 'PUT',
    path: '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/disable',
    operation: 'actions/disable-workflow',
    needs: write,
    body: noBody,
    async handle({ world, repository, param }) {
      const { workflow } = await getWorkflow(world, repository, param('workflow_id'))
      setState(world, workflow, 'disabled_manually')
      return noContent()
    },
  }),
  repositoryRoute({
    method: 'PUT',
    path: '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable',
    operation: 'actions/enable-workflow',
    needs: write,
    body: noBody,
    async handle({ world, repository, param }) {
      const { workflow } = await getWorkflow(world, repository, param('workflow_id'))
      setState(world, workflow, 'active')
      return noContent()
    },
  }),
  repositoryRoute({
    method: 'POST',
    path: '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
    operation: 'actions/create-workflow-dispatch',
    needs: write,
    differs: 'the run is queued and executes only if a runner is attached',
    body: dispatchBody,
    async handle({ world, server, viewer, repository, store, param, body, apiVersion }) {
      if (body.return_run_details !== undefined && !server.behaviour.knowsRunDetails) {
        throw new Problem(400, '"return_run_details" is not a permitted key.')
      }
      const workflow = await getWorkflow(world, repository, param('workflow_id'))
      const inputs = Object.fromEntries(Object.entries(body.inputs ?? {}).map(([name, value]) => [name, String(value)]))
      const outcome = await dispatchWorkflow(world, { repository, store, workflow, ref: body.ref, inputs, viewer })
      if (!outcome.ok) throw new Problem(422, outcome.message)
      const isTold = apiVersion >= TELLS_ALWAYS || body.return_run_details === true
      return isTold ? ok(runUrls(world, repository, outcome.run)) : noContent()
    },
  }),
  repositoryRoute({
    method: 'POST',
    path: '/repos/{owner}/{repo}/dispatches',
    operation: 'repos/create-dispatch-event',
    needs: [{ permission: 'contents', level: 'write' }],
    body: z.object({ event_type: z.string().min(1).max(100), client_payload: z.record(z.string(), z.unknown()).optional() }),
    handle({ world, viewer, repository, body }) {
      const payload = body.client_payload ?? {}
      if (Object.keys(payload).length > 10) {
        throw new Problem(422, `No more than 10 properties are allowed; ${Object.keys(payload).length} were supplied.`)
      }
      if (JSON.stringify(payload).length > DISPATCH_CHARACTERS) throw new Problem(422, 'client_payload is too large.')
      announce(world, {
        name: 'repository_dispatch',
        action: body.event_type,
        repository,
        ...senderOf(world, viewer, repository),
        content: {
          branch: repository.defaultBranch,
          client_payload: payload,
          // GitHub delivers it with the installation that the Actions App has everywhere.
          installation: { id: actionsApp.id, node_id: nodeId('app', actionsApp.id) },
        },
      })
      return noContent()
    },
  }),
]
