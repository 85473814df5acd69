import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { UserError } from '@switchyard/core'
import type { CommandContext } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { renderRunsPage } from '../page/render-runs-page.ts'
import { printJson } from '../terminal/report-error.ts'
import { awaitInterruption } from '../up/interruption.ts'
import { describeProgress, describeRuns } from './describe-json.ts'
import { type EventOptions, getEvent } from './events.ts'
import { type Play, playEvent } from './play-event.ts'
import { isAllWell, recordRuns, type RunsRecord } from './record-runs.ts'
import { renderEnd } from './render-end.ts'
import { reportProgress, type Reporter } from './report-progress.ts'
import { parsePairs, readPayload, readSecrets } from './settings.ts'

/** `switchyard run` as typed. */
export interface RunOptions extends Omit<EventOptions, 'input' | 'payload'> {
  readonly event: string
  readonly repos: string
  readonly repo?: string | undefined
  readonly owner: string
  readonly actor: string
  readonly input: readonly string[]
  readonly payload?: string | undefined
  readonly secret: readonly string[]
  readonly secretsFile?: string | undefined
  readonly vars: readonly string[]
  readonly action: readonly string[]
  readonly runnerLabel: readonly string[]
  readonly jobs?: number | undefined
  readonly minute?: number | undefined
  readonly log?: true | undefined
  readonly page?: string | undefined
  readonly json?: true | undefined
  readonly jsonLines?: true | undefined
}

/** Lets the event happen, tells of everything it causes, and ends with a fault unless all of it went well. */
export async function runEvent(options: RunOptions, context: CommandContext): Promise<void> {
  const play = await readPlay(options, context)
  if (options.page !== undefined) await makeRoom(options.page)
  const record = recordRuns()
  const reporter = openReporter(options, context)
  const { interrupted, release } = awaitInterruption()
  try {
    await playEvent({
      ...play,
      interrupted,
      onProgress(progress) {
        record.take(progress)
        reporter.take(progress)
      },
    })
  } finally {
    release()
    reporter.end()
  }
  if (options.page !== undefined) {
    await writeFile(options.page, renderRunsPage({ title: `switchyard run ${options.event}`, runs: record.runs }))
  }
  report(options, context, record)
  if (record.runs.length === 0 || !isAllWell(record.runs)) context.endWith(EXIT.fault)
}

async function readPlay(options: RunOptions, { env }: CommandContext): Promise<Omit<Play, 'interrupted' | 'onProgress'>> {
  const payload = options.payload === undefined ? undefined : await readPayload(options.payload)
  const eventOptions = { ...options, input: parsePairs(options.input, '--input'), payload }
  return {
    event: getEvent(options.event, eventOptions),
    options: eventOptions,
    repositories: { folder: options.repos, owner: options.owner, actor: options.actor, repository: options.repo },
    secrets: await readSecrets({ names: options.secret, file: options.secretsFile }, env),
    variables: parsePairs(options.vars, '--var'),
    actions: new Map(Object.entries(parsePairs(options.action, '--action')).map(([name, folder]) => [name, resolve(folder)])),
    labels: options.runnerLabel,
    jobs: options.jobs,
    minute: options.minute,
  }
}

/** Found out before anything runs: a page that cannot be written would cost the whole run. */
async function makeRoom(page: string): Promise<void> {
  await mkdir(dirname(resolve(page)), { recursive: true }).catch((cause: unknown) => {
    throw new UserError('PAGE_NOT_WRITTEN', `There can be no file ${page}`, {
      hint: 'Name a file in a folder that may be written to.',
      cause,
    })
  })
}

function openReporter({ json, jsonLines, log }: RunOptions, { terminal, now }: CommandContext): Reporter {
  if (jsonLines === true) return { take: (progress) => terminal.print(JSON.stringify(describeProgress(progress))), end: () => undefined }
  if (json === true) return { take: () => undefined, end: () => undefined }
  return reportProgress(terminal, { now, log: log ?? false, steps: !terminal.isLive })
}

function report({ event, json, jsonLines }: RunOptions, { terminal }: CommandContext, record: RunsRecord): void {
  if (json === true) return printJson(terminal, describeRuns(record))
  if (record.runs.length === 0) return terminal.note(`No workflow asks for this ${event}.`)
  if (jsonLines !== true) terminal.print(`\n${renderEnd(terminal, record.runs)}`)
}
