import type { Outcome } from '@switchyard/action'
import type { Visibility } from '@switchyard/bootstrapping'
import { type Drift, isUpdateDue, renderDrift } from '@switchyard/bootstrapping/recipe'
import { escapeMarkdown, inlineCode } from '@switchyard/core'
import type { PlannedUpdate } from './plan-update.ts'
import type { Spec } from './run.ts'

/** A repository that was looked at; its files are not kept. */
export interface Seen {
  readonly id: number
  readonly fullName: string
  readonly visibility: Visibility
  readonly drift: Drift
  /** What commands made of it when it was made, nobody can tell from what people changed since. */
  readonly runsCommands: boolean
  /** Set where an update is asked for and due. */
  readonly planned: PlannedUpdate | undefined
}

/** A repository that could not be looked at, and why. */
export interface Unseen {
  readonly repository: string
  readonly message: string
}

export interface Looked {
  readonly seen: readonly Seen[]
  readonly unseen: readonly Unseen[]
}

/** Most changed files of one repository in the step's result. */
const MAX_FILES = 100

/** How `drift` ends: moving apart is no failure, comparing nothing is. */
export function reportDrift(looked: Looked): Outcome<Spec> {
  const { seen, unseen } = looked
  const found = seen.filter(({ drift }) => isUpdateDue(drift) || drift.files.length > 0)
  const blind = seen.length === 0 && unseen.length > 0
  return {
    decision: blind ? 'failed' : 'done',
    reasonCode: blind ? 'not-compared' : found.length > 0 ? 'drift-found' : 'no-drift',
    headline: `${found.length} of ${countOf(seen)} ${found.length === 1 ? 'has' : 'have'} moved away from what they were made from${tellUnseen(looked)}.`,
    result: { repositories: seen.map(toResult), not_compared: toUnseenResult(unseen) },
    summary: renderLooked(looked),
  }
}

export function countOf(seen: readonly Seen[]): string {
  return seen.length === 1 ? '1 repository' : `${seen.length} repositories`
}

export function tellUnseen({ unseen }: Looked): string {
  return unseen.length === 0
    ? ''
    : `; ${unseen.length} could not be compared: ${unseen[0]?.repository ?? ''}: ${unseen[0]?.message.replace(/\.$/, '') ?? ''}`
}

export function toUnseenResult(unseen: readonly Unseen[]): { repository: string; message: string }[] {
  return unseen.map(({ repository, message }) => ({ repository, message }))
}

function toResult({ drift: { repository, files, template, isCatalogueNewer, isRecipeNewer }, runsCommands }: Seen) {
  return {
    repository,
    template: template === null ? null : { from: template.from, to: template.to },
    catalogue_newer: isCatalogueNewer,
    recipe_newer: isRecipeNewer,
    runs_commands: runsCommands,
    changed_files: files.length,
    files: files.slice(0, MAX_FILES).map(({ path, drift }) => ({ path, drift })),
  }
}

/** The table of what was compared, and the list of what was not. */
export function renderLooked({ seen, unseen }: Looked): string {
  const commands = seen.filter(({ runsCommands, drift }) => runsCommands && drift.files.length > 0)
  return [
    renderDrift(seen.map(({ drift }) => drift)),
    ...(commands.length === 0
      ? []
      : [
          `\nFiles that commands of the recipe changed when it ran count as changed: ${commands.map(({ fullName }) => inlineCode(fullName)).join(', ')}.\n`,
        ]),
    ...(unseen.length === 0
      ? []
      : [
          `\n### Not compared\n\n${unseen.map(({ repository, message }) => `- ${inlineCode(repository)}: ${escapeMarkdown(message)}`).join('\n')}\n`,
        ]),
  ].join('')
}
