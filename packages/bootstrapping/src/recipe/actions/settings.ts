import type { FileTree } from '../../tree/file-tree.ts'
import type { Done, Setting } from '../outcome.ts'

/** Keeps a setting for the time when the repository exists; the tree stays as it is. */
export function keepSetting(tree: FileTree, setting: Setting): Done {
  return { ok: true, tree, status: 'done', summary: `After the creation: ${describeSetting(setting)}.`, settings: [setting] }
}

/** What a setting does, as the end of a sentence. */
export function describeSetting(setting: Setting): string {
  switch (setting.kind) {
    case 'SET_TOPICS':
      return `sets the topics ${setting.params.topics.join(', ')}`
    case 'CREATE_LABELS':
      return `creates the labels ${setting.params.labels.map(({ name }) => name).join(', ')}`
    case 'CREATE_ENVIRONMENT':
      return `creates the environment ${setting.params.name}`
    case 'PROTECT_BRANCH':
      return `protects the branch ${setting.params.branch}`
  }
}
