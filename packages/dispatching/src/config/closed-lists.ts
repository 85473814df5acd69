/** How GitHub says a workflow run ended. */
export const CONCLUSIONS = [
  'success',
  'failure',
  'cancelled',
  'skipped',
  'timed_out',
  'action_required',
  'neutral',
  'stale',
  'startup_failure',
] as const

/** Events that only people with write access can cause: a rule that names no events is for these. */
export const TRUSTED_EVENTS = [
  'push',
  'schedule',
  'workflow_dispatch',
  'repository_dispatch',
  'release',
  'create',
  'delete',
  'merge_group',
  'deployment',
  'deployment_status',
] as const

/** Events that strangers can cause, or that say nothing of who caused them: a rule must name them. */
const OTHER_EVENTS = [
  'branch_protection_rule',
  'check_run',
  'check_suite',
  'discussion',
  'discussion_comment',
  'fork',
  'gollum',
  'image_version',
  'issue_comment',
  'issues',
  'label',
  'member',
  'milestone',
  'page_build',
  'public',
  'pull_request',
  'pull_request_comment',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_target',
  'registry_package',
  'status',
  'watch',
  'workflow_run',
] as const

export const EVENTS = [...TRUSTED_EVENTS, ...OTHER_EVENTS] as const
