import type { CompletedRun, SourceRepository } from './facts.ts'
import { workflowFile, workflowPath } from './names.ts'
import { correlationIdOf } from './subject.ts'

/** One run of a chain: which workflow of which repository. */
export interface ChainLink {
  readonly repository_id: number
  readonly workflow: string
}

/** Runs that started one another through dispatches, seen from one of them. */
export interface Chain {
  readonly correlation_id: string
  /** How many dispatches led to this run. */
  readonly depth: number
  /** The runs before this one, oldest first, as far as they are known. */
  readonly ancestors: readonly ChainLink[]
}

const MARKER = /(?<![\w:.-])sw:([0-9a-f]{16}):(0|[1-9]\d{0,2})(?![\w:.-])/g

/** The text by which a started run is found and its chain followed across ledgers. */
export function renderMarker(chain: { readonly correlation_id: string; readonly depth: number }): string {
  return `sw:${chain.correlation_id}:${chain.depth}`
}

/** The marker in a run's title; undefined when there is none, or when two disagree. */
export function parseMarker(title: string): { readonly correlation_id: string; readonly depth: number } | undefined {
  const found = [...title.matchAll(MARKER)]
  const first = found[0]
  if (!first?.[1] || first[2] === undefined || found.some(([text]) => text !== first[0])) return undefined
  return { correlation_id: first[1], depth: Number(first[2]) }
}

/**
 * The chain that a completed run belongs to: as the ledger remembers it, else as its title says, else a new one. Only a
 * dispatched run's title counts: a push's title is its commit's message, which anybody may write.
 */
export function findChain(source: SourceRepository, run: CompletedRun, remembered: Chain | undefined): Chain {
  if (remembered) return remembered
  const marked = run.event === 'workflow_dispatch' ? parseMarker(run.displayTitle) : undefined
  if (marked) return { ...marked, ancestors: [] }
  return { correlation_id: correlationIdOf(source.id, run.id), depth: 0, ancestors: [] }
}

/** The chain as a run that is dispatched to now will see it. */
export function extendChain(chain: Chain, source: SourceRepository, run: CompletedRun): Chain {
  const link = { repository_id: source.id, workflow: workflowPath(workflowFile(run.path)) }
  return { correlation_id: chain.correlation_id, depth: chain.depth + 1, ancestors: [...chain.ancestors, link] }
}

/** Whether a run of this workflow is already among the ancestors. */
export function isAncestor(chain: Chain, link: ChainLink): boolean {
  return chain.ancestors.some(
    (past) => past.repository_id === link.repository_id && past.workflow.toLowerCase() === link.workflow.toLowerCase(),
  )
}
