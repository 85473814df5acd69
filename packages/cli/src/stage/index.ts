export * from './bootstrap-stage.ts'
export { createLiveStage, type LiveStage } from './live-stage.ts'
export { createPerson } from './person.ts'
