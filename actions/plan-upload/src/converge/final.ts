import { GitHubError, type SwitchyardError, UserError } from '@switchyard/core'
import type { ConvergeAnswer, Writer } from '@switchyard/planning'

/**
 * Whether trying again comes to the same until somebody mends something: a repository that is gone or archived, issues switched off,
 * consent or rights taken back. Everything else – no answer, a 5xx, a limit, a conflict – passes, and is gone on with.
 */
export function isFinal(error: unknown): error is UserError | GitHubError {
  return (error instanceof UserError || error instanceof GitHubError) && error.retryPolicy === 'after-change'
}

type Failed = Extract<ConvergeAnswer, { kind: 'failed' }>

export function toFailed({ code, message, hint }: SwitchyardError): Pick<Failed, 'kind' | 'code' | 'message' | 'hint'> {
  return { kind: 'failed', code, message, hint: hint ?? 'Mend it, and say it again.' }
}

/** Another token goes on than the one that began: it has to be written down before it makes anything. */
export class AnotherWriter extends UserError {
  readonly writer: Writer

  constructor(writer: Writer) {
    super('ANOTHER_WRITER', `${writer.login} goes on with what another token began.`, { retryPolicy: 'rerun' })
    this.writer = writer
  }
}
