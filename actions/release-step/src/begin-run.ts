import { UserError } from '@switchyard/core'
import { addressOf, contentHash, customerSubject, releaseSubject, type Command, type Step } from '@switchyard/releasing'
import type { Door, ReleaseLoaded } from './door.ts'
import { toUserError } from './rejections.ts'
import type { Asked } from './run-step.ts'
import { transact } from './transact.ts'

type Begun = Pick<Asked, 'slug' | 'step' | 'customer' | 'login'>

interface Beginning {
  readonly key: string
  /** As its content was read. */
  readonly step: Step
  readonly loaded: ReleaseLoaded
}

/** Names this one process's beginning: another of the same attempt, should there be one, begins nothing. */
export function beginKey(door: Door, begun: Omit<Begun, 'login'>): string {
  return `begins ${nameOf(door, begun)}`
}

function nameOf({ given: { context, io } }: Door, { slug, step, customer }: Omit<Begun, 'login'>): string {
  const { repository, run } = context
  return `${repository.id} ${run.id} ${run.attempt} ${run.job} ${slug} ${addressOf(customer)} ${step} ${io.random()}`
}

/**
 * Records that the step is about to be carried out. Until it is recorded what came of it, or a person says so, nobody begins it again.
 *
 * @throws {UserError} `RUN_OPEN`, and what else the release's rules say against it.
 */
export async function beginRun(door: Door, asked: Begun, { key, step, loaded }: Beginning): Promise<void> {
  const { type, content } = step.text
  await record(door, asked, { key, command: { kind: 'begin-run', step: step.id, type, sha256: contentHash(content) }, loaded })
}

/** Of a program that is not there it is known that nothing ran: then nothing is left open. @throws whatever the work throws. */
export async function orDrop<T>(door: Door, asked: Begun, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof UserError && error.code === 'COMMAND_NOT_STARTED') {
      const key = `drops ${nameOf(door, asked)}`
      await record(door, asked, { key, command: { kind: 'drop-run', step: asked.step }, loaded: undefined })
    }
    throw error
  }
}

interface Recording {
  readonly key: string
  readonly command: Command
  readonly loaded: ReleaseLoaded | undefined
}

async function record(door: Door, { slug, customer, login }: Begun, { key, command, loaded }: Recording): Promise<void> {
  const request = {
    subject: customerSubject(slug, customer),
    reads: [releaseSubject(slug)],
    idempotencyKey: key,
    actor: { login, kind: 'user' as const },
    command,
  }
  const [result] = (await transact(door, [{ requests: [request] }], { loaded, documents: [] })).results
  if (result?.kind === 'rejected') throw toUserError({ rejected: result.rejection })
}
