import { connect } from '../connection.ts'
import type { GraphqlContext } from '../context.ts'
import { fieldsOf } from '../fields.ts'
import { nodeId } from '../../world/node-ids.ts'
import { getRepository } from '../../world/repositories.ts'
import type { CheckRun, Workflow, WorkflowRun } from '../../world/types.ts'
import { refuseArguments } from '../ordering.ts'
import { source } from '../sources.ts'
import { repositoryPath } from '../urls.ts'
import { objectSource } from './git.ts'

function pathUnder(context: GraphqlContext, repositoryId: number, rest: string): string {
  return `${repositoryPath(context.world, getRepository(context.world, repositoryId))}${rest}`
}

const checkRunPath = (context: GraphqlContext, run: CheckRun) => pathUnder(context, run.repositoryId, `/runs/${run.id}`)
const runPath = (context: GraphqlContext, run: WorkflowRun) => pathUnder(context, run.repositoryId, `/actions/runs/${run.id}`)
const workflowPath = (context: GraphqlContext, workflow: Workflow) =>
  pathUnder(context, workflow.repositoryId, `/actions/workflows/${workflow.path.split('/').at(-1) ?? ''}`)

const upper = (text: string | undefined): string | null => text?.toUpperCase() ?? null

export const checkRunFields = fieldsOf('CheckRun', {
  id: ({ value }) => nodeId('checkRun', value.id),
  databaseId: ({ value }) => value.id,
  name: ({ value }) => value.name,
  status: ({ value }) => upper(value.status),
  conclusion: ({ value }) => upper(value.conclusion),
  externalId: ({ value }) => value.externalId ?? null,
  detailsUrl: ({ value }) => value.detailsUrl ?? null,
  startedAt: ({ value }) => value.startedAt ?? null,
  completedAt: ({ value }) => value.completedAt ?? null,
  title: ({ value }) => value.output.title ?? null,
  summary: ({ value }) => value.output.summary ?? null,
  text: ({ value }) => value.output.text ?? null,
  permalink: ({ value, context }) => `${context.world.urls.server}${checkRunPath(context, value)}`,
  url: ({ value, context }) => `${context.world.urls.server}${checkRunPath(context, value)}`,
  resourcePath: ({ value, context }) => checkRunPath(context, value),
  repository: ({ value, context }) => source('Repository', getRepository(context.world, value.repositoryId)),
  checkSuite: ({ value, context }) => {
    const suite = context.world.state.checkSuites.get(value.suiteId)
    return suite === undefined ? null : source('CheckSuite', suite)
  },
})

export const checkSuiteFields = fieldsOf('CheckSuite', {
  id: ({ value }) => nodeId('checkSuite', value.id),
  databaseId: ({ value }) => value.id,
  createdAt: ({ value }) => value.createdAt,
  updatedAt: ({ value }) => value.updatedAt,
  repository: ({ value, context }) => source('Repository', getRepository(context.world, value.repositoryId)),
  commit: ({ value, context }) => objectSource(context, getRepository(context.world, value.repositoryId), { oid: value.headSha, path: '' }),
  app: ({ value, context }) => {
    const app = context.world.state.apps.get(value.appId)
    return app === undefined ? null : source('App', app)
  },
  workflowRun: ({ value, context }) => {
    const run = [...context.world.state.runs.values()].find((each) => each.checkSuiteId === value.id)
    return run === undefined ? null : source('WorkflowRun', run)
  },
  checkRuns: ({ value, args, info, context }) => {
    refuseArguments(args, 'CheckSuite.checkRuns', ['filterBy'])
    const runs = [...context.world.state.checkRuns.values()].filter((run) => run.suiteId === value.id)
    return connect({ args, info }, { items: runs, key: (run) => run.id, node: (run) => source('CheckRun', run) })
  },
})

export const appFields = fieldsOf('App', {
  id: ({ value }) => nodeId('app', value.id),
  databaseId: ({ value }) => value.id,
  clientId: ({ value }) => value.clientId,
  slug: ({ value }) => value.slug,
  name: ({ value }) => value.name,
  createdAt: ({ value }) => value.createdAt,
  url: ({ value, context }) => `${context.world.urls.server}/apps/${value.slug}`,
})

export const workflowFields = fieldsOf('Workflow', {
  id: ({ value }) => nodeId('workflow', value.id),
  databaseId: ({ value }) => value.id,
  state: ({ value }) => upper(value.state),
  createdAt: ({ value }) => value.createdAt,
  updatedAt: ({ value }) => value.updatedAt,
  url: ({ value, context }) => `${context.world.urls.server}${workflowPath(context, value)}`,
  resourcePath: ({ value, context }) => workflowPath(context, value),
})

export const workflowRunFields = fieldsOf('WorkflowRun', {
  id: ({ value }) => nodeId('workflowRun', value.id),
  databaseId: ({ value }) => value.id,
  event: ({ value }) => value.event,
  displayTitle: ({ value }) => value.displayTitle,
  runNumber: ({ value }) => value.runNumber,
  runAttempt: ({ value }) => value.attempts.at(-1)?.number ?? 1,
  createdAt: ({ value }) => value.createdAt,
  updatedAt: ({ value }) => value.attempts.at(-1)?.updatedAt ?? value.createdAt,
  url: ({ value, context }) => `${context.world.urls.server}${runPath(context, value)}`,
  resourcePath: ({ value, context }) => runPath(context, value),
  checkSuite: ({ value, context }) => {
    const suite = context.world.state.checkSuites.get(value.checkSuiteId)
    return suite === undefined ? null : source('CheckSuite', suite)
  },
  workflow: ({ value, context }) => {
    const workflow = context.world.state.workflows.get(value.workflowId)
    return workflow === undefined ? null : source('Workflow', workflow)
  },
})
