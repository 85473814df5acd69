import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LocalGitHub, WorkflowRun } from '@switchyard/local-github'
import { ActionStore, readStandIns } from './action-store.ts'
import { ConcurrencyGroups } from './concurrency.ts'
import { executeRun, type RunControls } from './execute-run.ts'
import { Line } from './line.ts'
import type { Progress } from './progress.ts'
import type { RunnerCore } from './run.ts'
import { sendDueSchedules } from './schedules.ts'
import { Slots } from './slots.ts'
import { startRunsFor } from './start-runs.ts'
import { findDeafTriggers } from './trigger-notes.ts'

export interface RunnerOptions {
  /** Told of everything that happens. */
  readonly onProgress?: (progress: Progress) => void
  /** `owner/repository` to the folder that stands in for it, beside those that come with the runner. */
  readonly actions?: ReadonlyMap<string, string>
  /** Labels of `runs-on` that this machine has beside its own. */
  readonly labels?: readonly string[]
  /** How many jobs run at once; by default as many as the machine has processors, and at least 4. */
  readonly jobs?: number
  /** The Node binary that actions run on; this process's own by default. */
  readonly node?: string
  /** Milliseconds of a minute, by which time limits count; shorter ones let a test see a limit. */
  readonly minute?: number
}

export interface Runner {
  /** Resolves when nothing runs, waits or is about to start. */
  idle(): Promise<void>
  /** Sends the schedules that fell due on the GitHub's clock since the last time: every one, or those of one cron text. */
  tick(only?: string): Promise<void>
  /** Ends everything at once; runs that had not ended stay as they are. */
  close(): Promise<void>
}

/** Jobs wait for one another, as a run that dispatches a second one and watches it: one at a time would wait for ever. */
const LEAST_JOBS = 4

/** Lets workflows run: from here on events start them, and queued runs execute on this machine. */
export async function attachRunner(github: LocalGitHub, options: RunnerOptions = {}): Promise<Runner> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-runner-'))
  const replacements = new Map(
    [...(await readStandIns()), ...(options.actions ?? [])].map(([name, path]) => [name.toLowerCase(), path] as const),
  )
  const end = new AbortController()
  const core: RunnerCore = {
    github,
    folder,
    groups: new ConcurrencyGroups(),
    line: new Line(),
    slots: new Slots(options.jobs ?? Math.max(LEAST_JOBS, availableParallelism())),
    labels: options.labels ?? [],
    actions: new ActionStore({ world: github.world, folder: join(folder, 'actions'), replacements }),
    node: options.node ?? process.execPath,
    minute: options.minute ?? 60_000,
    kill: end.signal,
    report: options.onProgress ?? (() => undefined),
  }
  const active = new ActiveRuns(core)
  github.world.attachRunner({ start: (run) => active.start(run), cancel: (run, force) => active.cancel(run, force) })
  const unsubscribe = github.world.onEvent((event) => unlessDeleted(github, event.repositoryId, startRunsFor(github.world, event)))
  for (const text of await findDeafTriggers(github.world)) core.report({ kind: 'note', text })
  let ticked = github.clock.now()
  return {
    idle: () => active.idle(),
    async tick(only) {
      const until = github.clock.now()
      await sendDueSchedules(github.world, { after: ticked, until, only })
      ticked = until
    },
    async close() {
      unsubscribe()
      github.world.detachRunner()
      end.abort()
      active.cancelAll()
      await active.settled()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** A repository that is deleted meanwhile takes its runs with it, and how they fail then tells nothing. */
async function unlessDeleted(github: LocalGitHub, repositoryId: number, work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (github.world.state.repositories.has(repositoryId)) throw error
  }
}

/** The runs that execute, and how each is ended. */
class ActiveRuns {
  readonly #core: RunnerCore
  readonly #controls = new Map<number, RunControls>()
  readonly #running = new Set<Promise<void>>()
  readonly #failures: unknown[] = []

  constructor(core: RunnerCore) {
    this.#core = core
  }

  start(run: WorkflowRun): void {
    const controls = { cancel: new AbortController(), kill: new AbortController() }
    this.#controls.set(run.id, controls)
    const ended: Promise<void> = unlessDeleted(this.#core.github, run.repositoryId, executeRun(this.#core, run, controls))
      .catch((error: unknown) => void this.#failures.push(error))
      .finally(() => {
        this.#controls.delete(run.id)
        this.#running.delete(ended)
      })
    this.#running.add(ended)
  }

  cancel(run: WorkflowRun, force: boolean): void {
    const controls = this.#controls.get(run.id)
    controls?.cancel.abort()
    if (force) controls?.kill.abort()
  }

  cancelAll(): void {
    for (const { cancel } of this.#controls.values()) cancel.abort()
  }

  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** An event that is being delivered may start a run, and a run that ends sends events: both have to be at rest. */
  async idle(): Promise<void> {
    const { events } = this.#core.github.world
    do {
      await this.settled()
      await events.settled()
    } while (this.#running.size > 0)
    const [first] = this.#failures.splice(0)
    if (first !== undefined) throw first instanceof Error ? first : new Error('a run could not be executed', { cause: first })
  }
}
