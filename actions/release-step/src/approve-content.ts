import { UserError } from '@switchyard/core'
import type { CommandRequest } from '@switchyard/ledger'
import { addressOf, type Command, type Customer, customerSubject, releaseSubject } from '@switchyard/releasing'
import type { BoundStep } from './bound.ts'
import type { Asker, Scene } from './expand.ts'

/**
 * An approval for each customer's copy, each decided on what stands in the ledger then; or what takes them back, once for each
 * environment.
 *
 * @throws {UserError} `CUSTOMER_INACTIVE` where the inventory no longer says what the environment is.
 */
export function approvalRequests(
  { arguments: { step, sha256 }, flags }: Extract<BoundStep, { command: 'step approve' }>,
  customers: readonly Customer[],
  { scene, asker: { login, key } }: { readonly scene: Scene; readonly asker: Asker },
): readonly CommandRequest<Command>[] {
  const subject = releaseSubject(scene.slug)
  const actor = { login, kind: 'user' as const }
  if (flags.withdraw) {
    const environments = [...new Set(customers.map((customer) => environmentOf(customer, scene)))]
    return environments.map((environment) => ({
      subject,
      idempotencyKey: `${key} ${environment}`,
      actor,
      command: { kind: 'withdraw-approval', environment, sha256 },
    }))
  }
  return customers.map((customer) => ({
    subject,
    reads: [customerSubject(scene.slug, customer)],
    idempotencyKey: `${key} ${addressOf(customer)}`,
    actor,
    command: {
      kind: 'approve-content',
      customer: { cluster: customer.cluster, namespace: customer.namespace },
      step,
      environment: environmentOf(customer, scene),
      sha256,
    },
  }))
}

function environmentOf(customer: Customer, { inventory }: Scene): string {
  const cluster = inventory.clusters.find(({ name }) => name === customer.cluster)
  if (cluster !== undefined) return cluster.environment
  throw new UserError('CUSTOMER_INACTIVE', `${addressOf(customer)} is not in the inventory.`, {
    hint: 'Its cluster’s environment is written down there.',
  })
}
