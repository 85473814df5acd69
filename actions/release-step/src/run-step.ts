import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from '@switchyard/action'
import { toSwitchyardError, UserError } from '@switchyard/core'
import { addressOf, type Customer, customerSubject, matrixDocument, releaseSubject } from '@switchyard/releasing'
import { changesOf } from './answers.ts'
import { decideRun, type Runnable } from './decide-run.ts'
import { type Door, openDoor } from './door.ts'
import { drawRelease, warn } from './draw-release.ts'
import { RUN_MS } from './limits.ts'
import { type Observation, observe, readInventory } from './observe.ts'
import { outcomeOfRejection } from './outcomes.ts'
import { requireRight } from './requests.ts'
import { createRoles } from './roles.ts'
import { readRules } from './rules.ts'
import type { Spec } from './run.ts'
import { readRunScene } from './run-scene.ts'
import { startRuns } from './start-runs.ts'
import { toStepEnvironment } from './step-environment.ts'
import { summarise } from './summarise.ts'
import { transact } from './transact.ts'
import { findAsker } from './who-asked.ts'

export interface RunWish {
  readonly slug: string | undefined
  readonly issue: number | undefined
}

interface Asked {
  readonly slug: string
  readonly step: string
  readonly customer: Customer
  readonly login: string
  readonly observation: Observation
}

/** `mode: run`: starts the run of a step; in the job that has the cluster's environment (`environment`), carries it out. */
export async function runStep(door: Door, { slug, issue }: RunWish): Promise<Outcome<Spec>> {
  const { inputs } = door.given
  const { step, environment } = inputs
  if (slug === undefined || step === undefined) {
    throw new UserError('REQUEST_INVALID', 'Which step is run is not said.', { hint: 'Give `release`, `step` and `customers`.' })
  }
  const observation = await observe(door, { slug, issue })
  const customer = await onlyCustomer(door, observation)
  const login = findAsker(door, { observation, issue, step, customer })
  const [rules, roles] = [await readRules(door, observation), createRoles(door)]
  await requireRight('step run', { rules, roles, login, customers: [customer] })
  const asked: Asked = { slug, step, customer, login, observation }
  if (environment !== undefined) return carryOut(door, asked, environment)
  const text = await startRuns(door, { slug, step, customers: [customer], observation, asked: undefined })
  return {
    decision: 'done',
    reasonCode: 'run-started',
    headline: `A run of ${step} for ${addressOf(customer)} was started.`,
    result: { release: slug },
    outputs: { release: slug },
    summary: `${text}\n`,
  }
}

/** One run is of one customer: another's approvals do not count. */
async function onlyCustomer(door: Door, observation: Observation): Promise<Customer> {
  const [address, ...more] = door.given.inputs.customers
  const { clusters } = await readInventory(door, observation)
  const found = more.length > 0 ? undefined : clusters.flatMap(({ customers }) => customers).find((each) => addressOf(each) === address)
  if (found === undefined) {
    throw new UserError('REQUEST_INVALID', 'The input `customers` names no customer of the inventory.', {
      hint: 'Name one, as `cluster/namespace`.',
    })
  }
  return found
}

/** Everything is checked again: between the command and the approval of its run lie hours, or days. */
async function carryOut(door: Door, asked: Asked, environment: string): Promise<Outcome<Spec>> {
  const { slug, customer, step, observation } = asked
  const scene = await readRunScene(door, observation, { slug, customer, step })
  const runnable = decideRun(scene)
  if (runnable.environment !== environment) {
    throw new UserError(
      'ENVIRONMENT_DIFFERS',
      `${customer.cluster} belongs to the environment ${runnable.environment}, and not to ${environment}.`,
      { hint: 'Start the step again with /step run: the inventory may have changed.' },
    )
  }
  if (door.given.inputs.dryRun) {
    return {
      decision: 'nothing-to-do',
      reasonCode: 'dry-run',
      headline: `${step} would be run for ${addressOf(customer)}.`,
      result: { release: slug },
      outputs: { release: slug },
    }
  }
  const exitCode = await perform(door, asked, { runnable, content: scene.content })
  return record(openDoor(door.given), asked, exitCode)
}

/** Output goes to the log as it comes, with the runner's commands in it made text. */
async function perform(
  { given: { io, context } }: Door,
  { slug, step, customer }: Asked,
  { runnable: { how }, content }: { readonly runnable: Runnable; readonly content: string },
): Promise<number | 'timed-out'> {
  const { runProgram } = await import('@switchyard/workspace')
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-step-'))
  const environment = toStepEnvironment(context.programEnvironment, {
    cluster: customer.cluster,
    namespace: customer.namespace,
    release: slug,
    step,
  })
  const common = {
    folder: context.workspace === '' ? folder : context.workspace,
    timeLimitMs: RUN_MS,
    environment,
    onLine: (line: string) => io.log.info(line),
  }
  try {
    return await io.log.group(`${step} for ${addressOf(customer)}`, async () => {
      if (how.kind === 'sql') return runProgram({ ...common, argv: how.argv, input: content })
      const script = join(folder, 'step.sh')
      await writeFile(script, content, { mode: 0o600 })
      return runProgram({ ...common, argv: ['bash', '--noprofile', '--norc', '-eo', 'pipefail', script] })
    })
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** What a shell says of a command that took too long. */
const TIMED_OUT = 124

/** The door is a new one: the first one's time may have run out while the step ran. */
async function record(
  door: Door,
  { slug, step, customer, login, observation }: Asked,
  ended: number | 'timed-out',
): Promise<Outcome<Spec>> {
  const { run, repository } = door.given.context
  const exitCode = ended === 'timed-out' ? TIMED_OUT : ended
  const conclusion = ended === 'timed-out' ? 'timed_out' : ended === 0 ? 'success' : 'failure'
  const address = addressOf(customer)
  const request = {
    subject: customerSubject(slug, customer),
    reads: [releaseSubject(slug)],
    idempotencyKey: `ran ${repository.id} ${run.id} ${run.attempt} ${run.job} ${slug} ${address} ${step}`,
    actor: { login, kind: 'user' as const },
    command: { kind: 'record-run' as const, step, exit_code: exitCode, conclusion, url: run.url },
  }
  const done = await transact(door, [{ requests: [request] }], { loaded: undefined, documents: [matrixDocument(slug)] })
  const [result] = done.results
  const loaded = await door.ledger.load({ subjects: [releaseSubject(slug)], idempotencyKeys: [], documents: [matrixDocument(slug)] })
  if (result?.kind === 'rejected') return outcomeOfRejection(result.rejection, { slug, loaded })
  const { board } = await drawRelease(door, { slug, loaded, control: observation.control })
  const end = `ended with exit code ${exitCode} in [this run](${run.url})`
  const rest =
    exitCode === 0 ? `✅ it ${end}, and is done.` : `❌ it ${end}. Nothing is marked: mend the cause, and run it again or do it by hand.`
  await tell(door, `@${login} \`${step}\` for \`${address}\`: ${rest}`)
  const outcome = summarise({
    slug,
    loaded,
    changes: result === undefined ? [] : changesOf(result.events),
    refused: [],
    isDryRun: false,
    board,
  })
  if (exitCode === 0) return outcome
  return {
    ...outcome,
    decision: 'failed',
    reasonCode: 'step-failed',
    headline: `${step} for ${address} ended with exit code ${exitCode}; its status stays as it was.`,
  }
}

async function tell(door: Door, body: string): Promise<void> {
  const { issue } = door.given.inputs
  if (issue === undefined) return
  try {
    const { commentOnIssue } = await import('@switchyard/github/operations')
    await commentOnIssue(door.github, door.given.context.repository, { number: issue, body })
  } catch (error) {
    warn(door, `#${issue} could not be told of the run: ${toSwitchyardError(error).message}`)
  }
}
