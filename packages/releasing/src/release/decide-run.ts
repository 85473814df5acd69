import { isSameAttempt, type Rejection } from '@switchyard/core'
import type { BeginRun, LoseRun, RecordRun } from './command.ts'
import { contentHash } from './decide-approval.ts'
import { carriedOut, type Step } from './find-step.ts'
import type { OnStep, ReleaseDecision } from './on-step.ts'
import type { ReleaseEvent } from './records/events.ts'
import { reject, rejectDone, rejectOpenRun } from './reject.ts'

const NOTHING: ReleaseDecision = { events: [], effects: [] }

/** Why a step is not run as it stands now, if so: nobody may run again what ran, or what nobody knows to have ended. */
export function findNoRun({ id: step, status, begun }: Step, address: string): Rejection | undefined {
  if (status === 'done') return rejectDone({ step, address }, 'it is not run again')
  return begun && rejectOpenRun({ step, address }, begun)
}

/** The last look before anything is carried out: what was read a moment ago may be another content by now. */
export function beginRun(step: Step, { type, sha256 }: BeginRun, address: string): ReleaseDecision | Rejection {
  const refused = findNoRun(step, address)
  if (refused) return refused
  if (step.text.type !== type || contentHash(step.text.content) !== sha256) {
    return reject(
      'CONTENT_DIFFERS',
      `The content of ${step.id} for ${address} was changed just before it was to run.`,
      `Read it with /step show ${step.id} ${address}, and start it again.`,
    )
  }
  return { events: [{ type: 'release.step-run-begun', data: { step: step.id, type, sha256 } }], effects: [] }
}

/** A run that somebody has cleared meanwhile, or that another followed, is not lost any more. */
export function loseRun({ id, begun }: Step, { run_id, run_attempt }: LoseRun): ReleaseDecision {
  if (begun === undefined || !isSameAttempt(begun, { run_id, run_attempt })) return NOTHING
  return { events: [{ type: 'release.step-run-lost', data: { step: id, run_id, run_attempt, url: begun.url } }], effects: [] }
}

/** What a run came to. It marks the step done if it ended well, and neither its content nor the release's state is another by now. */
export function recordRun(
  step: Step,
  { exit_code, conclusion, url, sha256 }: RecordRun,
  { release: { status } }: Pick<OnStep, 'release'>,
): ReleaseDecision {
  const { id, returns } = step
  const ran: ReleaseEvent = { type: 'release.step-ran', data: { step: id, run: { exit_code, conclusion, url, at: 0 }, returns } }
  const isOther = sha256 !== undefined && sha256 !== contentHash(step.text.content)
  const isDone = exit_code === 0 && !isOther && step.status !== 'done' && status === 'active'
  const done: ReleaseEvent = { type: 'release.step-done', data: { ...carriedOut(step), notes: null } }
  return { events: isDone ? [ran, done] : [ran], effects: [] }
}
