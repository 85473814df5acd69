import { type SwitchyardError, toSwitchyardError } from '@switchyard/core'
import { findProxyPasswords, toContext } from './context.ts'
import { type AnyOutcome, toErrorOutcome } from './error-outcome.ts'
import { createIo, type IoSession } from './io.ts'
import { findSecrets, readInputs } from './read-inputs.ts'
import { createRedactor } from './redact.ts'
import { renderReportLink } from './report-link.ts'
import type { Run } from './run-types.ts'
import type { Runner } from './runner.ts'
import type { ActionSpec } from './spec.ts'
import { writeOutcome } from './write-outcome.ts'

/**
 * One run against a runner: masks, reads, runs, catches, writes. Never rejects: what cannot be written any more is said in
 * the log, and the step fails. `crash` rejects with what was thrown outside of the run's own promise.
 */
export async function performRun<Spec extends ActionSpec>(
  spec: Spec,
  run: Run<Spec>,
  { runner, crash }: { runner: Runner; crash: Promise<never> },
): Promise<void> {
  const redactor = createRedactor()
  const session = createIo(runner, redactor)
  // Until proven otherwise: a process that ends without having written its outcome must not look like success.
  runner.setExitCode(1)
  try {
    for (const secret of [...findSecrets(spec, runner.getInput), ...findProxyPasswords(runner.env)]) session.io.mask(secret)
    const outcome = await Promise.race([observe(spec, run, { runner, session }), crash]).catch((thrown: unknown) => {
      const error = toSwitchyardError(thrown)
      logStacks(error, session)
      return toErrorOutcome(error, { spec, at: session.io.now(), reportLink: renderReportLink(spec.name, runner.env) })
    })
    const annotations = [...(outcome.annotations ?? []), ...session.annotations]
    await writeOutcome({ ...outcome, annotations }, { runner, redactor, spec })
  } catch (thrown) {
    const error = toSwitchyardError(thrown)
    logStacks(error, session)
    runner.setExitCode(1)
    runner.annotate('error', redactor.redact(`The outcome could not be handed to the runner: ${error.message}`), {})
  } finally {
    session.end()
  }
}

interface Observed {
  readonly runner: Runner
  readonly session: IoSession
}

async function observe<Spec extends ActionSpec>(spec: Spec, run: Run<Spec>, { runner, session }: Observed): Promise<AnyOutcome> {
  const context = toContext(runner.context, runner.env)
  const { inputs, secrets } = readInputs(spec, runner.getInput)
  return run({ inputs, secrets, context, io: session.io })
}

/** The only place where a stack is written: the runner shows it with debug logging alone. */
function logStacks(error: SwitchyardError, { io }: IoSession): void {
  let current: unknown = error
  for (let depth = 0; current instanceof Error && depth < 8; depth++) {
    io.log.debug(current.stack ?? current.message)
    current = current.cause
  }
}
