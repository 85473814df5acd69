import { sha256, UserError } from '@switchyard/core'
import type { CommandRequest } from '@switchyard/ledger'
import { addressOf, type Command, type Customer, customerSubject, findStep, NEW_CUSTOMER, releaseSubject } from '@switchyard/releasing'
import type { Door } from './door.ts'
import type { Scene } from './expand.ts'
import { isApproved } from './decide-run.ts'

export interface Approving {
  readonly step: string
  readonly customers: readonly Customer[]
  readonly scene: Scene
  readonly login: string
  readonly key: string
}

/** One request for each content and environment: what is approved is what stands in the ledger now, and nothing that comes after it. */
export async function approvalsFor(
  door: Door,
  { step: id, customers, scene: { slug, inventory }, login, key }: Approving,
): Promise<readonly CommandRequest<Command>[]> {
  const subjects = customers.map((customer) => customerSubject(slug, customer))
  const loaded = await door.ledger.load({ subjects: [releaseSubject(slug), ...subjects], idempotencyKeys: [] })
  const { release } = loaded.getState(releaseSubject(slug))
  if (release === null) throw new UserError('NOT_ACTIVE', `The release ${slug} is a draft.`, { hint: 'Activate it first.' })
  const steps = customers.map((customer, at) => {
    const step = findStep(release, loaded.getState(subjects[at] ?? '').customer ?? NEW_CUSTOMER, id)
    const environment = inventory.clusters.find(({ name }) => name === customer.cluster)?.environment
    if (step === undefined) {
      throw new UserError('UNKNOWN_STEP', `${addressOf(customer)} has no step ${id}.`, {
        hint: `Look at /release customer ${addressOf(customer)}.`,
      })
    }
    if (environment === undefined) {
      throw new UserError('CUSTOMER_INACTIVE', `${addressOf(customer)} is not in the inventory.`, {
        hint: 'Its cluster’s environment is written down there.',
      })
    }
    return { content: step.text.content, environment }
  })
  const contents = await door.ledger.readTexts(
    loaded,
    steps.map(({ content }) => content),
  )
  const wanted = new Map(
    steps.flatMap(({ environment }, at) => {
      const content = contents[at] ?? ''
      const sha = sha256(content)
      return isApproved(release, { environment, content }) ? [] : [[`${environment} ${sha}`, { environment, sha256: sha }] as const]
    }),
  )
  return [...wanted].map(([name, approved]) => ({
    subject: releaseSubject(slug),
    idempotencyKey: `${key} approve ${name}`,
    actor: { login, kind: 'user' as const },
    command: { kind: 'approve-content' as const, ...approved },
  }))
}
