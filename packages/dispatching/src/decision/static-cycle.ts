import { matchesPatterns } from '@switchyard/core'
import type { DispatchConfig, OutboundRule } from '../model.ts'
import { isNamedWorkflow, isSameName, renderRepository } from '../names.ts'
import { decideConsent } from './inbound.ts'

interface Node {
  readonly nameWithOwner: string
  readonly path: string
  readonly name: string | undefined
  readonly config: DispatchConfig
  readonly defaultBranch: string | undefined
}

/**
 * Whether the target's own file starts the source's workflow again, and the source's file allows it: a cycle that can be
 * seen without any run. Both edges must hold for dispatched runs, else the cycle ends by itself.
 */
export function isStaticCycle({ source, target, rule, ref }: { source: Node; target: Node; rule: OutboundRule; ref: string }): boolean {
  if (!rule.events.includes('workflow_dispatch')) return false
  return target.config.outbound.some(
    (back) =>
      isNamedWorkflow(back.workflow, target) &&
      back.events.includes('workflow_dispatch') &&
      matchesPatterns(ref, back.branches) &&
      back.targets.some((edge) => {
        if (!isSameName(renderRepository(edge.repository), source.nameWithOwner) || !isNamedWorkflow(edge.workflow, source)) return false
        const backRef = edge.ref ?? source.defaultBranch
        if (backRef !== undefined && !matchesPatterns(backRef, rule.branches)) return false
        const consent = decideConsent(source.config, {
          source: { nameWithOwner: target.nameWithOwner, path: target.path, workflow: target.name ?? '', headBranch: ref },
          workflow: source,
          ref: backRef ?? '',
          defaultBranch: source.defaultBranch ?? '',
          inputs: Object.keys(edge.inputs),
        })
        return consent === 'allowed'
      }),
  )
}
