import { type Fault, InternalError, renderPlace } from '@switchyard/core'
import { type Chain, extendChain, isAncestor, renderMarker } from '../chain.ts'
import { parseDispatching } from '../config/parse-dispatching.ts'
import type { FoundTarget } from '../facts.ts'
import type { DispatchConfig } from '../model.ts'
import { workflowFile } from '../names.ts'
import type { Reason } from '../reasons.ts'
import type { DecidedRefusal, DecidedTarget } from './decided.ts'
import type { DecisionInput } from './decide-targets.ts'
import { type Explained, explainRefusal } from './explain.ts'
import { decideConsent, type InboundRequest } from './inbound.ts'
import { addMarker, evaluateInputs, expressionContext, findInputFault } from './inputs.ts'
import { renderConsent, renderInbound, type WantedConsent } from './lines.ts'
import type { SelectedTarget } from './select-rules.ts'
import { isStaticCycle } from './static-cycle.ts'
import { parseWorkflowFacts, type WorkflowFacts } from './workflow-facts.ts'

export interface Judged extends Omit<DecisionInput, 'facts'> {
  readonly selected: SelectedTarget
  readonly facts: FoundTarget
  readonly found: Omit<DecidedRefusal, 'kind' | 'refusal'>
  readonly about: Explained
}

/** Why not, with what its words need. */
type Verdict = { readonly reason: Reason; readonly detail?: string | undefined; readonly lines?: string }

/** A target that was read and not dispatched to before: consent first, then the chain, then whether GitHub would take it. */
export function judgeTarget(judged: Judged): DecidedTarget {
  const { facts, found, about, selected, source, run } = judged
  const refuse = (verdict: Verdict): DecidedTarget => ({
    kind: 'refusal',
    ...found,
    refusal: explainRefusal(verdict.reason, { ...about, ref: found.target.ref ?? undefined, ...verdict }),
  })
  if (!facts.dispatching) return refuse({ reason: 'no-inbound-config', lines: renderInbound(wantedConsent(judged, {})) })
  const { fault: unreadable } = facts.dispatching
  if (unreadable !== undefined) return refuse({ reason: 'invalid-inbound-config', detail: `${facts.dispatching.path}: ${unreadable}` })
  const parsed = parseDispatching(facts.dispatching.text, { file: facts.dispatching.path, owner: facts.nameWithOwner.split('/')[0] ?? '' })
  if (!parsed.ok) return refuse({ reason: 'invalid-inbound-config', detail: firstFault(parsed.faults[0]) })
  const workflow = facts.workflow && parseWorkflowFacts(facts.workflow.text)
  const chain = extendChain(judged.chain, source, run)
  const against =
    findConsentRefusal(judged, parsed.config, workflow) ??
    findChainRefusal(judged, parsed.config, { chain, workflow }) ??
    findWorkflowRefusal(judged, workflow)
  if (against) return refuse(against)
  const evaluated = evaluateInputs(selected.target.inputs, expressionContext(source, run))
  if ('fault' in evaluated) return refuse({ reason: 'unexpected-inputs', detail: evaluated.fault })
  const inputs = addMarker(evaluated.inputs, renderMarker(chain), workflow)
  const fault = findInputFault(inputs, workflow)
  if (fault !== undefined) return refuse({ reason: 'unexpected-inputs', detail: fault })
  const { ref } = found.target
  if (ref === null) throw new InternalError('A target without any ref passed all checks.')
  const marker = workflow?.showsMarker ? renderMarker(chain) : null
  return { kind: 'dispatch', ...found, target: { ...found.target, repository_id: facts.id, ref }, inputs, chain, marker }
}

function findConsentRefusal(judged: Judged, config: DispatchConfig, workflow: WorkflowFacts | undefined): Verdict | undefined {
  const { source, run, found, facts, selected } = judged
  const names = Object.keys(selected.target.inputs)
  const request: InboundRequest = {
    source: { nameWithOwner: source.nameWithOwner, path: run.path, workflow: run.workflow, headBranch: run.headBranch },
    workflow: { path: found.target.workflow, name: workflow?.name ?? selected.target.workflow.text },
    ref: found.target.ref ?? '',
    defaultBranch: facts.defaultBranch ?? '',
    inputs: names,
  }
  const render = config.inbound.length > 0 ? renderConsent : renderInbound
  const consent = decideConsent(config, request)
  switch (consent) {
    case 'allowed':
      return undefined
    case 'inputs-not-allowed':
      return {
        reason: consent,
        detail: names.map((name) => `\`${name}\``).join(', '),
        lines: render(wantedConsent(judged, { inputs: names })),
      }
    case 'not-allowed':
    case 'ref-not-allowed':
      return { reason: consent, lines: render(wantedConsent(judged, {})) }
  }
}

function wantedConsent({ source, run, found, facts }: Judged, { inputs }: { readonly inputs?: readonly string[] }): WantedConsent {
  const { ref, workflow } = found.target
  return {
    repository: source.nameWithOwner,
    sourceWorkflow: workflowFile(run.path),
    workflow: workflowFile(workflow),
    ref: ref === null || ref === facts.defaultBranch ? undefined : ref,
    inputs,
  }
}

function findChainRefusal(
  judged: Judged,
  config: DispatchConfig,
  { chain, workflow }: { readonly chain: Chain; readonly workflow: WorkflowFacts | undefined },
): Verdict | undefined {
  const { facts, found, source, run, selected, options } = judged
  if (isAncestor(chain, { repository_id: facts.id, workflow: found.target.workflow })) return { reason: 'loop' }
  const isCycle = isStaticCycle({
    source: {
      nameWithOwner: source.nameWithOwner,
      path: run.path,
      name: run.workflow,
      config: judged.config,
      defaultBranch: judged.sourceDefaultBranch,
    },
    target: {
      nameWithOwner: facts.nameWithOwner,
      path: found.target.workflow,
      name: workflow?.name,
      config,
      defaultBranch: facts.defaultBranch ?? undefined,
    },
    rule: selected.rule,
    ref: found.target.ref ?? '',
  })
  if (isCycle) return { reason: 'loop', detail: `its own \`outbound\` starts ${workflowFile(run.path)} of ${source.nameWithOwner} again` }
  return chain.depth > options.maxDepth ? { reason: 'too-deep', detail: `${chain.depth}, and ${options.maxDepth} are allowed,` } : undefined
}

function findWorkflowRefusal({ facts, found }: Judged, workflow: WorkflowFacts | undefined): Verdict | undefined {
  if (facts.isArchived) return { reason: 'target-archived' }
  if (!facts.workflow) return { reason: 'workflow-not-found' }
  if (workflow && !workflow.hasTrigger) return { reason: 'no-workflow-dispatch-trigger' }
  if (facts.workflowState !== undefined && facts.workflowState !== 'active') return { reason: 'workflow-disabled' }
  return facts.refExists === false || found.target.ref === null ? { reason: 'ref-not-found' } : undefined
}

function firstFault(fault: Fault | undefined): string | undefined {
  return fault?.place && `${renderPlace(fault.place)} ${fault.message.replace(/\.$/, '')}`
}
