import { type Audience, parseAudience, parseMember, parseText, type PlacedSelector } from '@switchyard/commands'
import { UserError } from '@switchyard/core'
import type { Category, StepType } from '@switchyard/releasing'
import type { BoundStep } from './bound.ts'
import { SHA256 } from './command-list.ts'
import { missingField, requireField } from './form-fields.ts'
import { requireSlug } from './slug.ts'
import type { Mode } from './wish.ts'

/** Modes that are a command each, given by the fields of a form. */
export type FormMode = Exclude<Mode, 'run' | 'import' | 'export' | 'lint' | 'sync' | 'sweep'>

export interface Form {
  readonly release: string | undefined
  readonly step: string | undefined
  readonly customers: readonly string[]
  readonly notes: string | undefined
  readonly reason: string | undefined
  readonly content: string | undefined
  readonly category: Category
  readonly type: StepType | undefined
  readonly name: string | undefined
  readonly anchor: string | undefined
  readonly sha256: string | undefined
  readonly template: boolean
  readonly withdraw: boolean
  readonly dryRun: boolean
}

const FORM = { line: 1, column: 1, places: {}, block: undefined } as const

/** The form as the command that a comment would hold. @throws {UserError} `REQUEST_INVALID` naming the field that is missing or wrong. */
export function readForm(mode: FormMode, form: Form): BoundStep {
  const flags = { 'dry-run': form.dryRun }
  switch (mode) {
    case 'activate':
      return {
        ...FORM,
        command: 'release activate',
        arguments: { slug: needSlug(form), customers: form.customers.length === 0 ? undefined : audience(form) },
        flags,
      }
    case 'add':
      return { ...FORM, command: 'release add', arguments: { customers: audience(form) }, flags }
    case 'archive':
      return { ...FORM, command: 'release archive', arguments: {}, flags }
    case 'status':
      return { ...FORM, command: 'release status', arguments: { cluster: findCluster(form) }, flags: {} }
    case 'progress':
      return { ...FORM, command: 'release progress', arguments: {}, flags: {} }
    case 'list':
      return { ...FORM, command: 'release list', arguments: {}, flags: {} }
    case 'customer':
      return { ...FORM, command: 'release customer', arguments: { customer: customer(form) }, flags: {} }
    case 'show':
      return { ...FORM, command: 'step show', arguments: { step: need(form, 'step'), customer: customer(form) }, flags: {} }
    default:
      return readStepForm(mode, form)
  }
}

type StepMode = Exclude<FormMode, 'activate' | 'add' | 'archive' | 'status' | 'progress' | 'list' | 'customer' | 'show'>

function readStepForm(mode: StepMode, form: Form): BoundStep {
  const flags = { 'dry-run': form.dryRun }
  switch (mode) {
    case 'done':
      return {
        ...FORM,
        command: 'step done',
        arguments: { step: need(form, 'step'), customers: audience(form), notes: find(form, 'notes') },
        flags,
      }
    case 'skip':
      return {
        ...FORM,
        command: 'step skip',
        arguments: { step: need(form, 'step'), customers: audience(form), reason: need(form, 'reason') },
        flags,
      }
    case 'revert':
      return {
        ...FORM,
        command: 'step revert',
        arguments: { step: need(form, 'step'), customers: audience(form), reason: find(form, 'reason') },
        flags,
      }
    case 'override':
      return {
        ...FORM,
        command: 'step override',
        arguments: { step: need(form, 'step'), customers: audience(form) },
        flags,
        block: needBlock(form),
      }
    case 'reset':
      return { ...FORM, command: 'step reset', arguments: { step: need(form, 'step'), customers: audience(form) }, flags }
    case 'add-step': {
      const { category, type = 'bash', template } = form
      return {
        ...FORM,
        command: 'step add',
        arguments: { customers: audience(form), category, type, name: needLine(form, 'name') },
        flags: { template, ...anchorOf(form), ...flags },
        block: needBlock(form),
      }
    }
    case 'edit-step': {
      const name = form.name === undefined ? undefined : needLine(form, 'name')
      const block = form.content === undefined ? undefined : needBlock(form)
      return {
        ...FORM,
        command: 'step edit',
        arguments: { step: need(form, 'step'), customer: customer(form) },
        flags: { name, type: form.type, ...anchorOf(form), ...flags },
        block,
      }
    }
    case 'approve':
      return {
        ...FORM,
        command: 'step approve',
        arguments: { step: need(form, 'step'), customers: audience(form), sha256: needHash(form) },
        flags: { withdraw: form.withdraw, ...flags },
      }
    case 'remove-step':
      return { ...FORM, command: 'step remove', arguments: { step: need(form, 'step'), customer: customer(form) }, flags }
  }
}

type TextField = 'step' | 'notes' | 'reason' | 'name'

function find(form: Form, field: TextField): string | undefined {
  const text = form[field]
  const value = text === undefined ? '' : requireField(field, parseText(text))
  return value === '' ? undefined : value
}

function need(form: Form, field: TextField): string {
  const value = find(form, field)
  if (value === undefined) throw missingField(field)
  return value
}

function needLine(form: Form, field: TextField): string {
  const value = need(form, field)
  if (/[\r\n]/.test(value)) {
    throw new UserError('REQUEST_INVALID', `The input \`${field}\` must be one line.`, { hint: 'Write it on one line.' })
  }
  return value
}

function needHash({ sha256 }: Form): string {
  if (sha256 === undefined) throw missingField('sha256')
  const { source, expects } = SHA256.pattern
  if (new RegExp(source).test(sha256)) return sha256
  throw new UserError('REQUEST_INVALID', `The input \`sha256\` is not ${expects}.`, { hint: 'Copy it from the answer to /step show.' })
}

function needSlug({ release }: Form): string {
  if (release === undefined) throw missingField('release')
  return requireSlug(release)
}

/** As a fenced block has it: lines end in `\n`, none after the last one. */
function needBlock({ content }: Form): NonNullable<Extract<BoundStep, { command: 'step edit' }>['block']> {
  if (content === undefined) throw missingField('content')
  return { line: 1, column: 1, info: '', content: content.replace(/\r\n?/g, '\n').replace(/\n$/, '') }
}

function audience({ customers }: Form): Audience {
  return requireField('customers', parseAudience(customers))
}

function customer({ customers }: Form): PlacedSelector {
  return requireField('customers', parseMember(customers))
}

function findCluster({ customers }: Form): string | undefined {
  const [line, ...more] = customers
  if (more.length > 0) {
    throw new UserError('REQUEST_INVALID', 'The input `customers` names one cluster here.', { hint: 'Leave it empty for all.' })
  }
  return line === undefined ? undefined : requireField('customers', parseText(line.replace(/^cluster:/, '')))
}

/** `before:<step>` or `after:<step>`. */
function anchorOf({ anchor }: Form): { readonly before: string | undefined; readonly after: string | undefined } {
  if (anchor === undefined) return { before: undefined, after: undefined }
  const [, position, step] = /^(before|after):\s*(\S+)$/.exec(anchor) ?? []
  if (position === undefined || step === undefined) {
    throw new UserError('REQUEST_INVALID', 'The input `anchor` is not understood.', { hint: 'Write `before:<step>` or `after:<step>`.' })
  }
  return position === 'before' ? { before: step, after: undefined } : { before: undefined, after: step }
}
