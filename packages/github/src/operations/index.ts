// What doors do on GitHub, with answers narrowed by schemas: loads zod, so import it when the first request is on its way.
export * from './check-runs.ts'
export * from './issue-conversation.ts'
export * from './issues.ts'
export * from './repository-facts.ts'
export * from './workflow-runs.ts'
