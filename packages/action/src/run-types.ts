import type { Json, JsonObject } from '@switchyard/core'
import type { CommonReasonCode } from './common.ts'
import type { ActionContext } from './context.ts'
import type { Inputs, Secrets } from './input-types.ts'
import type { ActionSpec, Decision } from './spec.ts'

export type Level = 'error' | 'warning' | 'notice'

/** A message on the run's page, and on a line of a file where there is one. */
export interface Annotation {
  readonly level: Level
  readonly message: string
  readonly title?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** What a person reads while the action runs. Untrusted text cannot become a workflow command in it. */
export interface Log {
  info(message: string): void
  /** Shown only when debug logging is on. */
  debug(message: string): void
  /** Everything logged until the work ends stands in one folded group. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>
}

/** What a run may touch beside its inputs. It satisfies the ports of the other rooms by shape. */
export interface ActionIo {
  readonly log: Log
  /** Written at the end, the most severe first: the runner keeps ten of a level. */
  annotate(annotation: Annotation): void
  /** Hides a secret from here on, in the runner's log and in everything that this action writes. */
  mask(secret: string): void
  /** ms since the epoch, by the local clock. */
  now(): number
  /** Evenly drawn from 0 (included) to 1 (not included). */
  random(): number
  /** Ends early when the run is over. */
  sleep(ms: number): Promise<void>
  /** Closed when the run is over, however it ended, so that nothing keeps the process alive. */
  closeAtEnd(closeable: { close(): void }): void
}

export interface RunArguments<Spec extends ActionSpec> {
  readonly inputs: Inputs<Spec>
  readonly secrets: Secrets<Spec>
  readonly context: ActionContext
  readonly io: ActionIo
}

/** How a run ended. */
export interface Outcome<Spec extends ActionSpec> {
  readonly decision: Decision
  readonly reasonCode: (keyof Spec['reasonCodes'] & string) | CommonReasonCode
  /** One plain sentence: what happened, to what. The error message of a step that fails. */
  readonly headline: string
  /** Becomes the output `result`, with `schema_version` in front. */
  readonly result: JsonObject
  /** Texts go out as they are, anything else as JSON. Names in kebab-case; those that are missing are empty. */
  readonly outputs?: { readonly [Name in keyof Spec['outputs'] & string]?: Json }
  /** Markdown: the step's page. */
  readonly summary?: string
  readonly annotations?: readonly Annotation[]
  /** Whether the step fails. Left out: it fails when the decision is `failed`. */
  readonly failed?: boolean
}

export type Run<Spec extends ActionSpec> = (run: RunArguments<Spec>) => Promise<Outcome<Spec>>
