export * from './bootstrap-stage.ts'
export { fillIssueForm } from './fill-issue-form.ts'
export { createLiveStage, type LiveStage } from './live-stage.ts'
export { createPerson } from './person.ts'
