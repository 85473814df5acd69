import { GitHubError, JOB_MS, splitFullName, UserError } from '@switchyard/core'
import {
  classifyCandidates,
  type Classification,
  type DispatchAnswer,
  type StartWorkflow,
  translateDispatchAnswer,
} from '@switchyard/dispatching'
import type { GitHub } from '@switchyard/github'
import { dispatchWorkflow, readDispatchedRuns, type StartedRun } from '@switchyard/github/operations'
import type { Asked, Intent } from '@switchyard/ledger'
import { STEP_MS } from './limits.ts'
import type { Reach } from './reach.ts'
import { ToldRuns } from './told-runs.ts'

/** Waits between looks at the target's runs after an answer was lost, in ms: a run shows in the list a moment after it was made. */
const LOOKS_MS = [0, 500, 1_000, 2_000] as const
/** By when GitHub lists every run that was asked for before, in ms: nothing there by then was never started. */
const LISTED_AFTER_MS = 60_000

export interface StartPorts {
  readonly reach: Reach
  /** By GitHub's clock. */
  serverNow(): number
  sleep(ms: number): Promise<void>
}

/** Starts workflows, and finds out what became of a start whose answer nobody has. */
export function createStartHandler(ports: StartPorts): {
  apply(effect: StartWorkflow, intent: Intent<StartWorkflow>, beside: readonly string[]): Promise<DispatchAnswer>
  ask(effect: StartWorkflow, intent: Intent<StartWorkflow>): Promise<Asked<DispatchAnswer>>
} {
  let knowsRunDetails = true
  const told = new ToldRuns()

  const look = async (github: GitHub, effect: StartWorkflow, intentAt: number): Promise<Classification> => {
    const { repository, workflow } = placeOf(effect)
    const { runs, isComplete } = await readDispatchedRuns(github, { repository, workflow, since: intentAt - LISTED_AFTER_MS })
    const candidates = runs.map((run) => ({ ...run, runId: run.id, headBranch: run.headBranch ?? null }))
    const actor = candidates.length === 0 ? undefined : await readLogin(github)
    const found = classifyCandidates({ effect, intentAt, sentBefore: ports.serverNow(), candidates, actor, taken: told.runs })
    // A run that is not among the newest hundred may still be there.
    return found.kind === 'none' && !isComplete ? { kind: 'unclear', candidates: [] } : found
  }

  const send = async (github: GitHub, effect: StartWorkflow): Promise<StartedRun | undefined> => {
    const dispatch = { ...placeOf(effect), ref: effect.target.ref, inputs: effect.inputs }
    try {
      return await dispatchWorkflow(github, dispatch, knowsRunDetails)
    } catch (error) {
      // Enterprise Servers before 3.21 do not know the key; 400 proves that nothing started.
      if (!(error instanceof GitHubError) || error.code !== 'GITHUB_BAD_REQUEST' || !knowsRunDetails) throw error
      knowsRunDetails = false
      return dispatchWorkflow(github, dispatch, false)
    }
  }

  /** Looks a few times; a run that is found ends the search. */
  const search = async (github: GitHub, effect: StartWorkflow, intentAt: number): Promise<Classification> => {
    let last: Classification = { kind: 'none' }
    for (const wait of LOOKS_MS) {
      await ports.sleep(wait)
      last = await look(github, effect, intentAt)
      if (last.kind === 'found') return last
    }
    return last
  }

  const apply = async (effect: StartWorkflow, intent: Intent<StartWorkflow>, beside: readonly string[]): Promise<DispatchAnswer> => {
    const github = await ports.reach.findWriter(effect.target.repository, beside)
    if (github === undefined) return { kind: 'refused', reason: 'target-not-found' }
    try {
      const run = await send(github, effect)
      if (run !== undefined) return { kind: 'started', run: { run_id: run.id, url: run.url } }
      const found = await search(github, effect, intent.openedAt)
      return { kind: 'started', run: found.kind === 'found' ? found.run : null }
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      const meaning = translateDispatchAnswer(error)
      if (meaning !== 'ambiguous') return { kind: 'refused', reason: meaning.reason }
      const found = await search(github, effect, intent.openedAt)
      if (found.kind === 'found') return { kind: 'started', run: found.run }
      return { kind: 'unclear', candidates: found.kind === 'unclear' ? found.candidates : [] }
    }
  }

  const ask = async (effect: StartWorkflow, intent: Intent<StartWorkflow>): Promise<Asked<DispatchAnswer>> => {
    const github = await ports.reach.findWriter(effect.target.repository)
    if (github === undefined) return giveUp(effect, ports.serverNow() - intent.openedAt)
    await ports.sleep(Math.max(0, lastSendOf(intent, ports.serverNow()) + LISTED_AFTER_MS - ports.serverNow()))
    const found = await look(github, effect, intent.openedAt)
    switch (found.kind) {
      case 'found':
        return { kind: 'answered', answer: { kind: 'started', run: found.run } }
      case 'none':
        return { kind: 'not-started' }
      case 'unclear':
        return { kind: 'unclear', answer: { kind: 'unclear', candidates: found.candidates } }
    }
  }

  return {
    apply: (effect, intent, beside) => told.inTurn(effect, async () => told.note(await apply(effect, intent, beside), (answer) => answer)),
    ask: (effect, intent) =>
      told.inTurn(effect, async () =>
        told.note(await ask(effect, intent), (asked) => (asked.kind === 'answered' ? asked.answer : undefined)),
      ),
  }
}

/** An intent that no run can reach any more is for a person after so many ms. */
const GIVEN_UP_AFTER_MS = 72 * 60 * 60_000

/** @throws {UserError} while a run whose credentials reach further may still come. */
function giveUp(effect: StartWorkflow, age: number): Asked<DispatchAnswer> {
  if (age < GIVEN_UP_AFTER_MS) throw notReached(effect)
  return { kind: 'unclear', answer: { kind: 'unclear', candidates: [] } }
}

/**
 * By when whoever held the intent before can have sent at the latest: its step has an end, and it is dead now. A dispatch may
 * have been held back by a rate limit until then, so that when the intent was opened says too little.
 */
function lastSendOf({ previousLease, leaseUntil }: Intent<StartWorkflow>, now: number): number {
  return Math.min(now, (previousLease ?? leaseUntil) - JOB_MS + STEP_MS)
}

/** The intent stays open, for a run whose credentials reach further. */
function notReached({ target }: StartWorkflow): UserError {
  return new UserError(
    'TARGET_NOT_REACHED',
    `This run cannot see ${target.repository}, where an earlier one may have started a workflow.`,
    {
      hint: 'Give it the same `app-id` or `target-token` as the others.',
    },
  )
}

function placeOf({ target }: StartWorkflow): { readonly repository: { owner: string; name: string }; readonly workflow: string } {
  return { repository: splitFullName(target.repository), workflow: target.workflow.split('/').at(-1) ?? target.workflow }
}

/** Who sends our dispatches: GitHub shows a run's actor by login. */
async function readLogin(github: GitHub): Promise<string | undefined> {
  const { data } = await github.graphql('query { viewer { login } }', {}, { idempotent: true })
  const { viewer } = data
  return typeof viewer === 'object' && viewer !== null && 'login' in viewer && typeof viewer.login === 'string' ? viewer.login : undefined
}
