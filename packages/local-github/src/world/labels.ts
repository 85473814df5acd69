import { takeId, type WorldContext } from './context.ts'
import type { Label, Repository } from './types.ts'

/** The labels a new repository starts with. Source: docs.github.com, "Managing labels". */
const defaults: readonly (readonly [string, string, string])[] = [
  ['bug', 'd73a4a', "Something isn't working"],
  ['documentation', '0075ca', 'Improvements or additions to documentation'],
  ['duplicate', 'cfd3d7', 'This issue or pull request already exists'],
  ['enhancement', 'a2eeef', 'New feature or request'],
  ['good first issue', '7057ff', 'Good for newcomers'],
  ['help wanted', '008672', 'Extra attention is needed'],
  ['invalid', 'e4e669', "This doesn't seem right"],
  ['question', 'd876e3', 'Further information is requested'],
  ['wontfix', 'ffffff', 'This will not be worked on'],
]

/** The colour GitHub gives a label that an issue brings into being. */
const NEW_LABEL_COLOR = 'ededed'

export function addDefaultLabels(context: WorldContext, repository: Repository): void {
  for (const [name, color, description] of defaults) addLabel(context, repository, { name, color, description, isDefault: true })
}

export interface NewLabel {
  readonly name: string
  readonly color?: string | undefined
  readonly description?: string | undefined
  readonly isDefault?: boolean
}

export function addLabel(context: WorldContext, repository: Repository, wanted: NewLabel): Label {
  const label: Label = {
    id: takeId(context),
    repositoryId: repository.id,
    name: wanted.name,
    color: wanted.color ?? NEW_LABEL_COLOR,
    description: wanted.description,
    isDefault: wanted.isDefault ?? false,
  }
  context.state.labels.set(label.id, label)
  return label
}

export function labelsOf(context: WorldContext, repository: Repository): Label[] {
  return [...context.state.labels.values()].filter((label) => label.repositoryId === repository.id)
}

/** Label names compare without case. */
export function findLabel(context: WorldContext, repository: Repository, name: string): Label | undefined {
  return labelsOf(context, repository).find((label) => label.name.toLowerCase() === name.toLowerCase())
}

export function removeLabel(context: WorldContext, label: Label): void {
  context.state.labels.delete(label.id)
  for (const issue of context.state.issues.values()) issue.labelIds = issue.labelIds.filter((id) => id !== label.id)
}
