import { UserError } from '@switchyard/core'
import type { PlanFacts } from '@switchyard/github/operations'
import { type IdeaCommand, isConfirmed, type PlanIssue, planSha256, type SavedPlan, type WrittenPlan } from '@switchyard/planning'
import { askLedger } from './ask-ledger.ts'
import { createConverge } from './converge/handler.ts'
import { tellConverged } from './converge/outcome.ts'
import { findCard } from './card.ts'
import type { Door } from './door.ts'
import { follow } from './follow.ts'
import type { Foreseen } from './foresee.ts'
import { ideaOf } from './observe.ts'
import { type PlanWanted, readPlanText } from './plan-source.ts'
import { readPlan } from './read-plan.ts'
import type { Scene, Told } from './scene.ts'
import { finderOf, showDifference } from './show-difference.ts'
import { resolvePlaced, type TargetSeen } from './target.ts'

export interface SyncWish extends PlanWanted {
  /** The hash of the difference that may be applied; undefined: it is only shown. */
  readonly confirm: string | undefined
  /** Whether it is only shown, to whoever may have it done. */
  readonly isOffer?: boolean
}

/** Shows what a changed plan would change in its issues; applies it where that very difference was confirmed. */
export async function sync(door: Door, scene: Scene, wish: SyncWish): Promise<Told> {
  const { issue, loaded, observation, isDryRun } = scene
  const idea = ideaOf(loaded, observation.subject)
  if (!idea?.plan || !idea.target || !idea.applied) {
    throw new UserError('NOT_PLANNED', `The plan of the idea #${issue.number} has no issues yet.`, {
      hint: 'Say `/plan materialise` first.',
    })
  }
  door.texts.readAhead(loaded, idea.applied)
  const read = await readPlan(scene, await readPlanText(door, scene, wish))
  if ('told' in read) return read.told
  const { plan, written } = read
  const target = await resolvePlaced(door, idea.target, observation.control.visibility)
  const begun = wish.confirm === undefined || isDryRun ? undefined : begin(target.readFacts(plan))
  const [{ toWanted }, { foresee }] = await Promise.all([import('./converge/wanted.ts'), import('./foresee.ts')])
  const { issues } = toWanted(plan, { allowMentions: door.given.inputs.allowMentions })
  const saved = idea.plan
  const foreseen = await foresee(door, scene, { idea, from: saved.sha256, to: planSha256(written.text), target, issues })
  door.texts.note(written.text)
  const { difference } = foreseen
  const isToShow = difference.isEmpty || isDryRun || !isConfirmed(difference, wish.confirm)
  const syncing = { saved, written, target, issues, foreseen, readFacts: () => begun ?? target.readFacts(plan) }
  return isToShow ? show(door, scene, { ...syncing, wish }) : apply(door, scene, syncing)
}

interface Syncing {
  /** The plan that the ledger has, and the one that is to take its place. */
  readonly saved: SavedPlan
  readonly written: WrittenPlan
  readonly target: TargetSeen
  readonly issues: readonly PlanIssue[]
  readonly foreseen: Foreseen
  /** @throws {UserError} where the target lacks what the plan names */
  readonly readFacts: () => Promise<PlanFacts>
}

async function show(door: Door, scene: Scene, { wish, ...syncing }: Syncing & { readonly wish: SyncWish }): Promise<Told> {
  const { saved, written, target, issues, foreseen } = syncing
  const { difference, applied } = foreseen
  const { isAdding } = await import('./converge/sort-items.ts')
  // What would be refused is not shown as if it could be confirmed: neither labels that are not there.
  if (difference.changes.some(isAdding)) await syncing.readFacts()
  const asked = await askLedger(door, { ...scene, target, isDryRun: true }, commandOf(door, scene, syncing))
  if ('told' in asked) return asked.told
  const shown = showDifference({
    difference,
    scene,
    confirm: wish.confirm,
    command: wish.path === undefined ? '/plan sync' : `/plan sync ${wish.path}`,
    needsBlock: wish.block !== undefined,
    find: finderOf(door, { target, applied, issues }),
  })
  return follow(door, scene, { shown, saved, plan: written, isOtherPlan: difference.isOtherPlan, isOffer: wish.isOffer ?? false })
}

async function apply(door: Door, scene: Scene, syncing: Syncing): Promise<Told> {
  const { target, foreseen } = syncing
  const facts = await syncing.readFacts()
  const card = findCard(scene.observation.conversation)
  const converge = createConverge(door, { loaded: scene.loaded, card, target, difference: foreseen.seen, facts })
  const command = { ...commandOf(door, scene, syncing), writer: facts.writer }
  const asked = await askLedger(door, { ...scene, target, handlers: converge.handler }, command)
  if ('told' in asked) return asked.told
  return tellConverged(door, { asked, scene, kind: 'synced', made: converge.made })
}

type SyncCommand = Extract<IdeaCommand, { kind: 'sync' }>

function commandOf(door: Door, { asker, issue }: Scene, { saved, written, issues, foreseen }: Syncing): SyncCommand {
  return {
    kind: 'sync',
    asker,
    issue,
    plan: written,
    hash: foreseen.difference.hash,
    basePlanSha256: saved.sha256,
    keys: issues.map(({ key, parent, level }) => ({ key, parent, level })),
    writer: undefined,
    allowMentions: door.given.inputs.allowMentions,
  }
}

/** Asked while something else is awaited; what goes wrong with it is told to whoever needs it. */
function begin<T>(asked: Promise<T>): Promise<T> {
  asked.catch(() => undefined)
  return asked
}
