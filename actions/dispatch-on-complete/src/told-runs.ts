import type { DispatchAnswer, StartWorkflow } from '@switchyard/dispatching'

/**
 * Which runs have been told apart already. Dispatches of one workflow on one ref show alike in a list of runs, so they go one
 * after another, and a run that was one's answer is never taken for another's.
 */
export class ToldRuns {
  readonly runs = new Set<number>()
  readonly #turns = new Map<string, Promise<unknown>>()

  inTurn<Result>({ target }: StartWorkflow, act: () => Promise<Result>): Promise<Result> {
    const place = `${target.repository_id} ${target.workflow.toLowerCase()} ${target.ref}`
    const turn = (this.#turns.get(place) ?? Promise.resolve()).then(act, act)
    this.#turns.set(
      place,
      turn.catch(() => undefined),
    )
    return turn
  }

  /** Keeps the run that an answer names. */
  note<Result>(result: Result, answerOf: (result: Result) => DispatchAnswer | undefined): Result {
    const answer = answerOf(result)
    if (answer?.kind === 'started' && answer.run !== null) this.runs.add(answer.run.run_id)
    return result
  }
}
