import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isJsonObject, type JsonObject, UserError } from '@switchyard/core'
import { type CommandContext, renderExamples, type RegisterCommand } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { parseBranch, parseLogin } from '../parse-arguments.ts'

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

/** `switchyard run`: one event, and everything it causes. */
export const registerRun: RegisterCommand = (program, context) => {
  program
    .command('run')
    .summary('let an event happen, and run the workflows it starts')
    .description(
      'Pushes your repositories to an embedded GitHub, lets an event happen in one of them, and runs every workflow that it starts, ' +
        'there and elsewhere, to the end. Steps run on this machine; nothing is downloaded.',
    )
    .argument('<event>', 'push, workflow_dispatch, repository_dispatch, issues, issue_comment, pull_request, workflow_run or schedule')
    .option('--repos <folder>', 'a repository, or a folder of repositories', '.')
    .option('--repo <name>', 'the repository where the event happens, when there are several')
    .option('--owner <login>', 'the organisation that owns them', parseLogin, 'acme')
    .option('--actor <login>', 'whose doing the event is', parseLogin, 'maintainer')
    .option('--branch <name>', 'push, pull_request: the branch; workflow_run: the branch of the run that ended', parseBranch)
    .option('--tag <name>', 'push: a tag in place of a branch', parseBranch)
    .option('--workflow <file>', 'workflow_dispatch: what to start; workflow_run: what ended')
    .option('--ref <name>', 'workflow_dispatch: the branch or tag to start it on', parseBranch)
    .option('--input <name=value>', 'workflow_dispatch: an input; may be given again', collect)
    .option('--type <name>', 'repository_dispatch: its type')
    .option('--payload <file>', 'repository_dispatch: a JSON file')
    .option('--title <text>', 'issues, issue_comment, pull_request: the title; push: the commit’s message')
    .option('--body <text>', 'issues, issue_comment, pull_request: the text')
    .option('--label <name>', 'issues, issue_comment: a label of the issue; may be given again', collect)
    .option('--conclusion <name>', 'workflow_run: success, failure or cancelled')
    .option('--cron <text>', 'schedule: only this one')
    .option('--var <NAME=value>', 'a variable of the organisation; may be given again', collect)
    .option('--secret <NAME>', 'a secret of the organisation, its value taken from the environment; may be given again', collect)
    .option('--secrets-file <file>', 'secrets as NAME=value lines')
    .option('--action <owner/name=folder>', 'a folder that stands in for the repository of an action; may be given again', collect)
    .option('--runner-label <name>', 'a label of runs-on that this machine is to have; may be given again', collect)
    .option('--log', 'print every line of every job')
    .option('--page <file>', 'write everything as a page to open')
    .option('--json', 'print the runs as JSON at the end')
    .addHelpText('after', renderExamples(
      'switchyard run push',
      'switchyard run push --repos examples/dispatch --repo target-service',
      'switchyard run workflow_dispatch --workflow cd.yml --input revision=abc123',
      "switchyard run issue_comment --body '/step done'",
    ))
    .action(async (event, { input = [], label = [], secret = [], var: vars = [], action = [], runnerLabel = [], ...options }) => {
      await run({ event, ...options, input, label, secret, vars, action, runnerLabel }, context)
    })
}

interface RunOptions {
  readonly event: string
  readonly repos: string
  readonly repo?: string | undefined
  readonly owner: string
  readonly actor: string
  readonly payload?: string | undefined
  readonly input: readonly string[]
  readonly label: readonly string[]
  readonly secret: readonly string[]
  readonly secretsFile?: string | undefined
  readonly vars: readonly string[]
  readonly action: readonly string[]
  readonly runnerLabel: readonly string[]
  readonly log?: true | undefined
  readonly page?: string | undefined
  readonly json?: true | undefined
}

async function run(options: RunOptions, { terminal, env, endWith }: CommandContext): Promise<void> {
  const { events } = await import('../run/events.ts')
  const { parsePairs, readSecrets } = await import('../run/settings.ts')
  const { playEvent } = await import('../run/play-event.ts')
  const { isAllWell, recordRuns } = await import('../run/record-runs.ts')
  const { reportProgress } = await import('../run/report-progress.ts')
  const { describeRuns, renderEnd } = await import('../run/render-end.ts')
  const event = events[options.event]
  if (event === undefined) throw new UserError('EVENT_UNKNOWN', `${options.event} is no event that can be made here`, { hint: `Use one of ${Object.keys(events).join(', ')}.` })
  const record = recordRuns()
  const report = options.json === true ? () => undefined : reportProgress(terminal, { log: options.log ?? false })
  await playEvent({
    event,
    options: { ...options, input: parsePairs(options.input, '--input'), payload: await readPayload(options.payload) },
    repositories: { folder: options.repos, owner: options.owner, actor: options.actor, repository: options.repo },
    secrets: await readSecrets({ names: options.secret, file: options.secretsFile }, env),
    variables: parsePairs(options.vars, '--var'),
    actions: new Map(Object.entries(parsePairs(options.action, '--action')).map(([name, folder]) => [name, resolve(folder)])),
    labels: options.runnerLabel,
    onProgress(progress) {
      record.take(progress)
      report(progress)
    },
  })
  if (options.page !== undefined) {
    const { renderRunsPage } = await import('../page/render-runs-page.ts')
    await writeFile(options.page, renderRunsPage({ title: `switchyard run ${options.event}`, runs: record.runs }))
  }
  if (options.json === true) terminal.print(JSON.stringify(describeRuns(record.runs), null, 2))
  else if (record.runs.length === 0) terminal.note(`No workflow asks for this ${options.event}.`)
  else terminal.print(`\n${renderEnd(terminal, record.runs)}`)
  if (record.runs.length === 0 || !isAllWell(record.runs)) endWith(EXIT.fault)
}

async function readPayload(file: string | undefined): Promise<JsonObject | undefined> {
  if (file === undefined) return undefined
  const hint = 'Name a file with one JSON object.'
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError('FILE_NOT_READ', `${file} cannot be read`, { hint, cause })
  })
  try {
    const value: unknown = JSON.parse(text)
    if (isJsonObject(value)) return value
  } catch (cause) {
    throw new UserError('FILE_NOT_JSON', `${file}: ${cause instanceof Error ? cause.message : 'not JSON'}`, { hint, cause })
  }
  throw new UserError('FILE_NOT_JSON', `${file} holds no JSON object`, { hint })
}
