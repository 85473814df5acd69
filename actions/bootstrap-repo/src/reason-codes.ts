import type { ReasonCodeOf } from '@switchyard/core'
import type { PreflightCode, RejectionCode } from '@switchyard/bootstrapping'
import { LEDGER_REASONS, type LedgerCode } from '@switchyard/ledger'

const OF_LEDGER = {
  ...LEDGER_REASONS,
  'ledger-public': 'A public ledger, or the issues and logs of this public repository, would tell about a private one.',
} as const satisfies Record<ReasonCodeOf<LedgerCode>, string>

const PREFLIGHT_REASONS = {
  'name-taken': 'A repository of this name is there, and it is not ours.',
  'preflight-failed': 'Whether the name is free could not be found out.',
  'owner-not-found': 'There is no such account, or the token cannot see it.',
  'owner-forbidden': 'The owner does not let this credential make the repository.',
  'token-insufficient': 'The credential lacks a scope or permission; the message names it.',
  'signatures-required': 'The owner’s rules take signed commits only, which GitHub makes for an App alone.',
  'policy-unknown': 'The owner does not show its policy; GitHub decides.',
  'policy-blocks': 'The owner’s policy forbids it to members.',
} as const satisfies Record<ReasonCodeOf<PreflightCode>, string>

const REJECTION_REASONS = {
  'run-active': 'Another run for this repository goes on.',
  'cleanup-first': 'An earlier run left a repository over that has to be looked after first.',
  'run-cancelled': 'It was cancelled while the run was being prepared.',
  'approval-outdated': 'Something that was approved has changed since.',
  'template-moved': 'The template’s tag is another commit than when it was last used; `repin` takes it.',
  'too-many-starts': 'One person has started ten runs within an hour.',
  'nothing-to-clean-up': 'No run has left a repository over.',
  'not-confirmed': 'The repository to clean up was not named as it is called.',
} as const satisfies Record<ReasonCodeOf<RejectionCode>, string>

/** Every reason this action ends with, beside those that all actions share. */
export const REASON_CODES = {
  previewed: 'A preview was made; nothing was written but the preview itself.',
  'preview-with-errors': 'A preview was made, and names what stands against a run.',
  created: 'The repository is there, complete, with its receipt.',
  'already-created': 'This very request was carried out before.',
  failed: 'The run failed; nothing was made outside.',
  'failed-needs-cleanup': 'The run failed, and a repository was made that is not complete.',
  unfinished:
    'Whether a step was done is not known, since GitHub’s answers were lost; the next run, `recover` or a re-run finds out and ends it.',
  cancelled: 'The run was cancelled, or nothing ran.',
  recovered: 'Runs whose process was gone were brought to their end.',
  'nothing-to-recover': 'No run was left open.',
  'cleaned-up': 'What was left over was deleted, or is kept.',
  'cleanup-failed': 'What was left over could not be deleted; the message says why.',
  'no-drift': 'Every repository is what its receipt says, and up to date.',
  'drift-found': 'A repository differs from its receipt, or is behind.',
  'updates-opened': 'Pull requests with updates were opened.',
  'updates-known': 'Every update that is due was opened before, and is nobody’s to open again.',
  'update-failed': 'An update’s pull request could not be opened; the message says why.',
  'no-update-due': 'No repository is behind.',
  'not-compared': 'None of the repositories could be compared; the message names why.',
  'catalogue-sound': 'The catalogue has no fault, and every option applies to the template.',
  'catalogue-faulty': 'The catalogue has faults, or an option does not apply; each is annotated.',
  'token-fit': 'The credential can make repositories.',
  'token-unfit': 'The credential cannot make repositories; each reason is named.',
  commanded: 'The commands of the issue were carried out.',
  'commands-refused': 'A command was not understood or not allowed; the answer names it.',
  'not-for-us': 'The event asks for nothing of ours.',
  'nothing-new': 'Every command of the issue was handled before.',
  'request-invalid': 'What was asked for is not complete, or not allowed by the catalogue.',
  'catalog-not-found': 'The repository has no catalogue at `catalog-path`.',
  'catalog-unreadable': 'The catalogue is too large for GitHub to show, or no text.',
  'catalog-invalid': 'The catalogue has faults; each is annotated on its line.',
  'config-invalid': '`.github/switchyard.yml` has faults; nobody may command anything until they are mended.',
  'catalog-changed': 'The receipt’s catalogue is not in the history of `catalog-path`.',
  'recipe-failed': 'An action of the recipe does not apply to the template.',
  'role-required': 'Whoever started the workflow lacks the role that `.github/switchyard.yml` asks for.',
  'admin-required': 'An action of the recipe needs an admin of this repository.',
  'template-not-found': 'The template does not exist, or the credential cannot see it.',
  'template-tag-missing': 'The template has no such tag.',
  'template-too-many-files': 'The template has more than 5,000 files.',
  'template-too-large': 'The template is larger than 50 MB.',
  'template-submodule': 'The template has submodules.',
  'template-path-unsafe': 'A tree of the template holds a name that is a path, or a name twice.',
  'template-path-not-utf8': 'A path of the template is not UTF-8.',
  'template-unsafe': 'The template holds a path or link that is not safe.',
  'issue-not-found': 'The issue does not exist, or the token cannot see it.',
  'run-not-found': 'There is no failed run to retry.',
  'app-key-invalid': 'The `private-key` is not a private key.',
  'app-key-refused': 'GitHub does not accept the App with this key.',
  'app-permission-missing': 'The owner has not granted the App a permission that is needed.',
  'app-not-installed': 'The App is not installed at the owner.',
  'credential-missing': 'Neither `bootstrap-token` nor an App was given.',
  ...PREFLIGHT_REASONS,
  ...REJECTION_REASONS,
  ...OF_LEDGER,
} as const
