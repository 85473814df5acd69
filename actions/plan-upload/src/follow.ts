import { isSamePlace, type SavedPlan, type WrittenPlan } from '@switchyard/planning'
import { renderFollowed, renderOtherPlace, renderWaiting } from '@switchyard/planning/render'
import { askLedger } from './ask-ledger.ts'
import type { Door } from './door.ts'
import type { Scene, Told } from './scene.ts'
import { siteOf } from './site.ts'
import { waiterOf } from './waiter.ts'

interface Following {
  /** What was shown, and is not applied. */
  readonly shown: Told
  readonly saved: SavedPlan
  readonly plan: WrittenPlan
  readonly isOtherPlan: boolean
  /** Whether whoever brought it may not have it taken. */
  readonly isOffer: boolean
}

/**
 * A plan that stands somewhere else than the saved one: another text's place is told, with what it would change; the same text is read
 * there from now on, and whatever else is shown waits to be confirmed as ever.
 */
export async function follow(door: Door, scene: Scene, { shown, saved, plan, isOtherPlan, isOffer }: Following): Promise<Told> {
  const { asker, issue, isDryRun, loaded, key } = scene
  // A run that recorded it and was lost has drawn no card.
  if (isSamePlace(saved.source, plan.source)) return loaded.hasReceipt(key) ? { ...shown, isChange: true } : shown
  const site = siteOf(door, issue.number)
  const isNothing = shown.reasonCode === 'nothing-changed'
  const told = { ...shown, reply: `${renderOtherPlace({ saved: saved.source, read: plan.source }, site)}\n\n${shown.reply}` }
  // A comment is never read again.
  if (isOtherPlan || plan.source.kind === 'comment') return told
  if (isOffer) {
    if (!isNothing || plan.source.kind !== 'file') return told
    const command = `/plan sync ${plan.source.path}`
    const headline = `The plan of #${issue.number} was moved; the owner or a maintainer follows it with \`${command}\`.`
    const reply = `${told.reply}\n\n${renderWaiting({ ...waiterOf(scene), command, needsBlock: false })}`
    return { ...told, reasonCode: isDryRun ? 'dry-run' : 'plan-waits', headline, reply }
  }
  const asked = await askLedger(door, scene, { kind: 'follow', asker, issue, plan })
  if ('told' in asked) return asked.told
  if (isDryRun) {
    const headline = `${isNothing ? '' : `${shown.headline} `}The plan of #${issue.number} would be read from its new place; nothing has changed.`
    return { ...told, reasonCode: 'dry-run', headline, reply: `${told.reply}\n\nIt would be read there from now on.` }
  }
  const followed = { ...shown, loaded: asked.loaded, isChange: true, reply: `${shown.reply}\n\n${renderFollowed(plan.source, site)}` }
  if (!isNothing) return followed
  return { ...followed, decision: 'done', reasonCode: 'followed', headline: `The plan of #${issue.number} is read from its new place.` }
}
