import { countOf } from '@switchyard/core'
import { type AppliedIssue, type Confirmable, isConfirmed, type PlanIssue } from '@switchyard/planning'
import { type DifferenceInput, issueUrl, renderDifference } from '@switchyard/planning/render'
import type { Door } from './door.ts'
import type { Scene, Told } from './scene.ts'
import type { TargetSeen } from './target.ts'

interface Shown extends Pick<DifferenceInput, 'find' | 'command' | 'needsBlock' | 'isFirst'> {
  readonly difference: Confirmable
  readonly scene: Scene
  /** The hash that was named. */
  readonly confirm: string | undefined
}

const MOVED = 'The difference is another one than the one that was confirmed, so nothing was done.\n\n'

/** Tells a difference that is not applied, with what confirms it. */
export function showDifference({ difference, scene: { issue, loaded, isDryRun }, confirm, ...drawn }: Shown): Told {
  const { isEmpty, isOtherPlan, hash } = difference
  const isOther = confirm !== undefined && !isConfirmed(difference, confirm) && !isEmpty && !isDryRun
  const conflicts = difference.conflicts.length
  const count = countOf(difference.changes.length, 'change')
  return {
    decision: isOther ? 'refused' : 'nothing-to-do',
    reasonCode: isOther ? 'difference-moved' : isEmpty ? 'nothing-changed' : isDryRun ? 'dry-run' : 'difference-shown',
    headline: isEmpty
      ? `The issues are as the plan wants them${conflicts === 0 ? '' : `, but for ${conflicts} that people changed too`}.`
      : `${isOther ? 'The difference is another one by now: ' : ''}${count} would be made to the issues of #${issue.number}.`,
    reply: `${isOther ? MOVED : ''}${renderDifference({ difference, isOtherPlan, ...drawn })}`,
    result: { changes: difference.changes.length, conflicts, hash },
    outputs: isEmpty ? {} : { hash },
    loaded,
    isChange: false,
  }
}

interface Known {
  readonly target: TargetSeen
  readonly applied: readonly AppliedIssue[]
  readonly issues: readonly PlanIssue[]
}

/** What an issue of the plan is called, by its key. */
export function finderOf(door: Door, { target, applied, issues }: Known): DifferenceInput['find'] {
  const known = new Map(
    applied.map(({ key, title, number }) => [
      key,
      { title, number, url: issueUrl({ server: door.given.context.serverUrl, repository: target.place.repository }, number) },
    ]),
  )
  const wanted = new Map(issues.map(({ key, title }) => [key, { title, number: undefined, url: undefined }]))
  return (key) => known.get(key) ?? wanted.get(key)
}
