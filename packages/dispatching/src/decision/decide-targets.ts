import { canonicalJson, hashOf, InternalError } from '@switchyard/core'
import type { Chain } from '../chain.ts'
import type { TargetFacts } from '../facts.ts'
import type { DispatchConfig } from '../model.ts'
import { renderRepository, workflowPath } from '../names.ts'
import type { Reason } from '../reasons.ts'
import type { TargetRecord } from '../records/parts.ts'
import type { DispatchState } from '../records/state.ts'
import { isTaken } from '../decider/taken.ts'
import type { DecidedTarget } from './decided.ts'
import { type Explained, explainRefusal } from './explain.ts'
import { judgeTarget } from './judge-target.ts'
import { dispatchKey, type KeyParts } from './rule-key.ts'
import { effectiveRef, type RunContext, type SelectedTarget, selectRules } from './select-rules.ts'

export interface DecisionInput extends RunContext {
  /** The source's file. */
  readonly config: DispatchConfig
  /** By `factsKey`, for every selected target that is not skipped. */
  readonly facts: ReadonlyMap<string, TargetFacts>
  /** What the ledger remembers of this run. */
  readonly state: DispatchState
  readonly chain: Chain
  /** The source's default branch, if it was read: static cycles through it are told more exactly. */
  readonly sourceDefaultBranch?: string | undefined
}

/**
 * What is to become of every outbound target of a completed run, in file order: a dispatch, or the first reason that holds
 * against it. Pure; the decider judges `already-dispatched` again on the state it commits to.
 */
export function decideTargets(input: DecisionInput): readonly DecidedTarget[] {
  const same = new Map<string, string>()
  for (const [key, { target, inputs_hash: hash }] of Object.entries(input.state.targets)) {
    if (isTaken(input.state, key) && hash !== null) same.set(saysOf(key, target, hash), key)
  }
  return selectRules(input.config, input).map((selected) => {
    const decided = decideTarget(selected, input)
    if (decided.kind === 'refusal') return decided
    // Two rules may mean the same dispatch in different words: it is sent once.
    const says = saysOf(decided.key, decided.target, hashOf({ ...decided.inputs }))
    if ((same.get(says) ?? decided.key) !== decided.key) return refuse(decided, 'already-dispatched', aboutOf(selected, input))
    same.set(says, decided.key)
    return decided
  })
}

/** What a dispatch says, whatever rule it comes from; each attempt that is dispatched anew is an occasion of its own. */
function saysOf(key: string, target: Pick<TargetRecord, 'repository_id' | 'workflow' | 'ref'>, inputsHash: string): string {
  const [, attempt = ''] = key.split('~')
  return canonicalJson([target.repository_id, target.workflow.toLowerCase(), target.ref, inputsHash, attempt])
}

function decideTarget(selected: SelectedTarget, input: DecisionInput): DecidedTarget {
  const { rule, target, skipped } = selected
  const about = aboutOf(selected, input)
  const unread = {
    key: keyOf({ repository: about.target.toLowerCase(), workflow: about.workflow }),
    ruleId: rule.id,
    target: unreadTarget(selected, input),
    warnings: [],
  }
  if (skipped) return refuse(unread, skipped, { ...about, detail: skippedDetail(skipped, input) })
  const facts = input.facts.get(target.factsKey)
  if (!facts) throw new InternalError('A target was to be judged that was not read.', { context: { target: about.target } })
  if (!facts.found) return refuse(unread, 'target-not-found', { ...about, detail: notFoundDetail(input) })
  const path = facts.workflow?.path ?? pathOf(selected)
  const key = keyOf({ repository: facts.id, workflow: path })
  const found = {
    key,
    ruleId: rule.id,
    target: {
      ...unread.target,
      repository_id: facts.id,
      repository: facts.nameWithOwner,
      visibility: facts.visibility,
      workflow: path,
      ref: effectiveRef(target, input.options) ?? facts.defaultBranch,
    },
    warnings: warningsOf(selected),
  }
  const named = { ...about, target: facts.nameWithOwner }
  if (isTaken(input.state, key)) return refuse(found, 'already-dispatched', named)
  return judgeTarget({ ...input, selected, facts, found, about: named })

  function keyOf(parts: Pick<KeyParts, 'repository' | 'workflow'>): string {
    return dispatchKey({ rule, target, sourcePath: input.run.path, ...parts }, input.run.attempt, input.options.onRerun)
  }
}

type Found = Omit<Extract<DecidedTarget, { kind: 'refusal' }>, 'kind' | 'refusal'>

function refuse({ key, ruleId, target, warnings }: Found, reason: Reason, about: Explained): DecidedTarget {
  return { kind: 'refusal', key, ruleId, target, warnings, refusal: explainRefusal(reason, about) }
}

function aboutOf({ target }: SelectedTarget, { source }: DecisionInput): Explained {
  return { source: source.nameWithOwner, target: renderRepository(target.repository), workflow: target.workflow.text, ref: target.ref }
}

function pathOf({ target }: SelectedTarget): string {
  return target.workflow.file === undefined ? target.workflow.text : workflowPath(target.workflow.file)
}

function unreadTarget(selected: SelectedTarget, input: DecisionInput): Found['target'] {
  const ref = effectiveRef(selected.target, input.options) ?? null
  return {
    repository_id: null,
    repository: renderRepository(selected.target.repository),
    visibility: null,
    workflow: pathOf(selected),
    ref,
  }
}

function warningsOf({ target }: SelectedTarget): readonly string[] {
  return target.workflow.file === undefined ? [`“${target.workflow.text}” is a display name: renaming the workflow unhooks this rule.`] : []
}

function skippedDetail(reason: Reason, { run }: DecisionInput): string | undefined {
  if (reason === 'conclusion-not-selected') return run.conclusion
  if (reason === 'event-not-selected') return run.event
  return reason === 'branch-not-selected' ? (run.headBranch ?? 'that is not known') : undefined
}

function notFoundDetail({ options }: DecisionInput): string {
  if (options.credential === 'app') return 'Check the name, and that the App is installed on the repository.'
  if (options.credential === 'job-token') return 'Check the name; the job’s own token sees other repositories only if they are public.'
  return 'Check the name, and that the token’s owner can read the repository.'
}
