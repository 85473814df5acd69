import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addressOf } from '@switchyard/releasing'
import type { Runnable } from './decide-run.ts'
import type { Door } from './door.ts'
import { RUN_MS } from './limits.ts'
import type { Asked } from './run-step.ts'
import { toStepEnvironment } from './step-environment.ts'
import { createStepOutput } from './step-output.ts'

/**
 * Runs a step's content. Its output goes to the log as it comes, within bounds, with the runner's commands in it made text.
 *
 * @throws {UserError} `COMMAND_NOT_STARTED`
 */
export async function performStep(
  { given: { io, context } }: Door,
  { slug, step, customer }: Pick<Asked, 'slug' | 'step' | 'customer'>,
  { runnable: { how }, content }: { readonly runnable: Pick<Runnable, 'how'>; readonly content: string },
): Promise<number | 'timed-out'> {
  const { runProgram } = await import('@switchyard/workspace/program')
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-step-'))
  const { cluster, namespace } = customer
  const environment = toStepEnvironment(context.programEnvironment, { cluster, namespace, release: slug, step })
  const output = createStepOutput((line) => io.log.info(line))
  const common = {
    folder: context.workspace === '' ? folder : context.workspace,
    timeLimitMs: RUN_MS,
    environment,
    onLine: (line: string) => output.add(line),
  }
  const perform = async (): Promise<number | 'timed-out'> => {
    if (how.kind === 'sql') return runProgram({ ...common, argv: how.argv, input: content })
    const script = join(folder, 'step.sh')
    await writeFile(script, content, { mode: 0o600 })
    return runProgram({ ...common, argv: ['bash', '--noprofile', '--norc', '-eo', 'pipefail', script] })
  }
  try {
    return await io.log.group(`${step} for ${addressOf(customer)}`, async () => {
      try {
        return await perform()
      } finally {
        output.end()
      }
    })
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
