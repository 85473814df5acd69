import { hashOf } from '@switchyard/core'
import type { DispatchOptions } from '../facts.ts'
import type { OutboundRule, OutboundTarget } from '../model.ts'
import { workflowFile, workflowPath } from '../names.ts'

export interface KeyParts {
  readonly rule: OutboundRule
  readonly target: OutboundTarget
  /** The completed workflow's file. */
  readonly sourcePath: string
  /** The target repository's id; its lower-case name when it was not found or not read. */
  readonly repository: number | string
  /** The target workflow's path, or its name as written when it was not read. */
  readonly workflow: string
}

/**
 * By what a dispatch is remembered within its run: the rule's own id and the target, else what the rule says. Inputs count
 * as they are written, since what an expression yields may change from attempt to attempt.
 */
export function ruleKey({ rule, target, sourcePath, repository, workflow }: KeyParts): string {
  const to = [repository, workflow.toLowerCase()]
  const says =
    rule.id === undefined
      ? ['content', workflowPath(workflowFile(sourcePath)).toLowerCase(), ...to, target.ref ?? null, hashOf(target.inputs)]
      : ['id', rule.id.toLowerCase(), ...to]
  return hashOf(says).slice(0, 24)
}

/** A re-run is another occasion only where that was asked for. */
export function dispatchKey(parts: KeyParts, attempt: number, onRerun: DispatchOptions['onRerun']): string {
  return onRerun === 'redispatch' && attempt > 1 ? `${ruleKey(parts)}~${attempt}` : ruleKey(parts)
}
