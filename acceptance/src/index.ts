export { createDispatchStage, type DispatchStage, type DispatchStageOptions, type Play } from './dispatch-stage.ts'
export { MAINTAINER, OWNER } from './names.ts'
export { openLedger } from './open-ledger.ts'
export { type BootstrapPlay, type BootstrapStage, type BootstrapStageOptions, CONTROL, createBootstrapStage, TEMPLATE } from './bootstrap-stage.ts'
