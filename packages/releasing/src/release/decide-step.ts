import { type Rejection, toTextRef } from '@switchyard/core'
import type { Override, StepCommand, TickBox } from './command.ts'
import { findTextFault, tooLong } from './check-texts.ts'
import { addCustom, CARRIED_OUT, editCustom, removeCustom } from './decide-custom.ts'
import { importCells } from './decide-import.ts'
import { beginRun, findNoRun, loseRun, recordRun } from './decide-run.ts'
import { carriedOut, findStep, type Step, stepsOf } from './find-step.ts'
import type { OnStep, ReleaseDecision } from './on-step.ts'
import type { ReleaseEvent } from './records/events.ts'
import type { StepText } from './records/parts.ts'
import { reject, rejectArchived, rejectDone, rejectUnknownStep } from './reject.ts'

const NOTHING: ReleaseDecision = { events: [], effects: [] }

/** What became of a run that began before the release was archived is a fact, and recorded as one. */
function isEnd({ kind }: StepCommand): boolean {
  return kind === 'record-run' || kind === 'drop-run' || kind === 'lose-run'
}

/** One command on one customer's copy of a step. The same state again is nothing to do. Source: release contract, the table of states. */
export function decideStep(command: StepCommand, on: OnStep): ReleaseDecision | Rejection {
  if (on.release.status !== 'active' && !isEnd(command)) return rejectArchived(on.release)
  if (command.kind === 'add-custom') return addCustom(command, on)
  if (command.kind === 'import-cells') return importCells(command, on)
  const step = findStep(on.release, on.customer, command.step)
  if (step === undefined) return rejectUnknownStep({ step: command.step, address: on.address }, idsOf(on))
  switch (command.kind) {
    case 'done':
      return markDone(step, { notes: command.notes, address: on.address })
    case 'tick':
      return tickBox(step, command, on)
    case 'skip':
      return skip(step, { reason: command.reason, address: on.address })
    case 'revert':
      return revert(step, { reason: command.reason, address: on.address })
    case 'override':
      return override(step, command, on)
    case 'reset':
      return reset(step, on)
    case 'edit-custom':
      return editCustom(step, command, on)
    case 'remove-custom':
      return removeCustom(step, on)
    case 'ask-run':
      return findNoRun(step, on.address) ?? only({ type: 'release.step-run-asked', data: { step: step.id } })
    case 'begin-run':
      return beginRun(step, command, on.address)
    case 'drop-run':
      return step.begun === undefined ? NOTHING : only({ type: 'release.step-run-dropped', data: { step: step.id } })
    case 'lose-run':
      return loseRun(step, command)
    case 'record-run':
      return recordRun(step, command, on)
  }
}

function markDone(
  step: Step,
  { notes, address }: { readonly notes: string | null; readonly address: string },
): ReleaseDecision | Rejection {
  if (step.status === 'done') return NOTHING
  return tooLong(notes, address) ?? only({ type: 'release.step-done', data: { ...carriedOut(step), notes } })
}

/** Clicks count in the order in which they were made, whichever run is faster: so one without effect is noted, too. */
function tickBox(step: Step, { checked, edited }: TickBox, { customer: { edits = {} } }: OnStep): ReleaseDecision {
  const last = Object.hasOwn(edits, step.id) ? edits[step.id] : undefined
  if (last !== undefined && (edited.at < last.at || (edited.at === last.at && edited.run < last.run))) return NOTHING
  if (checked === (step.status === 'done')) return only({ type: 'release.box-read', data: { step: step.id, edited } })
  if (!checked) return only({ type: 'release.step-reverted', data: { step: step.id, reason: null, edited } })
  return only({ type: 'release.step-done', data: { ...carriedOut(step), notes: null, edited } })
}

function skip(step: Step, { reason, address }: { readonly reason: string; readonly address: string }): ReleaseDecision | Rejection {
  if (step.status === 'skipped' && step.begun === undefined) return NOTHING
  if (step.status === 'done') {
    const hint = `Take it back first: /step revert ${step.id} ${address}`
    return reject('WRONG_STATUS', `${step.id} is done for ${address}, and so cannot be skipped.`, hint)
  }
  if (reason.trim() === '') {
    const hint = `Write the reason at its end: /step skip ${step.id} ${address} "no need here"`
    return reject('REASON_NEEDED', `Why ${step.id} is skipped for ${address} is not said.`, hint)
  }
  return tooLong(reason, address) ?? only({ type: 'release.step-skipped', data: { ...carriedOut(step), reason } })
}

function revert(
  step: Step,
  { reason, address }: { readonly reason: string | null; readonly address: string },
): ReleaseDecision | Rejection {
  // What a run left open is closed by whatever a person says of it.
  if (step.status === 'reverted' && step.begun === undefined) return NOTHING
  if (step.status === 'pending' && step.begun === undefined) {
    const hint = 'Only what is done or skipped is reverted; name another step or customer.'
    return reject('WRONG_STATUS', `${step.id} is still pending for ${address}: there is nothing to take back.`, hint)
  }
  return tooLong(reason, address) ?? only({ type: 'release.step-reverted', data: { step: step.id, reason } })
}

function override(step: Step, { content }: Override, { address }: OnStep): ReleaseDecision | Rejection {
  if (step.status === 'done') return rejectDone({ step: step.id, address }, CARRIED_OUT)
  if (step.source === 'custom') return rejectNoTemplate(step, address)
  const fault = findTextFault({ name: null, content, type: step.text.type }, address)
  if (fault) return fault
  const kept = { ...step.text, content: toTextRef(content) }
  if (step.source === 'overridden' && isSameText(step.text, kept)) return NOTHING
  return {
    events: [{ type: 'release.step-overridden', data: { step: step.id, kept, returns: step.returns } }],
    effects: [],
    texts: [content],
  }
}

function reset(step: Step, { release, address }: OnStep): ReleaseDecision | Rejection {
  if (!step.hasTemplate) return rejectNoTemplate(step, address)
  if (step.status === 'done') return rejectDone({ step: step.id, address }, CARRIED_OUT)
  if (step.status === 'pending') {
    const isPlain = step.source !== 'overridden' && step.begun === undefined
    return isPlain ? NOTHING : only({ type: 'release.step-reset', data: { step: step.id, kept: null } })
  }
  const template = release.steps.find(({ id }) => id === step.id)
  const kept =
    template === undefined
      ? null
      : { name: template.name, type: template.type, content: template.content, description: template.description }
  if (step.begun === undefined && step.source === 'template' && kept !== null && isSameText(step.text, kept)) return NOTHING
  return only({ type: 'release.step-reset', data: { step: step.id, kept } })
}

function idsOf({ release, customer }: OnStep): readonly string[] {
  return stepsOf(release, customer).map(({ id }) => id)
}

function rejectNoTemplate({ id, source }: Step, address: string): Rejection {
  return source === 'custom'
    ? reject(
        'NO_TEMPLATE',
        `${id} is a step of ${address}’s own: no template stands behind it.`,
        `Change it with /step edit ${id} ${address}.`,
      )
    : reject(
        'NO_TEMPLATE',
        `The release’s file has no step ${id} any more.`,
        'Put it back into the file, if it is to have a template again.',
      )
}

function isSameText(left: StepText, right: StepText): boolean {
  const listed = ({ name, type, content, description }: StepText): string => JSON.stringify([name, type, content.blobs, description])
  return listed(left) === listed(right)
}

function only(event: ReleaseEvent): ReleaseDecision {
  return { events: [event], effects: [] }
}
