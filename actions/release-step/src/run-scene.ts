import {
  addressOf,
  type Customer,
  customerSubject,
  matrixDocument,
  NEW_CUSTOMER,
  rejectDraft,
  rejectOutsider,
  releaseSubject,
} from '@switchyard/releasing'
import type { RunScene } from './decide-run.ts'
import type { Door } from './door.ts'
import { type Observation, readInventory, readReleaseFile } from './observe.ts'
import { getStep, toUserError } from './rejections.ts'

/** Reads what says whether a customer's step may be run. @throws {UserError} `NOT_ACTIVE`, `CUSTOMER_NOT_IN_RELEASE`, `UNKNOWN_STEP`, and for files with faults. */
export async function readRunScene(
  door: Door,
  observation: Observation,
  {
    slug,
    customer,
    step: id,
  }: { readonly slug: string; readonly customer: Pick<Customer, 'cluster' | 'namespace'>; readonly step: string },
): Promise<RunScene> {
  const subject = customerSubject(slug, customer)
  const [inventory, file, loaded] = await Promise.all([
    readInventory(door, observation),
    readReleaseFile(door, observation, slug),
    door.ledger.load({ subjects: [releaseSubject(slug), subject], idempotencyKeys: [], documents: [matrixDocument(slug)] }),
  ])
  const { release } = loaded.getState(releaseSubject(slug))
  if (release === null) throw toUserError(rejectDraft(slug))
  const address = addressOf(customer)
  if (!release.customers.some((each) => addressOf(each) === address)) throw toUserError(rejectOutsider(slug, address))
  const step = getStep(release, loaded.getState(subject).customer ?? NEW_CUSTOMER, { step: id, address })
  const [content = ''] = await door.ledger.readTexts(loaded, [step.text.content])
  return { release, inventory, customer, step, content, file }
}
