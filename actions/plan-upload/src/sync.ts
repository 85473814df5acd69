import { UserError } from '@switchyard/core'
import type { TreeDifference } from '@switchyard/planning'
import { renderDifference } from '@switchyard/planning/render'
import { askLedger } from './ask-ledger.ts'
import { createConverge } from './converge/handler.ts'
import { tellConverged } from './converge/outcome.ts'
import { findCard } from './card.ts'
import type { Door } from './door.ts'
import { ideaOf } from './observe.ts'
import { type PlanWanted, readPlanText } from './plan-source.ts'
import { readPlan } from './read-plan.ts'
import { refusePublic } from './refuse-public.ts'
import type { Scene, Told } from './scene.ts'
import { placedTarget } from './target.ts'

export interface SyncWish extends PlanWanted {
  /** The hash of the difference that may be applied; undefined: it is only shown. */
  readonly confirm: string | undefined
}

/** Shows what a changed plan would change in its issues; applies it where that very difference was confirmed. */
export async function sync(door: Door, scene: Scene, { confirm, ...wanted }: SyncWish): Promise<Told> {
  refusePublic(door, scene.observation)
  const { asker, issue, loaded, observation, isDryRun } = scene
  const idea = ideaOf(loaded, observation.subject)
  if (!idea?.plan || !idea.target || !idea.applied) {
    throw new UserError('NOT_PLANNED', `The plan of the idea #${issue.number} has no issues yet.`, { hint: 'Say `/plan materialise` first.' })
  }
  const read = await readPlan(scene, await readPlanText(door, scene, wanted))
  if ('told' in read) return read.told
  const target = placedTarget(door, idea.target)
  const [{ toWanted }, { observeItems }, { decideDifference, parseApplied }] = await Promise.all([
    import('./converge/wanted.ts'),
    import('./converge/observe-items.ts'),
    import('@switchyard/planning/tree'),
  ])
  const applied = parseApplied(await door.texts.read(loaded, idea.applied))
  const seen = await observeItems(target, { applied, since: undefined })
  const next = toWanted(door, read.plan)
  const difference = decideDifference({ subject: observation.subject, applied, wanted: next.issues, seen })
  if (difference.changes.length === 0) return show({ difference, scene, confirm })
  if (isDryRun || confirm === undefined || confirm.toLowerCase() !== difference.hash) return show({ difference, scene, confirm })
  const facts = await target.readFacts(read.plan)
  const converge = createConverge(door, { loaded, card: findCard(observation.conversation), target, facts })
  door.texts.note(read.written.text)
  const asked = await askLedger(
    door,
    scene,
    {
      kind: 'sync',
      asker,
      issue,
      plan: read.written,
      hash: difference.hash,
      basePlanSha256: idea.plan.sha256,
      keys: next.issues.map(({ key, parent, level }) => ({ key, parent, level })),
    },
    converge.handler,
  )
  if ('told' in asked) return asked.told
  return tellConverged(door, { asked, scene, kind: 'synced', made: converge.made })
}

interface Shown {
  readonly difference: TreeDifference
  readonly scene: Scene
  readonly confirm: string | undefined
}

function show({ difference, scene: { issue, loaded, isDryRun }, confirm }: Shown): Told {
  const isEmpty = difference.changes.length === 0
  const isOther = confirm !== undefined && confirm.toLowerCase() !== difference.hash && !isEmpty && !isDryRun
  const conflicts = difference.conflicts.length
  const count = `${difference.changes.length} change${difference.changes.length === 1 ? '' : 's'}`
  return {
    decision: isOther ? 'refused' : 'nothing-to-do',
    reasonCode: isOther ? 'difference-moved' : isEmpty ? 'nothing-changed' : isDryRun ? 'dry-run' : 'difference-shown',
    headline: isEmpty
      ? `The issues are as the plan wants them${conflicts === 0 ? '' : `, but for ${conflicts} that people changed too`}.`
      : `${isOther ? 'The difference is another one by now: ' : ''}${count} would be made to the issues of #${issue.number}.`,
    reply: renderDifference({ difference, isOther }),
    result: { changes: difference.changes.length, conflicts, hash: difference.hash },
    outputs: isEmpty ? {} : { hash: difference.hash },
    loaded,
    isChange: false,
  }
}
