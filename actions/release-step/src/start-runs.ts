import { escapeMarkdown, GitHubError, inlineCode, renderLink, UserError } from '@switchyard/core'
import type { StartedRun } from '@switchyard/github/operations'
import { addressOf, type Customer } from '@switchyard/releasing'
import { decideRun } from './decide-run.ts'
import type { Door } from './door.ts'
import type { Observation } from './observe.ts'
import { recordAsk } from './record-ask.ts'
import { correlationOf } from './run-correlation.ts'
import { requireFew } from './run-limit.ts'
import { readRunScene } from './run-scene.ts'

export interface Starting {
  readonly slug: string
  readonly step: string
  readonly customers: readonly Customer[]
  readonly observation: Observation
  readonly login: string
  /** The comment that asks, and the issue that it stands on; undefined: a form asks. */
  readonly asked: { readonly comment: number; readonly issue: number; readonly createdAt: string } | undefined
  /** What the same comment has started already, by correlation. */
  readonly known: Map<string, StartedRun | undefined>
  readonly isDryRun: boolean
}

/** What became of one customer's run. */
export interface Start {
  readonly customer: Customer
  readonly environment: string
  readonly ended: { readonly run: StartedRun | undefined } | { readonly planned: true } | { readonly error: UserError | GitHubError }
}

/** Starts the workflow that runs a step, once for each customer. @throws {UserError} where one of them may not be: then none is started. */
export async function startRuns(door: Door, { known, isDryRun, ...starting }: Starting): Promise<readonly Start[]> {
  const { slug, step, customers, observation, asked } = starting
  requireFew(customers)
  const workflow = door.given.inputs.runWorkflow
  const ref = observation.control.defaultBranch
  if (ref === undefined) throw new UserError('REQUEST_INVALID', `${door.given.context.repository.fullName} has no default branch.`)
  const scenes = await Promise.all(customers.map((customer) => readRunScene(door, observation, { slug, customer, step })))
  const source = asked === undefined ? `run-${door.given.context.run.id}` : `comment-${asked.comment}`
  const wanted = scenes.map(decideRun).map((each) => ({ ...each, correlation: correlationOf({ source, step, customer: each.customer }) }))
  if (isDryRun) return wanted.map(({ customer, environment }) => ({ customer, environment, ended: { planned: true } }))
  const { findStarted, startRun } = await import('./start-run.ts')
  const { since, isNew } = await sinceWhen(door, starting, wanted)
  const left = wanted.filter(({ correlation }) => !known.has(correlation))
  // Whoever was killed behind a start finds it by its name.
  const before =
    isNew || left.length === 0 ? NONE : await findStarted(door, { workflow, since, correlations: left.map((each) => each.correlation) })
  for (const [correlation, run] of before) known.set(correlation, run)
  const starts: Start[] = []
  for (const { customer, environment, correlation } of wanted) {
    const issue = String(asked?.issue ?? door.given.inputs.issue ?? '')
    const inputs = { environment, release: slug, step, customers: addressOf(customer), issue, 'correlation-id': correlation }
    try {
      if (!known.has(correlation)) known.set(correlation, await startRun(door, { workflow, ref, inputs, correlation, since }))
      starts.push({ customer, environment, ended: { run: known.get(correlation) } })
    } catch (error) {
      if (!(error instanceof UserError || error instanceof GitHubError)) throw error
      starts.push({ customer, environment, ended: { error } })
    }
  }
  return starts
}

const NONE: ReadonlyMap<string, StartedRun> = new Map()

/** A comment says itself when it was written and by whom; what a form asks for is recorded. */
async function sinceWhen(
  door: Door,
  { asked, slug, step, login }: Pick<Starting, 'asked' | 'slug' | 'step' | 'login'>,
  wanted: readonly { readonly customer: Customer; readonly correlation: string }[],
): Promise<{ readonly since: number; /** Nothing of it can have been started before. */ readonly isNew: boolean }> {
  if (asked !== undefined) return { since: Date.parse(asked.createdAt), isNew: false }
  const recorded = await Promise.all(
    wanted.map(({ customer, correlation }) => recordAsk(door, { slug, step, customer, correlation, login })),
  )
  return { since: Math.min(...recorded.map(({ at }) => at)), isNew: recorded.every(({ isNew }) => isNew) }
}

/** What was started and what was not, in Markdown, a line each. */
export function renderStarts(step: string, starts: readonly Start[]): string {
  const lines = starts.map(({ customer, environment, ended }) => {
    const what = `- ${inlineCode(step)} for ${inlineCode(addressOf(customer))}:`
    if ('error' in ended) return `${what} ${escapeMarkdown(ended.error.message)} ${escapeMarkdown(ended.error.hint ?? '')}`.trimEnd()
    if ('planned' in ended) return `${what} a run would be started in ${inlineCode(environment)}.`
    const page = ended.run === undefined ? 'a run' : renderLink(`run ${ended.run.id}`, ended.run.url)
    return `${what} ${page} was started in ${inlineCode(environment)}. If that asks for an approval, it waits for it there.`
  })
  return lines.join('\n')
}
