import { sha256, UserError } from '@switchyard/core'
import {
  addressOf,
  type Cluster,
  type Customer,
  type CustomerRecord,
  findNoRun,
  type Inventory,
  isApprovedFor,
  type ReleaseFile,
  type ReleaseState,
  type Step,
} from '@switchyard/releasing'
import { requireActive, toUserError } from './rejections.ts'

/** All that says whether a step may be run, as it is at this moment. */
export interface RunScene {
  readonly release: ReleaseState
  readonly inventory: Inventory
  readonly customer: Pick<CustomerRecord, 'cluster' | 'namespace'>
  /** The customer's copy of it. */
  readonly step: Step
  /** Names the content of that copy. */
  readonly sha256: string
  /** The release's file in the default branch. */
  readonly file: ReleaseFile
}

export interface Runnable {
  readonly cluster: Cluster
  readonly customer: Customer
  readonly environment: string
  /** What carries it out: a shell that reads a file, or a program that reads its input. */
  readonly how: { readonly kind: 'bash' } | { readonly kind: 'sql'; readonly argv: readonly string[] }
}

/**
 * Whether a step may be run, and how. Source: release contract, `/step run`: only what the default branch says is run, anything else
 * only after an admin approved exactly this content for exactly this environment.
 *
 * @throws {UserError} `NOT_ACTIVE`, `CUSTOMER_INACTIVE`, `ALREADY_DONE`, `RUN_OPEN`, `TEXT_NOT_RUN`, `NO_SQL_RUNNER`, `CONTENT_NOT_APPROVED`
 */
export function decideRun({ release, inventory, customer, step, sha256: hash, file }: RunScene): Runnable {
  const address = addressOf(customer)
  requireActive(release, release.slug)
  const found = findCustomer(inventory, customer)
  if (found === undefined) {
    throw new UserError('CUSTOMER_INACTIVE', `${address} is not active in the inventory.`, {
      hint: 'Steps run for active customers on active clusters only: change the inventory, or carry the step out by hand.',
    })
  }
  const refused = findNoRun(step, address)
  if (refused) throw toUserError(refused)
  const how = howToRun(step, found)
  const { environment } = found.cluster
  if (!isTemplate(step, { hash, file }) && !isApprovedFor(release, { environment, type: step.text.type, sha256: hash })) {
    throw new UserError('CONTENT_NOT_APPROVED', `The content of ${step.id} for ${address} is not what the default branch says.`, {
      hint: `An admin who reads it by /step show ${step.id} ${address} finds there how to approve it for ${environment}.`,
    })
  }
  return { ...found, environment, how }
}

/** What runs a step of this type on this cluster. @throws {UserError} `TEXT_NOT_RUN`, `NO_SQL_RUNNER` */
function howToRun(
  { id, text: { type } }: Step,
  { cluster: { name, sqlCommand }, customer }: Pick<Runnable, 'cluster' | 'customer'>,
): Runnable['how'] {
  switch (type) {
    case 'bash':
      return { kind: 'bash' }
    case 'sql': {
      const argv = (sqlCommand ?? '').split(/\s+/).filter((word) => word !== '')
      if (argv.length === 0) {
        throw new UserError('NO_SQL_RUNNER', `The cluster ${name} names no sql_command to run ${id} with.`, {
          hint: 'Name one as `sql_command` in the inventory, or carry the step out by hand and mark it done.',
        })
      }
      return { kind: 'sql', argv }
    }
    case 'text':
      throw new UserError('TEXT_NOT_RUN', `${id} is a text for people, and nothing that runs.`, {
        hint: `Do what it says, and mark it: /step done ${id} ${addressOf(customer)}`,
      })
  }
}

function isTemplate({ id, source, text }: Step, { hash, file }: { readonly hash: string; readonly file: ReleaseFile }): boolean {
  const template = file.steps.find((each) => each.id === id)
  return source === 'template' && template !== undefined && template.type === text.type && sha256(template.content) === hash
}

function findCustomer(
  { clusters }: Inventory,
  { cluster: name, namespace }: RunScene['customer'],
): Pick<Runnable, 'cluster' | 'customer'> | undefined {
  const cluster = clusters.find((each) => each.name === name && each.active)
  const customer = cluster?.customers.find((each) => each.namespace === namespace && each.active)
  return cluster === undefined || customer === undefined ? undefined : { cluster, customer }
}
