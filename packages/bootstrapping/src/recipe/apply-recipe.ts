import type { ActionKind } from '../catalogue/action-shapes.ts'
import type { Scene } from '../model.ts'
import type { RecipeAction } from '../resolve/resolve-recipe.ts'
import { checkTree } from '../tree/check-tree.ts'
import type { FileTree } from '../tree/file-tree.ts'
import { applyAction } from './apply-action.ts'
import { MAX_ACTIONS } from './limits.ts'
import { type Failed, failed, type Outcome, type RecipeFault, type Setting, SETTING_KINDS, skipped } from './outcome.ts'
import { appendOutput } from './output.ts'

export interface CommandResult {
  readonly tree: FileTree
  readonly exitCode: number
  /** What it printed, both streams. */
  readonly output: string
}

/** Runs one allowed command on a tree: without a shell, without secrets, with a time limit. */
export type RunCommand = (command: string, tree: FileTree) => Promise<CommandResult>

export interface RecipeOptions {
  readonly scene: Scene
  /** Left out: commands are skipped, and so is what `supports_dry_run: false` marks, as in a preview. */
  readonly runCommand?: RunCommand
}

export interface ActionLogEntry {
  readonly kind: ActionKind
  readonly category: string
  readonly option: string
  readonly status: 'done' | 'skipped' | 'failed'
  readonly summary: string
}

interface Applied {
  readonly actionLog: readonly ActionLogEntry[]
  /** What commands printed, at most 256 KiB. */
  readonly output: string
}

export type RecipeResult =
  | (Applied & {
      readonly ok: true
      readonly tree: FileTree
      /** To be carried out once the repository exists, in order. */
      readonly settings: readonly Setting[]
      /** Whether something was skipped that changes files when it is run. */
      readonly treeMayDiffer: boolean
    })
  | (Applied & { readonly ok: false; readonly fault: RecipeFault })

/**
 * Applies a recipe's actions in their order to a tree that `checkTree` found sound. Stops at the first fault, whose message
 * names the action by its number from 1, its option and its kind. The time limit of the whole is the caller's.
 */
export async function applyRecipe(tree: FileTree, actions: readonly RecipeAction[], options: RecipeOptions): Promise<RecipeResult> {
  if (actions.length > MAX_ACTIONS) {
    const message = `The recipe has ${actions.length} actions; ${MAX_ACTIONS} are allowed.`
    const { fault } = failed('too-many-actions', message, 'Choose fewer options, or join their actions.')
    return { ok: false, fault, actionLog: [], output: '' }
  }
  const actionLog: ActionLogEntry[] = []
  const settings: Setting[] = []
  let current = tree
  let output = ''
  let treeMayDiffer = false
  for (const [index, action] of actions.entries()) {
    const { kind, category, option } = action
    const isLeftOut = isSkipped(action, options)
    const result = isLeftOut ? { outcome: leaveOut(current, action), printed: '' } : await applyOne(current, action, options)
    output = appendOutput(output, result.printed)
    const { outcome } = result
    if (!outcome.ok) {
      const fault = { ...outcome.fault, message: `Action ${index + 1} (${category}/${option}, ${kind}): ${outcome.fault.message}` }
      actionLog.push({ kind, category, option, status: 'failed', summary: outcome.fault.message })
      return { ok: false, fault, actionLog, output }
    }
    actionLog.push({ kind, category, option, status: outcome.status, summary: outcome.summary })
    settings.push(...(outcome.settings ?? []))
    treeMayDiffer ||= isLeftOut
    current = outcome.tree
  }
  return { ok: true, tree: current, actionLog, settings, treeMayDiffer, output }
}

/** Settings are never left out: they change no file, and a preview must name them. */
function isSkipped({ kind, supports_dry_run }: RecipeAction, { runCommand }: RecipeOptions): boolean {
  const isSetting = SETTING_KINDS.some((setting) => setting === kind)
  return runCommand === undefined && !isSetting && (kind === 'RUN_BASH_TEMPLATE' || !supports_dry_run)
}

function leaveOut(tree: FileTree, action: RecipeAction): Outcome {
  const what = action.kind === 'RUN_BASH_TEMPLATE' ? `“${action.params.command}” is not run in a preview` : 'Not carried out in a preview'
  return skipped(tree, `${what}; the tree may differ.`)
}

interface OneResult {
  readonly outcome: Outcome
  readonly printed: string
}

async function applyOne(tree: FileTree, action: RecipeAction, { scene, runCommand }: RecipeOptions): Promise<OneResult> {
  if (action.kind !== 'RUN_BASH_TEMPLATE') return { outcome: applyAction(tree, action, scene), printed: '' }
  const { command } = action.params
  if (runCommand === undefined) return { outcome: leaveOut(tree, action), printed: '' }
  const result = await runCommand(command, tree)
  const printed = `$ ${command}\n${result.output}${result.output.endsWith('\n') || result.output === '' ? '' : '\n'}`
  return { outcome: judgeCommand(command, result), printed }
}

function judgeCommand(command: string, { tree, exitCode }: CommandResult): Outcome | Failed {
  if (exitCode !== 0) {
    return failed('command-failed', `“${command}” ended with exit code ${exitCode}.`, 'Its output is in the log of the run.')
  }
  // What a command leaves behind is as untrusted as a template.
  const [fault] = checkTree(tree)
  return fault === undefined ? { ok: true, tree, status: 'done', summary: `Ran “${command}”.` } : { ok: false, fault }
}
