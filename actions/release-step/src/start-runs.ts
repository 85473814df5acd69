import { escapeMarkdown, inlineCode, renderLink, toSwitchyardError, UserError } from '@switchyard/core'
import { addressOf, type Customer } from '@switchyard/releasing'
import { decideRun } from './decide-run.ts'
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
}

/** How many runs one command starts: each waits for its own approval. */
export const MAX_RUNS = 25

/** Starts the workflow that runs a step, once for each customer. Answers in Markdown. @throws {UserError} where one of them may not be: then none is started. */
export async function startRuns(door: Door, { slug, step, customers, observation, asked }: Starting): Promise<string> {
  if (customers.length > MAX_RUNS) {
    throw new UserError('REQUEST_INVALID', `${customers.length} runs were asked for; ${MAX_RUNS} are allowed.`, {
      hint: 'Name fewer customers.',
    })
  }
  const { repository } = door.given.context
  const workflow = door.given.inputs.runWorkflow
  const ref = observation.control.defaultBranch
  if (ref === undefined) throw new UserError('REQUEST_INVALID', `${repository.fullName} has no default branch.`)
  const scenes = await Promise.all(customers.map((customer) => readRunScene(door, observation, { slug, customer, step })))
  const runnable = scenes.map(decideRun)
  const { dispatchWorkflow, readDispatchedRuns } = await import('@switchyard/github/operations')
  // Whoever was killed behind a start finds it by its name.
  const since = asked === undefined ? undefined : Date.parse(asked.createdAt)
  const before = since === undefined ? [] : (await readDispatchedRuns(door.github, { repository, workflow, since })).runs
  const lines: string[] = []
  for (const { customer, environment } of runnable) {
    const address = addressOf(customer)
    const correlation = correlationOf(door, { asked, step, address })
    const known = before.find(({ displayTitle }) => displayTitle.endsWith(correlation))
    try {
      const inputs = {
        environment,
        release: slug,
        step,
        customers: address,
        issue: asked === undefined ? '' : String(asked.issue),
        'correlation-id': correlation,
      }
      const started = known ?? (await dispatchWorkflow(door.github, { repository, workflow, ref, inputs }, true))
      const page = started === undefined ? 'a run' : renderLink(`run ${started.id}`, started.url)
      lines.push(
        `- ${inlineCode(step)} for ${inlineCode(address)}: ${page} was started in ${inlineCode(environment)}. If that asks for an approval, it waits for it there.`,
      )
    } catch (error) {
      lines.push(
        `- ${inlineCode(step)} for ${inlineCode(address)}: no run could be started: ${escapeMarkdown(toSwitchyardError(error).message)}`,
      )
    }
  }
  return lines.join('\n')
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
