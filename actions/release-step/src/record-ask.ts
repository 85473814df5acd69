import { UserError } from '@switchyard/core'
import { customerSubject } from '@switchyard/releasing'
import type { Door } from './door.ts'
import { askRun, type RunAsked } from './run-correlation.ts'
import { findRecorded, transact } from './transact.ts'

/**
 * Records who asks by a form for a run, since no comment says it: the run itself is started by the toolkit. Returns when it was asked
 * first, in ms since the epoch, and whether that was just now.
 *
 * @throws {UserError} what the release's rules say against it.
 */
export async function recordAsk(
  door: Door,
  { login, ...asked }: RunAsked & { readonly login: string },
): Promise<{ readonly at: number; readonly isNew: boolean }> {
  const { context, io } = door.given
  const request = askRun(asked, login)
  const [result] = (await transact(door, [{ requests: [request] }], { loaded: undefined, documents: [] })).results
  if (result?.kind === 'rejected') {
    const { code, message, hint } = result.rejection
    throw new UserError(code, message, { hint })
  }
  const [event] = result?.events ?? []
  const isNew = event?.run.run_id === context.run.id && event.run.run_attempt === context.run.attempt
  return { at: event?.at ?? io.now(), isNew }
}

/** Who asked for just this run, as the ledger has it; undefined: nobody did. `commentKey`: names what a comment asked for. */
export async function findRecordedAsker(
  door: Door,
  { commentKey, ...asked }: RunAsked & { readonly commentKey: string | undefined },
): Promise<string | undefined> {
  const request = askRun(asked, door.given.context.actor)
  const events = await findRecorded(door, commentKey === undefined ? request : { ...request, idempotencyKey: commentKey })
  const { slug, step, customer } = asked
  const found = events?.find(
    ({ type, data, subject }) =>
      type === 'release.step-run-asked' && 'step' in data && data.step === step && subject === customerSubject(slug, customer),
  )
  return found?.actor.login
}
