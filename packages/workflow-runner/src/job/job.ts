import type { ActionManifest, JavaScriptManifest } from '../action-manifest.ts'
import type { Annotation } from '../annotation.ts'
import type { Contexts } from '../expressions/evaluate.ts'
import type { GitHubContext } from '../github-context.ts'
import type { RunnerContext } from '../runner-context.ts'
import type { SecretMasker } from '../secret-masker.ts'
import type { RunDefaults, StepModel, StepsJob } from '../workflow/model.ts'
import type { Template } from '../workflow/template.ts'

/** An action, unpacked where it can run. */
export interface ResolvedAction {
  readonly folder: string
  readonly manifest: ActionManifest
  /** `owner/name`, empty for an action of the workspace. */
  readonly repository: string
  readonly ref: string
  /** Of the workspace: GitHub runs no `pre` for it. */
  readonly isLocal: boolean
  /** What the log says of where it came from. */
  readonly note?: string
}

export type StepOutcome = 'success' | 'failure' | 'cancelled' | 'skipped'

/** Told how a job goes, step by step. */
export interface JobObserver {
  /** A step begins; returns who is told of its lines and its end. */
  beginStep(name: string): StepObserver
}

export interface StepObserver {
  line(text: string): void
  end(conclusion: StepOutcome): void
}

/** What a job is made of, everything about where it belongs already known. */
export interface JobPlan {
  readonly model: StepsJob
  /** What the token may do, as the log shows it. */
  readonly permissions: Readonly<Record<string, string>>
  /** Everything but `env`, `job`, `runner` and `steps`, which the job makes itself. */
  readonly contexts: Contexts & { readonly github: GitHubContext; readonly secrets: Readonly<Record<string, string>> }
  /** The workflow's variables, then the job's; not evaluated yet. */
  readonly env: readonly Template[]
  /** The job's, then the workflow's. */
  readonly defaults: readonly RunDefaults[]
}

/** What a job needs of the world around it. */
export interface JobHost {
  resolveAction(uses: string, workspace: string): Promise<ResolvedAction>
  readonly observer: JobObserver
  /** A folder that is the job's alone. */
  readonly folder: string
  readonly node: string
  /** Asks the job to end: what runs is stopped, steps that always run still do. */
  readonly cancel: AbortSignal
  /** Ends everything at once. */
  readonly kill: AbortSignal
  /** Milliseconds of a minute, by which time limits count. */
  readonly minute: number
}

export interface JobOutcome {
  readonly result: 'success' | 'failure' | 'cancelled'
  readonly outputs: Readonly<Record<string, string>>
  /** Markdown, the steps' one after another. */
  readonly summary: string
  readonly annotations: readonly Annotation[]
}

/** A job that runs. */
export interface Job {
  readonly plan: JobPlan
  readonly host: JobHost
  readonly masker: SecretMasker
  readonly runner: RunnerContext
  readonly workspace: string
  readonly home: string
  readonly debug: boolean
  /** Grows with what steps add to it. */
  env: Readonly<Record<string, string>>
  /** Folders that steps added; the first is searched first. */
  path: readonly string[]
  /** Set once somebody asked for the end, or the time was up. */
  isCancelled: boolean
  readonly actions: Map<string, ResolvedAction>
  readonly posts: PostStep[]
  readonly summaries: string[]
  readonly annotations: Annotation[]
  /** Processes whose groups are cleared away at the end. */
  readonly groups: Set<number>
  /** Aborted when the job is cancelled while a step runs. */
  interrupt: AbortController
}

/** A list of steps that run in one scope: a job's, or a composite action's. */
export interface Frame {
  readonly contexts: Contexts
  /** The `steps` context. */
  readonly steps: Record<string, StepRecord>
  /** Variables of the `uses` step that a composite action's steps see. */
  readonly env: Readonly<Record<string, string>>
  isFailed: boolean
  /** What `github.action` of a nested step begins with. */
  readonly prefix: string
  /** Undefined for the job itself: a composite action's steps appear within the step that uses it. */
  readonly observer: StepObserver | undefined
  /** Ends the `uses` step, and with it every step of its composite action. */
  readonly stop: AbortSignal | undefined
}

export interface StepRecord {
  readonly outputs: Readonly<Record<string, string>>
  readonly outcome: StepOutcome
  readonly conclusion: StepOutcome
}

/** What an action does when the job is over. */
export interface PostStep {
  readonly name: string
  readonly action: ResolvedAction & { readonly manifest: JavaScriptManifest }
  readonly frame: Frame
  readonly step: StepModel
  /** What `github.action` says. */
  readonly id: string
  readonly inputs: ReadonlyMap<string, string>
  state: Readonly<Record<string, string>>
}
