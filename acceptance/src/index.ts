export { createDispatchStage, type DispatchStage, type DispatchStageOptions, type Play } from './dispatch-stage.ts'
export { MAINTAINER, OWNER } from './names.ts'
export { openLedger } from './open-ledger.ts'
export { FORM_BODY } from './bootstrap-files.ts'
export {
  type BootstrapPlay,
  type BootstrapStage,
  type BootstrapStageOptions,
  CONTROL,
  createBootstrapStage,
  type SavedStage,
  TEMPLATE,
} from './bootstrap-stage.ts'
export {
  type BootstrapEnding,
  CATALOGUE_WITH_SETTINGS,
  endOf,
  listTree,
  lookAtEnding,
  previewShop,
  readLedger,
  REQUEST,
  type RunSeen,
  saveShop,
  type ShopWishes,
} from './bootstrap-shop.ts'
export { FINISHES, type Kill, type Killed, runKilled } from './bootstrap-killing.ts'
export { createPlanter, type Planter, type RawEntry } from './plant-tree.ts'
export { readFileTree } from './read-file-tree.ts'
export { refusalOf, refusedBy, tracesOf, type Tried, tryBoth } from './refusals.ts'
export * from './upkeep-scene.ts'
