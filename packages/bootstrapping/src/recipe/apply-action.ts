import type { ActionStep } from '../catalogue/action-shapes.ts'
import type { Scene } from '../model.ts'
import type { FileTree } from '../tree/file-tree.ts'
import { addDependency } from './actions/add-dependency.ts'
import { allowDispatch } from './actions/allow-dispatch.ts'
import { appendToFile } from './actions/append-to-file.ts'
import { copyFile } from './actions/copy-file.ts'
import { createAdrStub } from './actions/create-adr-stub.ts'
import { deleteFile, renameFile } from './actions/move-file.ts'
import { renderFile } from './actions/render-file.ts'
import { replaceString } from './actions/replace-string.ts'
import { keepSetting } from './actions/settings.ts'
import { writeContent } from './actions/write-file.ts'
import type { Outcome } from './outcome.ts'

/** Every action but the command, which needs a machine. */
export type PureStep = Exclude<ActionStep, { readonly kind: 'RUN_BASH_TEMPLATE' }>

/** One action on one tree: the same in a preview as in a run. */
export function applyAction(tree: FileTree, step: PureStep, scene: Scene): Outcome {
  switch (step.kind) {
    case 'COPY_FILE':
      return copyFile(tree, step.params)
    case 'WRITE_FILE':
      return writeContent(tree, step.params)
    case 'APPEND_TO_FILE':
      return appendToFile(tree, step.params)
    case 'REPLACE_STRING':
      return replaceString(tree, step.params)
    case 'CREATE_ADR_STUB':
      return createAdrStub(tree, step.params, scene)
    case 'ADD_DEPENDENCY':
      return addDependency(tree, step.params)
    case 'DELETE_FILE':
      return deleteFile(tree, step.params)
    case 'RENAME_FILE':
      return renameFile(tree, step.params)
    case 'RENDER_FILE':
      return renderFile(tree, step.params, scene)
    case 'ALLOW_DISPATCH':
      return allowDispatch(tree, step.params)
    case 'SET_TOPICS':
    case 'CREATE_LABELS':
    case 'CREATE_ENVIRONMENT':
    case 'PROTECT_BRANCH':
      return keepSetting(tree, step)
  }
}
