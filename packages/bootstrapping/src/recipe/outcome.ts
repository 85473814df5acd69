import type { Fault } from '@switchyard/core'
import type { ActionKind, ActionStep } from '../catalogue/action-shapes.ts'
import type { TreeFaultCode } from '../tree/fault-codes.ts'
import type { FileTree } from '../tree/file-tree.ts'

/** Everything that stops a recipe, beside what can be wrong with a tree. */
export const RECIPE_FAULTS = [
  'file-missing',
  'file-exists',
  'file-is-link',
  'file-is-folder',
  'file-not-text',
  'content-too-large',
  'marker-not-in-content',
  'wrong-count',
  'adr-number-taken',
  'not-package-json',
  'unknown-placeholder',
  'bad-dispatching',
  'command-failed',
  'too-many-actions',
] as const
export type RecipeFaultCode = (typeof RECIPE_FAULTS)[number] | TreeFaultCode

export interface RecipeFault extends Fault {
  readonly code: RecipeFaultCode
}

/** Kinds that change no file: what they ask for is carried out once the repository exists. */
export const SETTING_KINDS = [
  'SET_TOPICS',
  'CREATE_LABELS',
  'CREATE_ENVIRONMENT',
  'PROTECT_BRANCH',
] as const satisfies readonly ActionKind[]
export type SettingKind = (typeof SETTING_KINDS)[number]
export type Setting = Extract<ActionStep, { readonly kind: SettingKind }>

/** The settings among actions, in their order. */
export function toSettings(actions: readonly ActionStep[]): readonly Setting[] {
  return actions.filter(isSetting)
}

function isSetting(action: ActionStep): action is Setting {
  return SETTING_KINDS.some((kind) => kind === action.kind)
}

/** What one kind of action needs to know. */
export type ParamsOf<Kind extends ActionKind> = Extract<ActionStep, { readonly kind: Kind }>['params']

export interface Done {
  readonly ok: true
  readonly tree: FileTree
  readonly status: 'done' | 'skipped'
  /** What was done, or why nothing was: one plain sentence. */
  readonly summary: string
  readonly settings?: readonly Setting[]
}

export interface Failed {
  readonly ok: false
  readonly fault: RecipeFault
}

export type Outcome = Done | Failed

export function done(tree: FileTree, summary: string): Done {
  return { ok: true, tree, status: 'done', summary }
}

export function skipped(tree: FileTree, summary: string): Done {
  return { ok: true, tree, status: 'skipped', summary }
}

export function failed(code: RecipeFaultCode, message: string, hint: string): Failed {
  return { ok: false, fault: { code, message, hint, severity: 'error' } }
}
