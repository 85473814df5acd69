import type { CheckRun, Issue } from '@switchyard/local-github'
import { createLiveStage, type LiveStage, type LiveStageOptions } from './live-stage.ts'

export const PLANNED_IN = 'acme/team-shelf'
/** Where the example keeps its plan. */
export const PLAN_PATH = 'plans/reminders.md'

/** The plan example as it stands on GitHub when its README's set-up is done: label and milestone are there, the idea is issue 1. */
export function createPlanStage(options: Pick<LiveStageOptions, 'github' | 'runner'> = {}): Promise<LiveStage> {
  return createLiveStage('plan', {
    ...options,
    plan: 'team',
    async prepare({ maintainer }) {
      await maintainer.request('POST', `/repos/${PLANNED_IN}/labels`, { name: 'reminders', color: '0969da' })
      await maintainer.request('POST', `/repos/${PLANNED_IN}/milestones`, { title: 'Spring 2027' })
      await maintainer.openIssue(PLANNED_IN, {
        title: 'Idea: Remind people of what they have borrowed',
        body: 'Two loans in five come back late.',
      })
    },
  })
}

/** What a plan's issue is on GitHub now, by its key. @throws {Error} before it is made. */
export function getItem({ github: { world } }: Pick<LiveStage, 'github'>, key: string, repository = PLANNED_IN): Issue {
  const { id } = world.repository(repository)
  const mark = new RegExp(`^<!-- switchyard:plan item=\\S+ key=${key} -->`)
  const issue = [...world.state.issues.values()].find(({ repositoryId, body }) => repositoryId === id && mark.test(body ?? ''))
  if (issue === undefined) throw new Error(`${key} has no issue`)
  return issue
}

/** The idea's card. @throws {Error} before there is one. */
export function getCard({ commentsOf }: Pick<LiveStage, 'commentsOf'>, idea: number, repository = PLANNED_IN): string {
  const card = commentsOf(repository, idea).find((body) => body.startsWith('<!-- switchyard:plan card -->'))
  if (card === undefined) throw new Error(`#${idea} has no card`)
  return card
}

/** The newest check run `plan` that says something: of whatever pull request. */
export function findPlanCheck({ github: { world } }: Pick<LiveStage, 'github'>): CheckRun | undefined {
  return [...world.state.checkRuns.values()].findLast(({ name }) => name === 'plan')
}

/** The plan as it is edited in the example's README: other words, a story more, a task less. */
export async function editPlan(stage: Pick<LiveStage, 'git'>): Promise<string> {
  const text = await stage.git(PLANNED_IN, 'show', `main:${PLAN_PATH}`)
  const edited = text
    .replace('### Task: Answer the link {', '### Task: Let people choose without signing in {')
    .replace(/### Task: Show what a mail looks like [^]*?(?=## Story)/, '')
    .replace('## Story: Run it every morning', `${UNDELIVERED}$&`)
  return `${edited}\n`
}

const UNDELIVERED = `## Story: Notice what does not arrive {#undelivered}

### Task: Warn when the mail server refuses {#bounces}

Files: \`src/lib/mail/bounces.ts\`, \`tests/bounces.test.ts\`
Depends on: smtp

`
