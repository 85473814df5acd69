import { changeCheckRun, type CheckRunChanges, createCheckRun as makeCheckRun } from '../../acts/check-runs.ts'
import { CHECK_ACTIONS, CHECK_ANNOTATIONS_PER_REQUEST, CHECK_TEXT_CHARACTERS } from '../../world/limits.ts'
import { checkConclusions, checkStatuses } from '../../world/check-types.ts'
import type { App, CheckAnnotation, CheckRun, Repository } from '../../world/types.ts'
import type { Args } from '../args.ts'
import type { GraphqlContext } from '../context.ts'
import { getNode, getRepositoryNode } from '../nodes.ts'
import { requireWrite } from '../permissions.ts'
import { forbidden, notImplemented, unprocessable } from '../refusal.ts'
import { source } from '../sources.ts'

const annotationLevels = { NOTICE: 'notice', WARNING: 'warning', FAILURE: 'failure' } as const
const isLevel = (name: string): name is keyof typeof annotationLevels => name in annotationLevels

function parseAnnotation(annotation: Args): CheckAnnotation {
  const [location, level] = [annotation.inside('location'), annotation.text('annotationLevel')]
  if (!isLevel(level)) throw notImplemented(`CheckAnnotationLevel.${level}`)
  return {
    path: annotation.text('path'),
    start_line: location.findNumber('startLine') ?? 0,
    end_line: location.findNumber('endLine') ?? 0,
    start_column: location.findNumber('startColumn'),
    end_column: location.findNumber('endColumn'),
    annotation_level: annotationLevels[level],
    message: annotation.text('message'),
    title: annotation.findText('title'),
    raw_details: annotation.findText('rawDetails'),
  }
}

function parseOutput(output: Args | undefined): CheckRunChanges['output'] {
  if (output === undefined) return undefined
  if (output.list('images').length > 0) throw notImplemented('CheckRunOutput.images')
  const annotations = output.list('annotations').map(parseAnnotation)
  if (annotations.length > CHECK_ANNOTATIONS_PER_REQUEST) {
    throw unprocessable(`Annotations exceed the maximum quantity of ${CHECK_ANNOTATIONS_PER_REQUEST}`)
  }
  for (const name of ['summary', 'text']) {
    const tooLong = (output.findText(name) ?? '').length > CHECK_TEXT_CHARACTERS
    if (tooLong) throw unprocessable(`Only ${CHECK_TEXT_CHARACTERS} characters are allowed for ${name}`)
  }
  return { title: output.text('title'), summary: output.text('summary'), text: output.findText('text'), annotations }
}

function parseChanges(input: Args): CheckRunChanges {
  const actions = input.list('actions')
  if (actions.length > CHECK_ACTIONS) throw unprocessable(`Actions exceed the maximum quantity of ${CHECK_ACTIONS}`)
  const [status, conclusion] = [input.findText('status')?.toLowerCase(), input.findText('conclusion')?.toLowerCase()]
  if (status === 'completed' && conclusion === undefined) throw unprocessable('A completed check run needs a conclusion')
  return {
    name: input.findText('name'),
    externalId: input.findText('externalId'),
    detailsUrl: input.findText('detailsUrl'),
    status: checkStatuses.find((each) => each === status),
    conclusion: checkConclusions.find((each) => each === conclusion),
    startedAt: input.findText('startedAt'),
    completedAt: input.findText('completedAt'),
    output: parseOutput(input.findInside('output')),
    ...(input.has('actions') && {
      actions: actions.map((action) => ({
        label: action.text('label'),
        description: action.text('description'),
        identifier: action.text('identifier'),
      })),
    }),
  }
}

/** Only Apps write checks; GITHUB_TOKEN belongs to one. Source: github-facts 5.1. */
function requireApp(context: GraphqlContext, repository: Repository, operation: string): App {
  const { app } = context.viewer
  if (app === undefined) throw forbidden('You must authenticate via a GitHub App.')
  requireWrite(context, { repository, permissions: ['checks'], operation })
  return app
}

export async function createCheckRun(input: Args, context: GraphqlContext) {
  const repository = await getRepositoryNode(context, input.text('repositoryId'))
  const app = requireApp(context, repository, 'CreateCheckRun')
  const [name, headSha] = [input.text('name'), input.text('headSha').toLowerCase()]
  if ((await context.git(repository).readCommit(headSha)) === undefined) throw unprocessable(`No commit found for SHA: ${headSha}`)
  const run = makeCheckRun(context.world, { ...context.viewer, app }, { repository, input: { ...parseChanges(input), name, headSha } })
  return { checkRun: source('CheckRun', run) }
}

export async function updateCheckRun(input: Args, context: GraphqlContext) {
  const repository = await getRepositoryNode(context, input.text('repositoryId'))
  const app = requireApp(context, repository, 'UpdateCheckRun')
  const run: CheckRun = await getNode(context, 'CheckRun', input.text('checkRunId'))
  if (run.appId !== app.id) {
    throw forbidden(`Invalid app_id \`${app.id}\` - check run can only be modified by the GitHub App that created it.`)
  }
  changeCheckRun(context.world, context.viewer, { run, changes: parseChanges(input) })
  return { checkRun: source('CheckRun', run) }
}
