import { matchesPatterns } from '@switchyard/core'
import type { DispatchConfig, InboundRule, InboundTarget } from '../model.ts'
import { isNamedWorkflow, isSameName } from '../names.ts'
import type { Reason } from '../reasons.ts'

/** A dispatch as the target's inbound rules look at it. */
export interface InboundRequest {
  readonly source: { readonly nameWithOwner: string; readonly path: string; readonly workflow: string; readonly headBranch: string | null }
  readonly workflow: { readonly path: string; readonly name: string | undefined }
  readonly ref: string
  readonly defaultBranch: string
  readonly inputs: readonly string[]
}

type Consent = 'allowed' | Extract<Reason, 'not-allowed' | 'ref-not-allowed' | 'inputs-not-allowed'>

/** Whether the target's file says yes. Rules add up: one that allows all of it is enough; else the nearest miss is told. */
export function decideConsent(config: DispatchConfig, request: InboundRequest): Consent {
  const targets = config.inbound
    .filter((rule) => matchesSource(rule, request))
    .flatMap((rule) => rule.targets)
    .filter((target) => isNamedWorkflow(target.workflow, request.workflow))
  if (targets.length === 0) return 'not-allowed'
  const withRef = targets.filter((target) => allowsRef(target, request))
  if (withRef.length === 0) return 'ref-not-allowed'
  return withRef.some((target) => allowsInputs(target, request.inputs)) ? 'allowed' : 'inputs-not-allowed'
}

function matchesSource(rule: InboundRule, { source }: InboundRequest): boolean {
  const [owner = '', name = ''] = source.nameWithOwner.split('/')
  return (
    isSameName(rule.repository.owner, owner) &&
    (rule.repository.name === '*' || isSameName(rule.repository.name, name)) &&
    isNamedWorkflow(rule.workflow, { path: source.path, name: source.workflow }) &&
    (rule.branches === undefined || (source.headBranch !== null && matchesPatterns(source.headBranch, rule.branches)))
  )
}

function allowsRef(target: InboundTarget, { ref, defaultBranch }: InboundRequest): boolean {
  return target.refs === undefined ? ref === defaultBranch : matchesPatterns(ref, target.refs)
}

function allowsInputs(target: InboundTarget, names: readonly string[]): boolean {
  return target.inputs === undefined || names.every((name) => target.inputs?.some((allowed) => isSameName(allowed, name)))
}
