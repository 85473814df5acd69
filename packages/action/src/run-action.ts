import { InternalError } from '@switchyard/core'
import { performRun } from './perform-run.ts'
import type { Run } from './run-types.ts'
import { processRunner } from './runner.ts'
import type { ActionSpec } from './spec.ts'

/** How long a process may go on after its run is over, in ms, whatever still keeps it alive. */
const GRACE_MS = 1_000

/**
 * Runs an action in this process: the one place that catches, masks, writes outputs, annotations and page, and sets the exit
 * code. The step is green only if the run came to an end and said so.
 */
export async function runAction<Spec extends ActionSpec>(spec: Spec, run: Run<Spec>): Promise<void> {
  const { promise: crash, reject } = Promise.withResolvers<never>()
  // Also covers rejections that nobody handles: Node raises them as exceptions.
  process.on('uncaughtException', reject)
  const onIdle = (): void => reject(new InternalError('The run came to a standstill: it waits for something that cannot come.'))
  process.once('beforeExit', onIdle)
  await performRun(spec, run, { runner: processRunner, crash })
  process.off('beforeExit', onIdle)
  endSoon()
}

/** Does nothing when the process ends by itself, since the timer does not keep it alive; all output is written by then. */
function endSoon(): void {
  setTimeout(() => process.stdout.write('', () => process.exit()), GRACE_MS).unref()
}
