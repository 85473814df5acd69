import type {
  Account,
  App,
  CheckRun,
  CheckSuite,
  Comment,
  Environment,
  Installation,
  Issue,
  Label,
  Milestone,
  Organization,
  PullRequest,
  Reaction,
  Release,
  Repository,
  Setting,
  Token,
  Workflow,
  WorkflowJob,
  WorkflowRun,
} from './types.ts'

/** Everything but git: plain tables by id, so that a snapshot is their JSON. */
export interface WorldState {
  nextId: number
  readonly accounts: Map<number, Account>
  readonly organizations: Map<number, Organization>
  readonly repositories: Map<number, Repository>
  readonly apps: Map<number, App>
  readonly installations: Map<number, Installation>
  readonly tokens: Map<string, Token>
  readonly labels: Map<number, Label>
  readonly milestones: Map<number, Milestone>
  readonly issues: Map<number, Issue>
  /** By the id of their issue. */
  readonly pulls: Map<number, PullRequest>
  readonly comments: Map<number, Comment>
  readonly reactions: Map<number, Reaction>
  readonly checkSuites: Map<number, CheckSuite>
  readonly checkRuns: Map<number, CheckRun>
  readonly workflows: Map<number, Workflow>
  readonly runs: Map<number, WorkflowRun>
  readonly jobs: Map<number, WorkflowJob>
  readonly settings: Map<string, Setting>
  readonly releases: Map<number, Release>
  readonly environments: Map<number, Environment>
}

export function emptyState(): WorldState {
  return {
    nextId: 1001,
    accounts: new Map(),
    organizations: new Map(),
    repositories: new Map(),
    apps: new Map(),
    installations: new Map(),
    tokens: new Map(),
    labels: new Map(),
    milestones: new Map(),
    issues: new Map(),
    comments: new Map(),
    reactions: new Map(),
    checkSuites: new Map(),
    checkRuns: new Map(),
    workflows: new Map(),
    runs: new Map(),
    jobs: new Map(),
    settings: new Map(),
    releases: new Map(),
    pulls: new Map(),
    environments: new Map(),
  }
}
