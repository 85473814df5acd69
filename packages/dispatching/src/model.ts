import type { Place } from '@switchyard/core'

/** A repository by its two names. Names compare without case. */
export interface RepositoryName {
  readonly owner: string
  readonly name: string
}

/** A workflow as somebody named it: by file, which lasts, or by display name, which a rename unhooks. */
export interface WorkflowName {
  readonly text: string
  /** The file's name below `.github/workflows/`; undefined when `text` is a display name. */
  readonly file: string | undefined
}

/** One entry of `outbound`: which completed runs it is for, and what they start. */
export interface OutboundRule {
  readonly id: string | undefined
  readonly place: Place
  readonly workflow: WorkflowName
  readonly conclusions: readonly string[]
  /** Patterns on the run's head branch; undefined: every branch. */
  readonly branches: readonly string[] | undefined
  readonly events: readonly string[]
  readonly targets: readonly OutboundTarget[]
}

export interface OutboundTarget {
  /** What has to be read to judge it: equal for targets that need the same facts. */
  readonly factsKey: string
  readonly place: Place
  readonly repository: RepositoryName
  readonly workflow: WorkflowName
  /** As written; undefined: `default-ref`, else the target's default branch. */
  readonly ref: string | undefined
  /** As written: values may hold expressions. */
  readonly inputs: Readonly<Record<string, string>>
}

/** One entry of `inbound`: who may start what here. */
export interface InboundRule {
  readonly place: Place
  readonly repository: { readonly owner: string; /** `*`: every repository of the owner. */ readonly name: string }
  readonly workflow: WorkflowName
  readonly branches: readonly string[] | undefined
  readonly targets: readonly InboundTarget[]
}

export interface InboundTarget {
  readonly place: Place
  readonly workflow: WorkflowName
  /** Patterns on the ref; undefined: the default branch only. */
  readonly refs: readonly string[] | undefined
  /** Names of inputs the source may set; undefined: those the workflow declares. */
  readonly inputs: readonly string[] | undefined
}

/** A `dispatching.yml`, complete: every default filled in, every name resolved. */
export interface DispatchConfig {
  readonly file: string
  readonly outbound: readonly OutboundRule[]
  readonly inbound: readonly InboundRule[]
}
