import { type ActionContext, askersOf } from '@switchyard/action'
import { type Asker, type IdeaIssue, rejectStranger } from '@switchyard/planning'
import { judgeAsker, type Judging } from './rules.ts'

type Started = Pick<ActionContext, 'eventName' | 'actor' | 'triggeringActor'>

/** Who started the run and who this attempt; nobody where a schedule did: whom GitHub names with it changed the workflow last. */
export function startersOf(started: Started): readonly string[] {
  return started.eventName === 'schedule' ? [] : askersOf(started)
}

/**
 * The token of a workflow's own job: with it nobody but a workflow of this very repository starts another one. Source: GitHub docs,
 * "GITHUB_TOKEN", which starts runs by `workflow_dispatch` and `repository_dispatch` alone.
 */
const REVIEWER: Asker = { login: 'github-actions[bot]', isMaintainer: true }

/** Whether a program of this repository posts what it found of a plan: all that such a token may do with an idea. */
function isOwnReviewer({ eventName }: Started, { login, command }: Pick<Judging, 'login' | 'command'>): boolean {
  return command === 'plan review' && eventName === 'workflow_dispatch' && login === REVIEWER.login
}

/** For whom a run acts: each of its starters needs the right, so the first that lacks it is who asks, else the last. */
export async function judgeStarters(started: Started, asking: Omit<Judging, 'login'> & { readonly issue: IdeaIssue }): Promise<Asker> {
  const askers = await Promise.all(
    startersOf(started).map(async (login) => (isOwnReviewer(started, { ...asking, login }) ? REVIEWER : judgeAsker({ ...asking, login }))),
  )
  const stranger = askers.find((asker) => rejectStranger(asker, asking.issue) !== undefined)
  return stranger ?? askers.at(-1) ?? { login: started.actor, isMaintainer: true }
}
