import { UserError } from '@switchyard/core'
import { type IdeaCommand, planSha256 } from '@switchyard/planning'
import { askLedger } from './ask-ledger.ts'
import { createConverge } from './converge/handler.ts'
import { tellConverged } from './converge/outcome.ts'
import { findCard } from './card.ts'
import type { Door } from './door.ts'
import { follow } from './follow.ts'
import { ideaOf } from './observe.ts'
import { type PlanWanted, readPlanText } from './plan-source.ts'
import { readPlan } from './read-plan.ts'
import type { Scene, Told } from './scene.ts'
import { confirmable, finderOf, isConfirmed, showDifference } from './show-difference.ts'
import { explainUnseen, requireThere, resolvePlaced } from './target.ts'

export interface SyncWish extends PlanWanted {
  /** The hash of the difference that may be applied; undefined: it is only shown. */
  readonly confirm: string | undefined
  /** Whether it is only shown, to whoever may have it done. */
  readonly isOffer?: boolean
}

/** Shows what a changed plan would change in its issues; applies it where that very difference was confirmed. */
export async function sync(door: Door, scene: Scene, wish: SyncWish): Promise<Told> {
  const { asker, issue, loaded, observation, isDryRun } = scene
  const idea = ideaOf(loaded, observation.subject)
  if (!idea?.plan || !idea.target || !idea.applied) {
    throw new UserError('NOT_PLANNED', `The plan of the idea #${issue.number} has no issues yet.`, {
      hint: 'Say `/plan materialise` first.',
    })
  }
  const recorded = begin(door.texts.read(loaded, idea.applied))
  const read = await readPlan(scene, await readPlanText(door, scene, wish))
  if ('told' in read) return read.told
  const target = await resolvePlaced(door, idea.target, observation.control.visibility)
  const facts = wish.confirm === undefined || isDryRun ? undefined : begin(target.readFacts(read.plan))
  const [{ toWanted }, { observeItems }, { requireLevels }, { isNaming, neededOf }, { decideDifference, parseApplied }] = await Promise.all(
    [
      import('./converge/wanted.ts'),
      import('./converge/observe-items.ts'),
      import('./converge/require-levels.ts'),
      import('./converge/sort-items.ts'),
      import('@switchyard/planning/tree'),
    ],
  )
  const { allowMentions } = door.given.inputs
  const applied = parseApplied(await recorded)
  const seen = await observeItems(target, { applied, unlisted: idea.unlisted }).catch(explainUnseen(target))
  const next = toWanted(read.plan, { allowMentions })
  const shown = decideDifference({ subject: observation.subject, applied, wanted: next.issues, seen })
  await requireLevels({ target, subject: observation.subject, applied, seen, wanted: next.issues, changes: shown.changes })
  const needed = neededOf(shown.changes, read.plan)
  const difference = confirmable(shown, {
    from: idea.plan.sha256,
    to: planSha256(read.written.text),
  })
  const command = {
    kind: 'sync',
    asker,
    issue,
    plan: read.written,
    hash: difference.hash,
    basePlanSha256: idea.plan.sha256,
    keys: next.issues.map(({ key, parent, level }) => ({ key, parent, level })),
    writer: undefined,
    allowMentions,
  } as const satisfies IdeaCommand
  door.texts.note(read.written.text)
  if (difference.isEmpty || isDryRun || !isConfirmed(difference, wish.confirm)) {
    // What would be refused is not shown as if it could be confirmed: neither labels that are not there.
    if (isNaming(needed)) requireThere(target, await (facts ?? target.readFacts(read.plan)), needed)
    const asked = await askLedger(door, { ...scene, target, isDryRun: true }, command)
    if ('told' in asked) return asked.told
    const told = showDifference({
      difference,
      scene,
      confirm: wish.confirm,
      command: wish.path === undefined ? '/plan sync' : `/plan sync ${wish.path}`,
      needsBlock: wish.block !== undefined,
      find: finderOf(door, { target, applied, issues: next.issues }),
    })
    const { isOtherPlan } = difference
    return follow(door, scene, { shown: told, saved: idea.plan, plan: read.written, isOtherPlan, isOffer: wish.isOffer ?? false })
  }
  const place = await (facts ?? target.readFacts(read.plan))
  requireThere(target, place, needed)
  const card = findCard(observation.conversation)
  const converge = createConverge(door, { loaded, card, target, difference: shown.hash, facts: place })
  const asked = await askLedger(door, { ...scene, target, handlers: converge.handler }, { ...command, writer: place.writer })
  if ('told' in asked) return asked.told
  return tellConverged(door, { asked, scene, kind: 'synced', made: converge.made })
}

/** Asked while something else is awaited; what goes wrong with it is told to whoever needs it. */
function begin<T>(asked: Promise<T>): Promise<T> {
  asked.catch(() => undefined)
  return asked
}
