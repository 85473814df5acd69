import { UserError } from '@switchyard/core'
import { addressOf, contentHash, type Customer, customerSubject, findStep, NEW_CUSTOMER, type State } from '@switchyard/releasing'
import type { BoundStep } from './bound.ts'
import { decideRun } from './decide-run.ts'
import type { DoingCommand } from './deeds.ts'
import { toAnchor } from './expand.ts'
import { requireActive } from './rejections.ts'
import type { Scene } from './scene.ts'
import { requireFew } from './run-limit.ts'

interface Checking {
  readonly scene: Scene
  readonly stateOf: (subject: string) => State
  readonly customers: readonly Customer[]
  /** What the same comment asks for before. */
  readonly before: readonly BoundStep[]
}

/**
 * Whether what acts beside the ledger may be, before anything of its comment is recorded. It is looked at again when it is carried out.
 *
 * @throws {UserError} why not.
 */
export function checkDeed(command: DoingCommand, checking: Checking): void {
  const release = requireActive(checking.scene.release, checking.scene.slug)
  if (command.command === 'step run') checkRun(command.arguments.step, { ...checking, release })
  else checkAddition(command, checking)
}

function checkRun(
  id: string,
  { scene: { slug, inventory, file }, release, stateOf, customers }: Checking & { readonly release: NonNullable<Scene['release']> },
): void {
  requireFew(customers)
  const states = customers.map((customer) => stateOf(customerSubject(slug, customer)).customer ?? NEW_CUSTOMER)
  for (const [at, customer] of customers.entries()) {
    const step = findStep(release, states[at] ?? NEW_CUSTOMER, id)
    if (step === undefined) {
      throw new UserError('UNKNOWN_STEP', `${addressOf(customer)} has no step ${id} in ${slug}.`, {
        hint: `Look at /release customer ${addressOf(customer)}.`,
      })
    }
    if (file !== undefined) decideRun({ release, inventory, customer, step, sha256: contentHash(step.text.content), file })
  }
}

/** A step that the same comment adds before may be what this one stands beside: then only the file itself tells. */
function checkAddition(
  { arguments: { category }, flags }: Extract<DoingCommand, { command: 'step add' }>,
  { scene: { slug, file }, before }: Checking,
): void {
  const anchor = toAnchor(flags)
  const isFirst = !before.some((each) => each.command === 'step add' && each.flags.template)
  if (anchor === null || !isFirst || file?.steps.some((step) => step.id === anchor.step && step.category === category) !== false) return
  throw new UserError('UNKNOWN_ANCHOR', `The file of ${slug} has no step ${anchor.step} among those of ${category}.`, {
    hint: 'Name a step of the file, of the same category.',
  })
}
