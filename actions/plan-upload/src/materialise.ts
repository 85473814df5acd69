import { countOf, UserError } from '@switchyard/core'
import { type Idea, type IdeaCommand, isConfirmed, type PlanIssue } from '@switchyard/planning'
import { askLedger } from './ask-ledger.ts'
import { createConverge } from './converge/handler.ts'
import { tellConverged } from './converge/outcome.ts'
import { findCard } from './card.ts'
import type { Door } from './door.ts'
import { foresee, type Foreseen } from './foresee.ts'
import { ideaOf } from './observe.ts'
import type { Scene, Told } from './scene.ts'
import { finderOf, showDifference } from './show-difference.ts'
import { resolveTarget, type TargetSeen } from './target.ts'

export interface MaterialiseWish {
  /** Where; undefined: what the workflow says. */
  readonly repository: string | undefined
  /** The hash of the difference that may be applied, where an earlier try left issues. */
  readonly confirm: string | undefined
}

/** Makes epic, stories and tasks of a plan: every key stands in the ledger before the first issue is there, and every number after the last. */
export async function materialise(door: Door, scene: Scene, wish: MaterialiseWish): Promise<Told> {
  const { asker, issue, loaded, observation } = scene
  const idea = ideaOf(loaded, observation.subject)
  const plan = idea?.plan
  if (!plan) {
    throw new UserError('NO_PLAN', `The idea #${issue.number} has no plan yet.`, { hint: 'Say `/plan upload` first.' })
  }
  const [target, text] = await Promise.all([resolveTarget(door, scene, wish.repository), door.texts.read(loaded, plan.text)])
  const { allowMentions } = door.given.inputs
  const { readWanted } = await import('./converge/wanted.ts')
  const wanted = readWanted(text, { allowMentions })
  // What GitHub would refuse is found before anything is there.
  const facts = await target.readFacts(wanted.plan)
  const keys = wanted.issues.map(({ key, parent, level }) => ({ key, parent, level }))
  const making = { idea, from: plan.sha256, to: plan.sha256, target, issues: wanted.issues }
  const foreseen = isToShow(idea, scene, wish) ? await foresee(door, scene, making) : undefined
  const command = {
    kind: 'materialise',
    asker,
    issue,
    target: target.place,
    planSha256: plan.sha256,
    hash: wish.confirm === undefined ? undefined : foreseen?.difference.hash,
    keys,
    writer: facts.writer,
    allowMentions,
  } as const satisfies IdeaCommand
  if (foreseen !== undefined) {
    if (scene.isDryRun || !isAgreed(foreseen, wish)) {
      // What would be refused is not shown as if it could be confirmed.
      const asked = await askLedger(door, { ...scene, target, isDryRun: true }, command)
      return 'told' in asked ? asked.told : show(door, scene, { wish, foreseen, target, issues: wanted.issues })
    }
  }
  const converge = createConverge(door, {
    loaded,
    card: findCard(observation.conversation),
    target,
    facts,
    // Whoever names a hash means that very difference, also when something happens between this look and the first change.
    ...(wish.confirm !== undefined && foreseen !== undefined && { difference: foreseen.seen }),
  })
  const asked = await askLedger(door, { ...scene, target, handlers: converge.handler }, command)
  if ('told' in asked) return asked.told
  return tellConverged(door, { asked, scene, kind: 'materialised', made: converge.made })
}

/** A plan of which nothing is there yet is made at once. What is made, or just being made, the ledger answers for. */
function isToShow({ status, converging, items, unlisted }: Idea, { isDryRun }: Scene, { confirm }: MaterialiseWish): boolean {
  if (status === 'PLANNED' || converging !== null) return isDryRun
  return isDryRun || confirm !== undefined || Object.keys(items).length > 0 || unlisted !== null
}

/** Whoever names a hash means that difference, and no other; where nothing would change, there is nothing to name. */
function isAgreed({ difference, isHarmless }: Foreseen, { confirm }: MaterialiseWish): boolean {
  return difference.isEmpty || (confirm === undefined ? isHarmless : isConfirmed(difference, confirm))
}

interface Showing {
  readonly wish: MaterialiseWish
  readonly foreseen: Foreseen
  readonly target: TargetSeen
  readonly issues: readonly PlanIssue[]
}

function show(door: Door, scene: Scene, { wish: { repository, confirm }, foreseen, target, issues }: Showing): Told {
  const { difference, applied, isHarmless } = foreseen
  const told = showDifference({
    difference,
    scene,
    confirm,
    command: repository === undefined ? '/plan materialise' : `/plan materialise ${repository}`,
    isFirst: isHarmless,
    find: finderOf(door, { target, applied, issues }),
  })
  if (applied.length > 0 || !scene.isDryRun) return told
  return { ...told, headline: `${countOf(issues.length, 'issue')} would be made in ${target.place.repository}; nothing has changed.` }
}
