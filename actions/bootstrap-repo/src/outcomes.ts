import type { Outcome } from '@switchyard/action'
import { endOf, headlineOf, type Progress, type ProgressEnd, type RejectionCode, renderProgress, type Run } from '@switchyard/bootstrapping'
import type { ReasonCodeOf, Rejection } from '@switchyard/core'
import type { Created } from './created.ts'
import type { REASON_CODES } from './reason-codes.ts'
import type { Spec } from './run.ts'

type ReasonCode = keyof typeof REASON_CODES

/** How a run that was asked for ended, as the step tells it. */
export function outcomeOfRun({ run, isNew }: Extract<Created, { kind: 'run' }>): Outcome<Spec> {
  const { plan, repository } = run
  const end = endOf(run)
  const about: Progress = {
    run_id: plan.run_id,
    owner: plan.owner,
    slug: plan.slug,
    template: `${plan.template_repo}@${plan.template_version}`,
    done: [],
    going: undefined,
    ...(end && { end }),
  }
  return {
    ...verdictOf(run, { isNew, end }),
    headline: plainHeadline(about),
    result: {
      run_id: plan.run_id,
      status: run.status,
      repository: repository?.full_name ?? null,
      needs_cleanup: run.needs_cleanup,
      error: run.error,
    },
    outputs: {
      'run-id': plan.run_id,
      'recipe-hash': plan.recipe_hash,
      'catalog-version': plan.catalog_version,
      'approval-hash': plan.approval_hash,
      ...(repository !== null && { repository: repository.full_name, 'repository-url': repository.url }),
    },
    summary: renderProgress(about),
  }
}

function verdictOf(
  run: Run,
  { isNew, end }: { readonly isNew: boolean; readonly end: ProgressEnd | undefined },
): Pick<Outcome<Spec>, 'decision' | 'reasonCode'> {
  switch (end?.kind) {
    case undefined:
      // Our own: an answer of GitHub's was lost, and its effect stays open.
      return isNew ? { decision: 'failed', reasonCode: 'unfinished' } : { decision: 'refused', reasonCode: 'run-active' }
    case 'succeeded':
      return isNew ? { decision: 'done', reasonCode: 'created' } : { decision: 'nothing-to-do', reasonCode: 'already-created' }
    case 'cancelled':
      return { decision: 'refused', reasonCode: 'cancelled' }
    case 'failed':
      return { decision: 'failed', reasonCode: run.needs_cleanup ? 'failed-needs-cleanup' : failureReason(run.error?.code) }
  }
}

const OWN_FAILURES: Readonly<Record<string, ReasonCode>> = { NAME_TAKEN: 'name-taken', OWNER_FORBIDDEN: 'owner-forbidden' }

function failureReason(code: string | undefined): ReasonCode {
  return OWN_FAILURES[code ?? ''] ?? 'failed'
}

/** Without pictures: it stands in logs. */
function plainHeadline(progress: Progress): string {
  const text = headlineOf(progress).replace(/^\S+ /, '')
  return progress.end?.kind === 'failed' ? `${text}: ${progress.end.error.message}` : text
}

/** A rule that says no is an answer, not an error. */
export function outcomeOfRejection({ code, message, hint }: Rejection['rejected']): Outcome<Spec> {
  return {
    decision: 'refused',
    reasonCode: REJECTED[code] ?? 'request-invalid',
    headline: `${message} ${hint}`,
    result: { code, message, hint },
    failed: true,
  }
}

const REJECTED: Readonly<Record<string, ReasonCode>> = {
  RUN_ACTIVE: 'run-active',
  CLEANUP_FIRST: 'cleanup-first',
  RUN_CANCELLED: 'run-cancelled',
  APPROVAL_OUTDATED: 'approval-outdated',
  TEMPLATE_MOVED: 'template-moved',
  TOO_MANY_STARTS: 'too-many-starts',
  NOTHING_TO_CLEAN_UP: 'nothing-to-clean-up',
  NOT_CONFIRMED: 'not-confirmed',
} as const satisfies Record<RejectionCode, ReasonCodeOf<RejectionCode>>
