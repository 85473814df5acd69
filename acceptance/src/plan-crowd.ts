import { sha256 } from '@switchyard/core'
import { Ledger } from '@switchyard/ledger'
import { type IdeaCommand, ideaSubject, planSha256 } from '@switchyard/planning'
import { planDecider } from '@switchyard/planning/records'
import { renderApplied } from '@switchyard/planning/tree'
import { openLedger } from './open-ledger.ts'
import { planOf } from './plan-files.ts'
import { type PlanStage, SHELF } from './plan-stage.ts'

/** An idea whose plan was made into issues that nobody has to make: only the ledger knows them. */
export interface CrowdIdea {
  readonly issue: number
  /** The issues of its one story's tasks. */
  readonly tasks: readonly number[]
  readonly target?: { readonly id: number; readonly repository: string }
}

/** How long ago they were made. */
const AGE_MS = 2 * 24 * 60 * 60_000

/** Writes many planned ideas into a stage's ledger at once. */
export async function seedIdeas({ github, tokenOf }: PlanStage, ideas: readonly CrowdIdea[]): Promise<void> {
  const { id } = github.world.repository(SHELF)
  const here = { id, repository: SHELF }
  const text = planOf(1, 1)
  const byIssue = new Map(ideas.map((idea) => [ideaSubject(id, idea.issue), idea]))
  const ledger = new Ledger({
    decider: planDecider,
    store: openLedger(github, { repository: SHELF, branch: 'switchyard/plan', token: tokenOf('maintainer') }),
    ports: { now: () => github.clock.now() - AGE_MS, random: Math.random, sleep: () => Promise.resolve() },
    run: { repository: SHELF, run_id: 1, run_attempt: 1, job: 'seed', url: 'https://example.test' },
    actor: { login: 'maintainer', kind: 'user' },
    leaseMs: 60_000,
    isAttemptCompleted: () => Promise.resolve(true),
    deadlineMs: 60_000,
  })
  const commands = ideas.flatMap(
    ({ issue, target, tasks }): readonly { subject: string; command: IdeaCommand; idempotencyKey: string }[] => {
      const asked = {
        asker: { login: `owner-${issue}`, isMaintainer: true },
        issue: { number: issue, title: `Idea ${issue}`, owner: undefined },
      }
      const plan = { text, title: `Plan ${issue}`, stories: 1, tasks: 1, source: { kind: 'issue' } } as const
      const keys = tasks.map((number) => ({ key: `task-${number}`, parent: undefined, level: 'epic' }) as const)
      const subject = ideaSubject(id, issue)
      return [
        { subject, command: { kind: 'upload', plan, ...asked }, idempotencyKey: `upload ${issue}` },
        {
          subject,
          command: {
            kind: 'materialise',
            target: target ?? here,
            planSha256: planSha256(text),
            hash: undefined,
            writer: undefined,
            keys,
            allowMentions: false,
            ...asked,
          },
          idempotencyKey: `materialise ${issue}`,
        },
      ]
    },
  )
  await ledger.perform({
    requests: commands,
    handlers: {
      apply(_, { subject }) {
        const tasks = byIssue.get(subject)?.tasks ?? []
        const applied = tasks.map((number) => ({
          key: `task-${number}`,
          parent: undefined,
          level: 'epic' as const,
          number,
          title: `Task ${number}`,
          sha256: sha256(''),
          dependsOn: [],
          hasOwnId: true,
          isDropped: false,
        }))
        const items = Object.fromEntries(tasks.map((number) => [`task-${number}`, number]))
        const counts = { created: tasks.length, changed: 0, conflicts: 0 }
        return Promise.resolve({ kind: 'converged', applied: renderApplied(applied), items, ...counts })
      },
      ask: () => Promise.reject(new Error('Nobody died')),
    },
  })
}
