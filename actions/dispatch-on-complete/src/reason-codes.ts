import type { ReasonCodeOf } from '@switchyard/core'
import type { Reason } from '@switchyard/dispatching'
import { LEDGER_REASONS, type LedgerCode } from '@switchyard/ledger'

/** Why a target was not dispatched to, for the table in the README; the message of a refusal says what to do. */
const REASONS = {
  'conclusion-not-selected': 'Skipped: the run did not end with a conclusion that the rule names.',
  'branch-not-selected': 'Skipped: the run’s branch does not match the rule’s `branches`.',
  'event-not-selected': 'Skipped: the run’s event is not one that the rule names.',
  'from-fork': 'Skipped: the run is of a fork’s commit, and `allow-forks` is not set.',
  'already-dispatched': 'Skipped: this run was dispatched to that target before.',
  'target-not-found': 'Failed: the target does not exist, or the token cannot see it.',
  'no-inbound-config': 'Denied: the target has no `dispatching.yml`.',
  'invalid-inbound-config': 'Denied: the target’s `dispatching.yml` does not parse.',
  'not-allowed': 'Denied: no inbound rule of the target allows this source and workflow.',
  'ref-not-allowed': 'Denied: the target does not let the source choose this ref.',
  'inputs-not-allowed': 'Denied: the target does not let the source set these inputs.',
  loop: 'Denied: the dispatch would close a cycle.',
  'too-deep': 'Denied: the chain of dispatches is longer than `max-depth`.',
  'target-archived': 'Failed: the target is archived, and GitHub starts nothing there.',
  'workflow-not-found': 'Failed: the target has no such workflow in its default branch.',
  'no-workflow-dispatch-trigger': 'Failed: the workflow has no `workflow_dispatch` trigger.',
  'workflow-disabled': 'Failed: the workflow is disabled.',
  'ref-not-found': 'Failed: the target has no such branch or tag.',
  'unexpected-inputs': 'Failed: the inputs are not those that the workflow declares.',
  'not-permitted': 'Failed: the token may not start workflows there.',
  'rate-limited': 'Failed: a rate limit was used up for longer than the step may last.',
  'github-unreachable': 'Failed: GitHub could not be reached.',
  'dispatch-refused': 'Failed: GitHub refused the dispatch for a reason of its own.',
  'needs-attention': 'Failed: GitHub’s answer was lost, and the target’s runs do not tell whether one was started.',
} as const satisfies Record<Reason, string>

const OF_LEDGER = {
  ...LEDGER_REASONS,
  'ledger-public': 'A public ledger would tell about private targets.',
} as const satisfies Record<ReasonCodeOf<LedgerCode>, string>

/** Every reason this action ends with, beside those that all actions share. */
export const REASON_CODES = {
  dispatched: 'At least one workflow was started, and no target failed.',
  'no-rule': 'No outbound rule is for the completed workflow.',
  'no-config': 'The repository has no `dispatching.yml`.',
  'not-a-completed-run': 'The event does not tell of a completed workflow run.',
  'config-invalid': 'The repository’s `dispatching.yml` has faults; each is annotated on its line.',
  'source-not-seen': 'The token cannot read this repository.',
  'no-cross-repository-token': 'A target is in another repository, and no `target-token` or App was given.',
  'app-key-invalid': 'The `private-key` is not a private key.',
  'app-permission-missing': 'The owner has not granted the App a permission that is needed.',
  'issue-repository-not-found': 'The `issue-repository` does not exist, or the token cannot see it.',
  ...REASONS,
  ...OF_LEDGER,
} as const
