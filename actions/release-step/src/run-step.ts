import { restarterOf, type Outcome } from '@switchyard/action'
import { parseMember } from '@switchyard/commands'
import { sha256, UserError } from '@switchyard/core'
import { addressOf, type Customer } from '@switchyard/releasing'
import { chooseAmong } from './choose-customers.ts'
import { beginKey, beginRun, orDrop } from './begin-run.ts'
import { decideRun, type Runnable, type RunScene } from './decide-run.ts'
import { type Door, openDoor, type ReleaseLoaded } from './door.ts'
import { missingField, requireField } from './form-fields.ts'
import { type Observation, observe, readInventory } from './observe.ts'
import { performStep } from './perform-step.ts'
import { recordRun, tellRefusal } from './record-run.ts'
import { requireRight } from './requests.ts'
import { createRoles } from '@switchyard/github'
import { readRules } from './rules.ts'
import type { Spec } from './inputs.ts'
import { readRunScene } from './run-scene.ts'
import { renderStarts, startRuns } from './start-runs.ts'
import { findAsker } from './who-asked.ts'

export interface RunWish {
  readonly slug: string | undefined
  readonly issue: number | undefined
}

/** One customer's run of a step, and who asked for it: the last one to start it. */
export interface Asked {
  readonly slug: string
  readonly step: string
  readonly customer: Customer
  readonly login: string
  /** All who need the right: whoever asked, and whoever started the run again. */
  readonly askers: readonly string[]
  readonly observation: Observation
}

/** `mode: run`: starts the run of a step; in the job that has the cluster's environment (`environment`), carries it out. */
export async function runStep(door: Door, { slug, issue }: RunWish): Promise<Outcome<Spec>> {
  const { inputs } = door.given
  const { step, environment } = inputs
  if (slug === undefined) throw missingField('release')
  if (step === undefined) throw missingField('step')
  const observation = await observe(door, { slug, issue })
  const customer = await onlyCustomer(door, observation)
  const asker = await findAsker(door, { slug, observation, issue, step, customer })
  const askers = [asker, ...restarterOf(door.given.context)]
  const asked: Asked = { slug, step, customer, login: askers.at(-1) ?? asker, askers, observation }
  return environment === undefined ? start(door, asked) : carryOut(door, asked, environment)
}

async function requireRunner(door: Door, { customer, askers, observation }: Asked): Promise<void> {
  const [rules, roles] = [await readRules(observation), createRoles(door.github, door.given.context.repository)]
  for (const login of askers) await requireRight('step run', { rules, roles, login, customers: [customer] })
}

/** By a form: whoever filled it in sees on its page what became of it. */
async function start(door: Door, asked: Asked): Promise<Outcome<Spec>> {
  await requireRunner(door, asked)
  const { slug, step, customer, login, observation } = asked
  const { dryRun: isDryRun } = door.given.inputs
  const wanted = { slug, step, customers: [customer], observation, login, asked: undefined, known: new Map(), isDryRun }
  const starts = await startRuns(door, wanted)
  const [first] = starts
  if (first !== undefined && 'error' in first.ended) throw first.ended.error
  const what = `A run of ${step} for ${addressOf(customer)}`
  return {
    ...(isDryRun
      ? { decision: 'nothing-to-do', reasonCode: 'dry-run', headline: `${what} would be started.` }
      : { decision: 'done', reasonCode: 'run-started', headline: `${what} was started.` }),
    result: { release: slug },
    outputs: { release: slug },
    summary: `${renderStarts(step, starts)}\n`,
  }
}

/** One run is of one customer: another's approvals do not count. */
async function onlyCustomer(door: Door, observation: Observation): Promise<Customer> {
  const selector = requireField('customers', parseMember(door.given.inputs.customers))
  const { clusters } = await readInventory(door, observation)
  const members = clusters.flatMap(({ customers }) => customers)
  const [customer] = chooseAmong({ all: false, selectors: [selector], line: selector.line, column: selector.column }, members)
  if (customer === undefined) throw new RangeError('A selector chooses somebody or is refused')
  return customer
}

async function carryOut(door: Door, asked: Asked, environment: string): Promise<Outcome<Spec>> {
  const { slug, step, customer } = asked
  const key = beginKey(door, asked)
  const ready = await tellRefusal(door, asked, () => prepare(door, asked, { environment, key }))
  if (door.given.inputs.dryRun) {
    return {
      decision: 'nothing-to-do',
      reasonCode: 'dry-run',
      headline: `${step} would be run for ${addressOf(customer)}.`,
      result: { release: slug },
      outputs: { release: slug },
    }
  }
  // From here on nobody else runs it, whatever becomes of this process.
  await tellRefusal(door, asked, () => beginRun(door, asked, { key, ...ready }))
  const ended = await tellRefusal(door, asked, () => orDrop(door, asked, () => performStep(door, asked, ready)))
  // The first one's time may have run out while the step ran.
  return recordRun(openDoor(door.given), asked, { ended, sha256: sha256(ready.content) })
}

/** Everything is checked again: between the command and the approval of its run lie hours, or days. */
async function prepare(
  door: Door,
  asked: Asked,
  { environment, key }: { readonly environment: string; readonly key: string },
): Promise<{ readonly runnable: Runnable } & Pick<RunScene, 'step'> & { readonly content: string; readonly loaded: ReleaseLoaded }> {
  await requireRunner(door, asked)
  const { slug, step: id, customer } = asked
  const scene = await readRunScene(door, asked.observation, { slug, step: id, customer, idempotencyKeys: [key] })
  const runnable = decideRun(scene)
  const { step, content, loaded } = scene
  if (runnable.environment === environment) return { runnable, step, content, loaded }
  throw new UserError(
    'ENVIRONMENT_DIFFERS',
    `${asked.customer.cluster} belongs to the environment ${runnable.environment}, and not to ${environment}.`,
    { hint: 'Start the step again with /step run: the inventory may have changed.' },
  )
}
