import type { YamlDocument } from '@switchyard/core/config'
import type { DispatchConfig, InboundRule, OutboundRule, OutboundTarget, RepositoryName } from '../model.ts'
import { parseRepositoryName, parseWorkflowName, renderRepository } from '../names.ts'
import { TRUSTED_EVENTS } from './closed-lists.ts'
import type { DispatchingShape } from './shape.ts'

type OutboundShape = NonNullable<DispatchingShape['outbound']>[number]
type InboundShape = NonNullable<DispatchingShape['inbound']>[number]

interface Origin {
  readonly document: YamlDocument
  readonly file: string
  /** Bare repository names belong to the owner of the file's own repository. */
  readonly owner: string
}

/** The file's contents with every default filled in and every name resolved. */
export function normalise(shape: DispatchingShape, origin: Origin): DispatchConfig {
  return {
    file: origin.file,
    outbound: (shape.outbound ?? []).map((rule, index) => outboundRule(rule, index, origin)),
    inbound: (shape.inbound ?? []).map((rule, index) => inboundRule(rule, index, origin)),
  }
}

function outboundRule({ id, source, targets }: OutboundShape, index: number, { document, owner }: Origin): OutboundRule {
  return {
    id,
    place: document.placeOf(['outbound', index]),
    workflow: parseWorkflowName(source.workflow),
    conclusions: source.conclusions ?? ['success'],
    branches: source.branches,
    events: source.events ?? TRUSTED_EVENTS,
    targets: targets.map((target, at): OutboundTarget => {
      const path = ['outbound', index, 'targets', at]
      const repository = parseRepositoryName(target.repository, owner)
      const inputs = Object.entries(target.inputs ?? {}).map(([name, value]) => {
        // `1.10` is the text somebody wrote, not the number 1.1.
        const written = typeof value === 'string' ? value : (document.sourceOf([...path, 'inputs', name]) ?? String(value))
        return [name, written] as const
      })
      const workflow = parseWorkflowName(target.workflow)
      return {
        factsKey: factsKey(repository, workflow.text, target.ref),
        place: document.placeOf(path),
        repository,
        workflow,
        ref: target.ref,
        inputs: Object.fromEntries(inputs),
      }
    }),
  }
}

function factsKey(repository: RepositoryName, workflow: string, ref: string | undefined): string {
  return JSON.stringify([renderRepository(repository).toLowerCase(), workflow, ref ?? null])
}

function inboundRule({ source, targets }: InboundShape, index: number, { document, owner }: Origin): InboundRule {
  return {
    place: document.placeOf(['inbound', index]),
    repository: parseRepositoryName(source.repository, owner),
    workflow: parseWorkflowName(source.workflow),
    branches: source.branches,
    targets: targets.map((target, at) => ({
      place: document.placeOf(['inbound', index, 'targets', at]),
      workflow: parseWorkflowName(target.workflow),
      refs: target.refs,
      inputs: target.inputs,
    })),
  }
}
