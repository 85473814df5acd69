import { hashOf, UserError } from '@switchyard/core'
import { type AppliedIssue, type IdeaCommand, type PlanIssue, planSha256, type TreeDifference } from '@switchyard/planning'
import { type DifferenceInput, issueUrl, renderDifference } from '@switchyard/planning/render'
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
import { explainUnseen, placedTarget, type TargetSeen } from './target.ts'

export interface SyncWish extends PlanWanted {
  /** The hash of the difference that may be applied; undefined: it is only shown. */
  readonly confirm: string | undefined
}

/** Shows what a changed plan would change in its issues; applies it where that very difference was confirmed. */
export async function sync(door: Door, scene: Scene, wish: SyncWish): Promise<Told> {
  refusePublic(door, scene.observation)
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
  const target = placedTarget(door, idea.target)
  const facts = wish.confirm === undefined || isDryRun ? undefined : begin(target.readFacts(read.plan))
  const [{ toWanted }, { observeItems }, { decideDifference, parseApplied }] = await Promise.all([
    import('./converge/wanted.ts'),
    import('./converge/observe-items.ts'),
    import('@switchyard/planning/tree'),
  ])
  const { allowMentions } = door.given.inputs
  const applied = parseApplied(await recorded)
  const seen = await observeItems(target, { applied, since: undefined }).catch(explainUnseen(target))
  const next = toWanted(read.plan, { allowMentions })
  const shown = decideDifference({ subject: observation.subject, applied, wanted: next.issues, seen })
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
    allowMentions,
  } as const satisfies IdeaCommand
  door.texts.note(read.written.text)
  if (difference.isEmpty || isDryRun || wish.confirm?.toLowerCase() !== difference.hash) {
    // What would be refused is not shown as if it could be confirmed.
    const asked = await askLedger(door, { ...scene, isDryRun: true }, command)
    if ('told' in asked) return asked.told
    return show({ difference, scene, wish, find: finderOf(door, { target, applied, issues: next.issues }) })
  }
  const converge = createConverge(door, {
    loaded,
    card: findCard(observation.conversation),
    target,
    difference: shown.hash,
    facts: await (facts ?? target.readFacts(read.plan)),
  })
  const asked = await askLedger(door, { ...scene, handlers: converge.handler }, command)
  if ('told' in asked) return asked.told
  return tellConverged(door, { asked, scene, kind: 'synced', made: converge.made })
}

/** Asked while something else is awaited; what goes wrong with it is told to whoever needs it. */
function begin<T>(asked: Promise<T>): Promise<T> {
  asked.catch(() => undefined)
  return asked
}

interface Confirmable extends TreeDifference {
  /** Neither issues nor the saved plan would change. */
  readonly isEmpty: boolean
  readonly isOtherPlan: boolean
}

/** What is confirmed is the plan, too: of its text more than the issues' counts, such as what a task's files are held to. */
function confirmable(difference: TreeDifference, { from, to }: { readonly from: string; readonly to: string }): Confirmable {
  const isOtherPlan = from !== to
  const hash = hashOf({ difference: difference.hash, from, to }).slice(0, 12)
  return { ...difference, hash, isOtherPlan, isEmpty: difference.changes.length === 0 && !isOtherPlan }
}

interface Shown {
  readonly difference: Confirmable
  readonly scene: Scene
  readonly wish: SyncWish
  readonly find: DifferenceInput['find']
}

const MOVED = 'The difference is another one than the one that was confirmed, so nothing was done.\n\n'

function show({ difference, scene: { issue, loaded, isDryRun }, wish: { confirm, block, path }, find }: Shown): Told {
  const { isEmpty, isOtherPlan } = difference
  const isOther = confirm !== undefined && confirm.toLowerCase() !== difference.hash && !isEmpty && !isDryRun
  const conflicts = difference.conflicts.length
  const count = `${difference.changes.length} change${difference.changes.length === 1 ? '' : 's'}`
  const command = path === undefined ? '/plan sync' : `/plan sync ${path}`
  return {
    decision: isOther ? 'refused' : 'nothing-to-do',
    reasonCode: isOther ? 'difference-moved' : isEmpty ? 'nothing-changed' : isDryRun ? 'dry-run' : 'difference-shown',
    headline: isEmpty
      ? `The issues are as the plan wants them${conflicts === 0 ? '' : `, but for ${conflicts} that people changed too`}.`
      : `${isOther ? 'The difference is another one by now: ' : ''}${count} would be made to the issues of #${issue.number}.`,
    reply: `${isOther ? MOVED : ''}${renderDifference({ difference, find, command, needsBlock: block !== undefined, isOtherPlan })}`,
    result: { changes: difference.changes.length, conflicts, hash: difference.hash },
    outputs: isEmpty ? {} : { hash: difference.hash },
    loaded,
    isChange: false,
  }
}

/** What an issue of the plan is called, by its key. */
function finderOf(door: Door, { target, applied, issues }: Known): DifferenceInput['find'] {
  const known = new Map(
    applied.map(({ key, title, number }) => [
      key,
      { title, number, url: issueUrl({ server: door.given.context.serverUrl, repository: target.place.repository }, number) },
    ]),
  )
  const wanted = new Map(issues.map(({ key, title }) => [key, { title, number: undefined, url: undefined }]))
  return (key) => known.get(key) ?? wanted.get(key)
}

interface Known {
  readonly target: TargetSeen
  readonly applied: readonly AppliedIssue[]
  readonly issues: readonly PlanIssue[]
}
