import { isSameRepository, splitFullName } from '@switchyard/core'
import type { DispatchState } from '@switchyard/dispatching'
import { collectResults, previewResults, type TargetResult } from '@switchyard/dispatching/render'
import type { RepositoryFacts } from '@switchyard/github/operations'
import { refusePublicLedger } from '@switchyard/ledger'
import type { RunDecision } from './decide-run.ts'
import { createHandlers } from './handlers.ts'
import { readVisibility } from './issue-place.ts'
import type { DispatchLoaded, Observed } from './observe.ts'
import type { Reach } from './reach.ts'
import { sayable } from './recover.ts'
import type { Arguments } from './run.ts'

export interface Performed {
  readonly results: readonly TargetResult[]
  /** Whether this run recorded anything. */
  readonly isNew: boolean
}

interface Given {
  readonly observed: Observed
  readonly reach: Reach
  readonly source: RepositoryFacts
  readonly decision: RunDecision
  readonly loaded: DispatchLoaded
}

/** Records and carries out what was decided: intents, dispatches, outcomes, issues. A dry run only says what it would do. */
export async function performRun(given: Arguments, { observed, reach, source, decision, loaded }: Given): Promise<Performed> {
  const { inputs, context, io } = given
  if (inputs.dryRun) return { results: previewResults(decision.targets), isNew: false }
  const { ledger, subject, idempotencyKey } = observed
  refusePublicLedger({
    place: ledger.place,
    isLedgerPublic: loaded.isPublic,
    privateTargets: [
      source,
      ...decision.targets.map(({ target }) => ({ visibility: target.visibility, nameWithOwner: target.repository })),
    ].flatMap(({ visibility, nameWithOwner }) => (visibility === 'public' || visibility === null ? [] : [nameWithOwner])),
    isAllowed: inputs.allowPublicLedger,
  })
  const before: DispatchState = loaded.getState(subject)
  const dispatches = decision.targets.flatMap((target) => (target.kind === 'dispatch' ? [target.target.repository] : []))
  // Whoever starts workflows is known before the intents are written: a key that is refused leaves nothing behind.
  await Promise.all([...new Set(dispatches)].map((repository) => reach.findWriter(repository, dispatches)))
  const issueRepository = inputs.issueRepository ?? context.repository.fullName
  const visibility = isSameRepository(issueRepository, source.nameWithOwner)
    ? source.visibility
    : await readVisibility(observed.github, splitFullName(issueRepository))
  const performed = await ledger.perform({
    handlers: createHandlers(given, { observed, reach, targets: dispatches }),
    loaded,
    maxParallel: inputs.maxParallel,
    requests: [
      {
        subject,
        idempotencyKey,
        correlationId: decision.chain.correlation_id,
        command: {
          kind: 'complete',
          source: decision.source,
          targets: decision.targets,
          issues: { create: inputs.createIssues, repository: issueRepository, visibility },
        },
      },
    ],
  })
  for (const { intent, error } of performed.failures) {
    io.annotate({ level: 'warning', message: `${intent.effect.kind} stays open for recovery: ${sayable(intent.effect, error)}` })
  }
  const [result] = performed.results
  const after = result?.state ?? before
  const ours = new Set(
    (result === undefined || !('events' in result) ? [] : result.events).flatMap((event) =>
      event.type === 'dispatch.requested' ? [event.data.key] : [],
    ),
  )
  const isNew = result?.kind === 'done' && result.events.length > 0
  return { results: collectResults({ source: decision.source, decided: decision.targets, ours, after }), isNew }
}
