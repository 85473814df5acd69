import type { ChildProcess } from 'node:child_process'
import type { LocalGitHub } from '@switchyard/local-github'
import type { ActionResult } from '@switchyard/workflow-runner'
import type { Kill } from './bootstrap-killing.ts'

interface Playable {
  readonly onStarted?: (child: ChildProcess) => void
}

interface KillableStage<Play extends Playable> {
  readonly github: LocalGitHub
  play(play: Play): Promise<ActionResult>
}

/** Runs the action and kills the process at one of its requests. */
export async function playKilled<Play extends Playable>(
  stage: KillableStage<Play>,
  play: Play,
  { match, kind }: Kill,
): Promise<ActionResult> {
  let kill = (): void => undefined
  stage.github.faults.add({ match, kind, onLost: () => kill() })
  const result = await stage.play({ ...play, onStarted: (child) => (kill = () => void child.kill('SIGKILL')) })
  stage.github.faults.clear()
  return result
}
