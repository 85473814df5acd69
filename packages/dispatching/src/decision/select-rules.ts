import { matchesPatterns } from '@switchyard/core'
import type { CompletedRun, DispatchOptions, SourceRepository } from '../facts.ts'
import type { DispatchConfig, OutboundRule, OutboundTarget } from '../model.ts'
import { isNamedWorkflow } from '../names.ts'
import type { Reason } from '../reasons.ts'

/** A target whose rule names the completed workflow, and why the source's own filters leave it out, if they do. */
export interface SelectedTarget {
  readonly rule: OutboundRule
  readonly target: OutboundTarget
  readonly skipped: Reason | undefined
}

export interface RunContext {
  readonly source: SourceRepository
  readonly run: CompletedRun
  readonly options: DispatchOptions
}

/** Whether the rule is for runs of this workflow. */
export function matchesWorkflow(rule: OutboundRule, workflow: { readonly path: string; readonly name: string }): boolean {
  return isNamedWorkflow(rule.workflow, workflow)
}

/**
 * Every target of every rule that names the run's workflow, in file order. Those without `skipped` have to be read before
 * they can be judged; an empty answer means that this run is nobody's business and nothing is written.
 */
export function selectRules(config: DispatchConfig, context: RunContext): readonly SelectedTarget[] {
  const { path, workflow: name } = context.run
  return config.outbound
    .filter((rule) => matchesWorkflow(rule, { path, name }))
    .flatMap((rule) => rule.targets.map((target) => ({ rule, target, skipped: findOwnFilter(rule, context) })))
}

function findOwnFilter(rule: OutboundRule, { source, run, options }: RunContext): Reason | undefined {
  if (!rule.conclusions.includes(run.conclusion)) return 'conclusion-not-selected'
  if (rule.branches !== undefined && (run.headBranch === null || !matchesPatterns(run.headBranch, rule.branches))) {
    return 'branch-not-selected'
  }
  if (!rule.events.includes(run.event)) return 'event-not-selected'
  if (run.headRepositoryId !== source.id && !options.allowForks) return 'from-fork'
  return undefined
}

/** The ref a target will be dispatched on, as far as it is known before the target was read. */
export function effectiveRef(target: OutboundTarget, options: Pick<DispatchOptions, 'defaultRef'>): string | undefined {
  return target.ref ?? options.defaultRef
}
