import { type ActionContext, askersOf } from '@switchyard/action'
import { type Asker, type IdeaIssue, rejectStranger } from '@switchyard/planning'
import { judgeAsker, type Judging } from './rules.ts'

type Started = Pick<ActionContext, 'eventName' | 'actor' | 'triggeringActor'>

/** Who started the run and who this attempt; nobody where a schedule did: whom GitHub names with it changed the workflow last. */
export function startersOf(started: Started): readonly string[] {
  return started.eventName === 'schedule' ? [] : askersOf(started)
}

/** For whom a run acts: each of its starters needs the right, so the first that lacks it is who asks, else the last. */
export async function judgeStarters(started: Started, asking: Omit<Judging, 'login'> & { readonly issue: IdeaIssue }): Promise<Asker> {
  const askers = await Promise.all(startersOf(started).map((login) => judgeAsker({ ...asking, login })))
  const stranger = askers.find((asker) => rejectStranger(asker, asking.issue) !== undefined)
  return stranger ?? askers.at(-1) ?? { login: started.actor, isMaintainer: true }
}
