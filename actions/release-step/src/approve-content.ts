import { sha256, UserError } from '@switchyard/core'
import type { CommandRequest } from '@switchyard/ledger'
import { addressOf, type Command, type Customer, customerSubject, NEW_CUSTOMER, rejectDraft, releaseSubject } from '@switchyard/releasing'
import type { Door } from './door.ts'
import type { Scene } from './scene.ts'
import { isApproved } from './decide-run.ts'
import { getStep, toUserError } from './rejections.ts'

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
  if (release === null) throw toUserError(rejectDraft(slug))
  const steps = customers.map((customer, at) => {
    const address = addressOf(customer)
    const step = getStep(release, loaded.getState(subjects[at] ?? '').customer ?? NEW_CUSTOMER, { step: id, address })
    const environment = inventory.clusters.find(({ name }) => name === customer.cluster)?.environment
    if (environment === undefined) {
      throw new UserError('CUSTOMER_INACTIVE', `${address} is not in the inventory.`, {
        hint: 'Put it back there: it says what environment its cluster belongs to.',
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
