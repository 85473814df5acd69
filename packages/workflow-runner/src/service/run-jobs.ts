import { UserError } from '@switchyard/core'
import { evaluateCondition, evaluateTemplate } from '../expressions/evaluate.ts'
import { toText, toTexts } from '../job/scope.ts'
import { addUpResults, findReady, type JobResult, type Needs, statusBefore } from '../plan/job-graph.ts'
import { type Combination, expandMatrix, renderCombination } from '../plan/matrix.ts'
import type { JobModel } from '../workflow/model.ts'
import { planContexts } from './contexts.ts'
import type { InstanceEnd } from './instance.ts'
import { runInstance } from './run-instance.ts'
import type { JobsEnd, JobsScope } from './run.ts'
import { reportUnrun } from './unrun.ts'

interface JobEnd {
  readonly result: JobResult
  readonly outputs: Readonly<Record<string, string>>
}

/** Runs the jobs of a workflow, each as soon as what it needs has ended. */
export async function runJobs(scope: JobsScope): Promise<JobsEnd> {
  const { jobs } = scope.prepared.model
  const needs: Needs = new Map([...jobs].map(([id, job]) => [id, job.needs]))
  const ends = new Map<string, JobEnd>()
  const begun = new Set<string>()
  const running = new Set<Promise<void>>()
  for (;;) {
    const results = new Map([...ends].map(([id, { result }]) => [id, result]))
    for (const id of findReady(needs, { begun, results })) {
      begun.add(id)
      const job = jobs.get(id)
      if (job === undefined) continue
      const status = statusBefore(id, needs, { results, cancelled: scope.cancel.aborted })
      const seen = planContexts(scope, Object.fromEntries(job.needs.map((other) => [other, ends.get(other)])))
      const turn: Turn = { job, contexts: seen, status }
      const ended: Promise<void> = runTurn(scope, turn).then((end) => {
        ends.set(id, end)
        running.delete(ended)
      })
      running.add(ended)
    }
    if (running.size === 0) break
    await Promise.race(running)
  }
  return { result: addUpResults([...ends.values()].map(({ result }) => result)), outputs: readCallOutputs(scope, ends) }
}

interface Turn {
  readonly job: JobModel
  readonly contexts: ReturnType<typeof planContexts>
  readonly status: ReturnType<typeof statusBefore>
}

/** A job whose turn has come: skipped, or all its combinations. What cannot be planned fails it with the reason. */
async function runTurn(scope: JobsScope, turn: Turn): Promise<JobEnd> {
  const { job, contexts, status } = turn
  try {
    if (!evaluateCondition(job.condition, { contexts, status })) {
      const result = scope.cancel.aborted ? 'cancelled' : 'skipped'
      reportUnrun(scope, job, { result })
      return { result, outputs: {} }
    }
    return await runCombinations(scope, turn)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    reportUnrun(scope, job, { result: 'failure', message: error.message })
    return { result: 'failure', outputs: {} }
  }
}

async function runCombinations(scope: JobsScope, { job, contexts }: Turn): Promise<JobEnd> {
  const { strategy } = job
  const combinations: readonly (Combination | undefined)[] =
    strategy?.matrix === undefined ? [undefined] : expandMatrix(evaluateTemplate(strategy.matrix, { contexts }))
  const setting = (template: NonNullable<typeof strategy>['failFast'], fallback: string): string =>
    template === undefined ? fallback : toText(evaluateTemplate(template, { contexts }))
  const failFast = setting(strategy?.failFast, 'true') !== 'false'
  const most = Number(setting(strategy?.maxParallel, String(combinations.length)))
  if (!(most > 0)) throw new UserError('STRATEGY_INVALID', '`max-parallel` must be a number greater than 0')
  const others = new AbortController()
  const cancel = AbortSignal.any([scope.cancel, others.signal])
  const ends = await inParallel(combinations, most, (combination, index): Promise<InstanceEnd> => {
    const strategyContext = { 'fail-fast': failFast, 'job-index': index, 'job-total': combinations.length, 'max-parallel': most }
    return runInstance({
      scope: { ...scope, cancel },
      job,
      suffix: combination === undefined ? '' : renderCombination(combination),
      contexts: { ...contexts, matrix: combination ?? null, strategy: strategyContext },
      runCalled: runJobs,
      onFailure: () => void (failFast && others.abort()),
    })
  })
  return {
    result: addUpResults(ends.map(({ result }) => result)),
    outputs: toTexts(Object.assign({}, ...ends.map(({ outputs }) => outputs))),
  }
}

async function inParallel<Item, Result>(
  items: readonly Item[],
  most: number,
  act: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  // All workers draw from one iterator, so that each item is taken once.
  const open = items.entries()
  const work = async (): Promise<void> => {
    for (const [index, item] of open) results[index] = await act(item, index)
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work))
  return results
}

function readCallOutputs(scope: JobsScope, ends: ReadonlyMap<string, JobEnd>): Readonly<Record<string, string>> {
  const { call } = scope.prepared.model
  if (call === undefined) return {}
  const jobs = Object.fromEntries([...ends].map(([id, { result, outputs }]) => [id, { result, outputs }]))
  const contexts = { ...planContexts(scope, {}), jobs }
  return Object.fromEntries([...call.outputs].map(([name, value]) => [name, toText(evaluateTemplate(value, { contexts }))]))
}
