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
export { HOTFIX, INVENTORY, inventoryOf, releaseOf } from './release-files.ts'
export { createBegunStage, createHotfixStage } from './begun-stage.ts'
export { createReleaseStage, PLATFORM, type ReleasePlay, type ReleaseStage, type ReleaseStageOptions } from './release-stage.ts'
export { createPlanter, type Planter, type RawEntry } from './plant-tree.ts'
export { hearRuns } from './hear-runs.ts'
export { findAlive } from './inert.ts'
export { flip, lookAtRelease, type ReleaseSeen, tickedIn } from './release-watch.ts'
export { playKilled } from './play-killed.ts'
export { lookAtPlan, type PlanEnding } from './plan-ending.ts'
export { readFileTree } from './read-file-tree.ts'
export { refusalOf, refusedBy, tracesOf, type Tried, tryBoth } from './refusals.ts'
export * from './upkeep-scene.ts'
export { openPull, type NewPull, type OpenPull } from './open-pull.ts'
export { planOf, SMALL_PLAN } from './plan-files.ts'
export { createPlanStage, type PlanPlay, type PlanStage, type PlanStageOptions, SHELF } from './plan-stage.ts'
export { sample } from './sample.ts'
