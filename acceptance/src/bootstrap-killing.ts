import type { JsonObject } from '@switchyard/core'
import type { FaultKind, FaultMatch, WorkflowRun } from '@switchyard/local-github'
import type { BootstrapPlay, BootstrapStage } from './bootstrap-stage.ts'
import { lookAtEnding } from './bootstrap-shop.ts'

export interface Kill {
  /** The request that the process does not survive. */
  readonly match: FaultMatch
  /** Killed before GitHub did what was asked, or after. */
  readonly kind: Extract<FaultKind, 'lost-answer-before' | 'lost-answer-after'>
}

/** A run of `/bootstrap run` whose process is gone. */
export interface Killed {
  readonly run: WorkflowRun
  readonly payload: JsonObject
  readonly killedBy: string | null
}

/** Comments `/bootstrap run`, and kills the process at one of its requests. */
export async function runKilled(stage: BootstrapStage, { match, kind }: Kill, play: BootstrapPlay = {}): Promise<Killed> {
  const payload = await stage.comment(1, '/bootstrap run')
  const run = await stage.startRun()
  let kill = (): void => undefined
  stage.github.faults.add({ match, kind, onLost: () => kill() })
  const onStarted: BootstrapPlay['onStarted'] = (child) => {
    play.onStarted?.(child)
    kill = () => void child.kill('SIGKILL')
  }
  const { killedBy } = await stage.play({ ...play, eventName: 'issue_comment', payload, run, onStarted })
  stage.github.faults.clear()
  await stage.github.world.completeRun(run.id, 'cancelled')
  return { run, payload, killedBy }
}

const DELETION = { mode: 'cleanup', cleanup: 'delete', owner: 'acme', name: 'shop', confirm: 'acme/shop' } as const

/** The ways to finish what a killed run began. */
export const FINISHES = {
  async 'its own next attempt'(stage: BootstrapStage, { run, payload }: Killed, play: BootstrapPlay = {}): Promise<void> {
    stage.github.world.rerun(run.id)
    await stage.play({ ...play, eventName: 'issue_comment', payload, run, attempt: 2 })
  },
  /** Recovered on a schedule; cleaned up and asked for again where that is what people are told to do. */
  async 'another run'(stage: BootstrapStage, { payload }: Killed, play: BootstrapPlay = {}): Promise<void> {
    await stage.play({ ...play, eventName: 'schedule' })
    const { runs } = await lookAtEnding(stage)
    const last = runs.at(-1)
    if (last?.status === 'SUCCEEDED') return
    if (last?.status === 'FAILED_NEEDS_CLEANUP') await stage.play({ ...play, inputs: DELETION })
    // What was never begun is found waiting on the issue; what failed is asked for again.
    await stage.play({
      ...play,
      eventName: 'issue_comment',
      payload: last === undefined ? payload : await stage.comment(1, '/bootstrap run'),
    })
  },
} as const
