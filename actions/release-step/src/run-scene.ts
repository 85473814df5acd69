import { UserError } from '@switchyard/core'
import { addressOf, contentHash, type Customer, customerSubject, matrixDocument, NEW_CUSTOMER, releaseSubject } from '@switchyard/releasing'
import type { RunScene } from './decide-run.ts'
import type { Door, ReleaseLoaded } from './door.ts'
import { refuseDraft } from './not-begun.ts'
import { type Observation, readInventory, readReleaseFile } from './observe.ts'
import { getStep } from './rejections.ts'

/** Reads what says whether a customer's step may be run. @throws {UserError} `NOT_ACTIVE`, `RELEASE_NOT_FOUND`, `CUSTOMER_NOT_IN_RELEASE`, `UNKNOWN_STEP`, and for files with faults. */
export async function readRunScene(
  door: Door,
  observation: Observation,
  {
    slug,
    customer,
    step: id,
    idempotencyKeys = [],
  }: {
    readonly slug: string
    readonly customer: Pick<Customer, 'cluster' | 'namespace'>
    readonly step: string
    readonly idempotencyKeys?: readonly string[]
  },
): Promise<RunScene & { readonly content: string; readonly loaded: ReleaseLoaded }> {
  const subject = customerSubject(slug, customer)
  const [inventory, file, loaded] = await Promise.all([
    readInventory(door, observation),
    readReleaseFile(door, observation, slug),
    door.ledger.load({ subjects: [releaseSubject(slug), subject], idempotencyKeys, documents: [matrixDocument(slug)] }),
  ])
  const { release } = loaded.getState(releaseSubject(slug))
  if (release === null) {
    return refuseDraft(door, observation, slug)
  }
  const isIn = release.customers.some((each) => addressOf(each) === addressOf(customer))
  if (!isIn) {
    throw new UserError('CUSTOMER_NOT_IN_RELEASE', `${addressOf(customer)} is not in the release ${slug}.`, {
      hint: `Add it: /release add ${addressOf(customer)}.`,
    })
  }
  const address = addressOf(customer)
  const step = getStep(release, loaded.getState(subject).customer ?? NEW_CUSTOMER, { step: id, address })
  const [content = ''] = await door.ledger.readTexts(loaded, [step.text.content])
  return { release, inventory, customer, step, sha256: contentHash(step.text.content), content, file, loaded }
}
