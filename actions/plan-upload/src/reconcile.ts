import { decideRollup } from '@switchyard/planning'
import type { Door, PlanLoaded } from './door.ts'
import { drawAll } from './draw-answers.ts'
import { documentsOf, ideaOf } from './observe.ts'
import { drawingsOf, isItemOf, record } from './rollup.ts'
import { placedTarget } from './target.ts'

/** Brings the ledger, and the parents, to what GitHub says of a plan's issues. Returns how many had changed unnoticed. */
export async function reconcile(door: Door, subject: string): Promise<number> {
  let loaded: PlanLoaded = await door.ledger.load({ subjects: [subject], idempotencyKeys: [], documents: documentsOf(subject) })
  const idea = ideaOf(loaded, subject)
  if (!idea?.target || idea.converging !== null) return 0
  const target = placedTarget(door, idea.target)
  const { parseFamily, readIssuesByNumber, selectFamily } = await import('@switchyard/github/operations')
  const known = new Set([...idea.done, ...idea.not_planned])
  const seen = await readIssuesByNumber(target.github, target, Object.values(idea.items))
  const missed = [...seen.values()].filter(({ number, isOpen }) => isOpen === known.has(number))
  for (const { number } of missed) {
    const [answer] = await target.github.select([selectFamily('family', { owner: target.owner, name: target.name, number })])
    const family = parseFamily(answer)
    if (family === undefined) continue
    const steps = decideRollup({ changed: family, above: family.above, isOurs: isItemOf(idea) })
    const after = await record(door, { subject, loaded, changed: family, steps })
    loaded = after.loaded
    await drawAll({ ...door, github: target.github }, await drawingsOf(family, after.steps))
  }
  return missed.length
}
