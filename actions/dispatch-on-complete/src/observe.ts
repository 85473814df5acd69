import { toRunRef } from '@switchyard/action'
import { hashOf, type RunRef, splitFullName } from '@switchyard/core'
import { type DispatchDecider, dispatchRules, startedDocument, subjectOf } from '@switchyard/dispatching'
import { type Clients, type RepositoryName, selectRepository } from '@switchyard/github'
import { type LedgerOf, loadBeside, type LoadedOf, type LoadWanted, openGithubLedger } from '@switchyard/ledger'
import type { CompletedEvent } from './event.ts'
import { STEP_MS } from './limits.ts'
import { checkInputs } from './check-inputs.ts'
import type { Arguments } from './run.ts'

export type DispatchLedger = LedgerOf<DispatchDecider>
export type DispatchLoaded = LoadedOf<DispatchDecider>

export const CONFIG_PATHS = ['.github/dispatching.yml', 'dispatching.yml'] as const

export interface Observed extends Pick<Clients, 'github' | 'options'> {
  readonly event: CompletedEvent
  readonly ledger: DispatchLedger
  readonly loaded: DispatchLoaded
  readonly subject: string
  /** What the ledger was asked for. */
  readonly wanted: LoadWanted
  readonly idempotencyKey: string
  readonly run: RunRef
  readonly sourceWanted: RepositoryName & { readonly files: readonly string[] }
  /** The source's answer, not narrowed yet. */
  readonly source: unknown
}

/** The first round trip: the source's file and what the ledger knows of the run, in one query. */
export async function observe(
  given: Arguments,
  { event, clients }: { readonly event: CompletedEvent; readonly clients: Clients },
): Promise<Observed> {
  const { inputs, context } = given
  checkInputs(inputs)
  const { github, options, beside: other } = clients
  const run = toRunRef(context)
  const ledger: DispatchLedger = openGithubLedger({
    early: dispatchRules,
    readDecider: async () => (await import('@switchyard/dispatching/records')).dispatchDecider,
    given,
    clients,
    run,
    actor: { login: context.actor, kind: 'system' },
    deadlineMs: STEP_MS,
  })
  const subject = subjectOf(context.repository.id, event.runId)
  // Two steps of one job, or two legs of its matrix, that are asked for different things are two requests.
  const idempotencyKey = `complete ${subject} ${run.repository} ${run.run_id} ${run.run_attempt} ${run.job} ${hashOf({ ...inputs }).slice(0, 12)}`
  const wanted = {
    subjects: [subject],
    idempotencyKeys: [idempotencyKey],
    documents: [startedDocument(context.repository.id, event.runId)],
  }
  const sourceWanted = {
    ...splitFullName(context.repository.fullName),
    files: inputs.configPath === undefined ? CONFIG_PATHS : [inputs.configPath],
  }
  const { loaded, beside: source } = await loadBeside(ledger, wanted, { beside: selectRepository('source', sourceWanted), other })
  return { event, github, options, ledger, loaded, source, subject, wanted, idempotencyKey, run, sourceWanted }
}
