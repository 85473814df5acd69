import { type Rejection, toTextRef } from '@switchyard/core'
import { findAnchorFault } from './check-anchor.ts'
import { findTextFault } from './check-texts.ts'
import type { AddCustom, EditCustom } from './command.ts'
import { CUSTOM_PREFIX } from './custom-prefix.ts'
import type { Step } from './find-step.ts'
import type { OnStep, ReleaseDecision } from './on-step.ts'
import { reject, rejectDone } from './reject.ts'

/** Why what is done stays as it is. */
export const CARRIED_OUT = 'its content is what was carried out'

export function addCustom({ category, type, name, content, anchor }: AddCustom, on: OnStep): ReleaseDecision | Rejection {
  const { customer, address } = on
  const fault = findTextFault({ name, content, type }, address) ?? findAnchorFault({ id: undefined, category, anchor }, on)
  if (fault) return fault
  const id = `${CUSTOM_PREFIX}${customer.customs_added + 1}`
  const step = { id, category, name, type, content: toTextRef(content), description: '', anchor }
  return { events: [{ type: 'release.step-added', data: { step } }], effects: [], texts: [content] }
}

/** What is as it was already is no change. */
export function editCustom(step: Step, edit: EditCustom, on: OnStep): ReleaseDecision | Rejection {
  if (step.source !== 'custom') return notCustom(step, on)
  if (step.status === 'done') return rejectDone({ step: step.id, address: on.address }, CARRIED_OUT)
  const { id, category, text } = step
  const fault =
    findTextFault({ ...edit, type: edit.type ?? text.type }, on.address) ?? findAnchorFault({ id, category, anchor: edit.anchor }, on)
  if (fault) return fault
  const known = on.customer.customs.find((custom) => custom.id === id)?.anchor
  const ref = edit.content === null ? null : toTextRef(edit.content)
  const name = edit.name === text.name ? null : edit.name
  const type = edit.type === text.type ? null : edit.type
  const content = ref?.blobs.join() === text.content.blobs.join() ? null : ref
  const anchor = edit.anchor?.step === known?.step && edit.anchor?.position === known?.position ? null : edit.anchor
  if (name === null && type === null && content === null && anchor === null) return { events: [], effects: [] }
  const texts = content === null || edit.content === null ? [] : [edit.content]
  return { events: [{ type: 'release.step-edited', data: { step: id, name, type, content, anchor } }], effects: [], texts }
}

export function removeCustom(step: Step, on: OnStep): ReleaseDecision | Rejection {
  if (step.source !== 'custom') return notCustom(step, on)
  return { events: [{ type: 'release.step-removed', data: { step: step.id } }], effects: [] }
}

function notCustom({ id }: Step, { address }: OnStep): Rejection {
  return reject(
    'NOT_CUSTOM',
    `${id} comes from the release’s file; only a step of ${address}’s own is edited or removed.`,
    `Change the file for everybody, or the content for this customer: /step override ${id} ${address}`,
  )
}
