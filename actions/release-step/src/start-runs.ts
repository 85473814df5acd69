import { escapeMarkdown, GitHubError, inlineCode, renderLink, toSwitchyardError, UserError } from '@switchyard/core'
import type { readDispatchedRuns } from '@switchyard/github/operations'
import { addressOf, type Customer } from '@switchyard/releasing'
import { decideRun, type Runnable } from './decide-run.ts'
import type { Door } from './door.ts'
import type { Observation } from './observe.ts'
import { readRunScene } from './run-scene.ts'

export interface Starting {
  readonly slug: string
  readonly step: string
  readonly customers: readonly Customer[]
  readonly observation: Observation
  /** The comment that asks, and the issue that it stands on; undefined: a form asks. */
  readonly asked: { readonly comment: number; readonly issue: number; readonly createdAt: string } | undefined
  /** Nothing is started; the answer says what would be. */
  readonly isDryRun: boolean
}

/** How many runs one command starts: each waits for its own approval. */
export const MAX_RUNS = 25

/** Starts the workflow that runs a step, once for each customer. Answers in Markdown. @throws {UserError} where one of them may not be: then none is started. */
export async function startRuns(door: Door, starting: Starting): Promise<string> {
  const { slug, step, customers, observation, asked, isDryRun } = starting
  if (customers.length > MAX_RUNS) {
    throw new UserError('REQUEST_INVALID', `${customers.length} runs were asked for; ${MAX_RUNS} are allowed.`, {
      hint: 'Name fewer customers, and the others in a second comment.',
    })
  }
  const scenes = await Promise.all(customers.map((customer) => readRunScene(door, observation, { slug, customer, step })))
  const runnable = scenes.map(decideRun)
  if (isDryRun) return runnable.map((one) => `- ${nameOf(step, one)}: a run would be started.`).join('\n')
  const known = await readStarted(door, asked)
  const lines: string[] = []
  for (const one of runnable) lines.push(`- ${nameOf(step, one)}: ${await startOne(door, starting, { one, known })}`)
  return lines.join('\n')
}

function nameOf(step: string, { customer }: Runnable): string {
  return `${inlineCode(step)} for ${inlineCode(addressOf(customer))}`
}

type Known = Awaited<ReturnType<typeof readDispatchedRuns>>['runs']

/** Whoever was killed behind a start finds it by its name. @throws {UserError} `RUN_NOT_STARTED` where there is no such workflow. */
async function readStarted({ github, given: { inputs, context } }: Door, asked: Starting['asked']): Promise<Known> {
  if (asked === undefined) return []
  const { readDispatchedRuns } = await import('@switchyard/github/operations')
  const wanted = { repository: context.repository, workflow: inputs.runWorkflow, since: Date.parse(asked.createdAt) }
  try {
    return (await readDispatchedRuns(github, wanted)).runs
  } catch (error) {
    if (!(error instanceof GitHubError) || error.status !== 404) throw error
    throw new UserError(
      'RUN_NOT_STARTED',
      `${context.repository.fullName} has no workflow ${inputs.runWorkflow} that could run the step.`,
      {
        hint: 'Add it as the guide shows, or name another by the input `run-workflow`.',
        cause: error,
      },
    )
  }
}

/** What became of one start; a comment hears of each, a form fails by it. */
async function startOne(
  door: Door,
  { slug, step, observation, asked }: Starting,
  { one: { customer, environment }, known }: { readonly one: Runnable; readonly known: Known },
): Promise<string> {
  const { repository } = door.given.context
  const ref = observation.control.defaultBranch
  if (ref === undefined) {
    throw new UserError('REQUEST_INVALID', `${repository.fullName} has no default branch.`, { hint: 'Push a first commit.' })
  }
  const address = addressOf(customer)
  const correlation = correlationOf(door, { asked, step, address })
  const issue = asked === undefined ? '' : String(asked.issue)
  const inputs = { environment, release: slug, step, customers: address, issue, 'correlation-id': correlation }
  const { dispatchWorkflow } = await import('@switchyard/github/operations')
  try {
    const started =
      known.find(({ displayTitle }) => displayTitle.endsWith(correlation)) ??
      (await dispatchWorkflow(door.github, { repository, workflow: door.given.inputs.runWorkflow, ref, inputs }, true))
    const page = started === undefined ? 'a run' : renderLink(`run ${started.id}`, started.url)
    return `${page} was started, and waits for the approvals of ${inlineCode(environment)}.`
  } catch (error) {
    if (asked === undefined) throw error
    return `no run could be started: ${escapeMarkdown(toSwitchyardError(error).message)}`
  }
}

/** Ends the name of the run; its comment says who asked for it. */
function correlationOf(
  { given: { context } }: Door,
  { asked, step, address }: { readonly asked: Starting['asked']; readonly step: string; readonly address: string },
): string {
  return asked === undefined ? `run-${context.run.id}-${step}-${address}` : `comment-${asked.comment}-${step}-${address}`
}

/** The comment that a correlation id names. */
export function commentOf(correlation: string): number | undefined {
  const found = /^comment-(\d{1,15})-/.exec(correlation)?.[1]
  return found === undefined ? undefined : Number(found)
}
