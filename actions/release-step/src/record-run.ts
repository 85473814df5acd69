import type { Outcome } from '@switchyard/action'
import { escapeMarkdown, inlineCode, renderLink, type SwitchyardError, toSwitchyardError } from '@switchyard/core'
import { addressOf, customerSubject, matrixDocument, releaseSubject } from '@switchyard/releasing'
import { isDone as isStepDone } from '@switchyard/releasing/render'
import { changesOf } from './answers.ts'
import type { Door, ReleaseLoaded } from './door.ts'
import { drawRelease, type Picture, pictureOf, warn } from './draw-release.ts'
import { outcomeOfRejection } from './outcomes.ts'
import type { Spec } from './inputs.ts'
import { endOf, type RunEnd } from './run-end.ts'
import type { Asked } from './run-step.ts'
import { summarise } from './summarise.ts'
import { type GroupResult, transact } from './transact.ts'

/** Why what ended well is not done. */
function whyOpen(now: Picture | undefined): string {
  return now?.release.status === 'archived'
    ? 'the release was archived while it ran, which is final; its end is recorded'
    : 'its content was changed while it ran. Read it with /step show, and run it again or do it by hand'
}

interface Ended {
  readonly ended: number | 'timed-out'
  /** Of the content that ran. */
  readonly sha256: string
}

/** Writes down what a run came to, and tells whoever asked; exit code 0 is done. */
export async function recordRun(door: Door, asked: Asked, { ended, sha256 }: Ended): Promise<Outcome<Spec>> {
  const { slug, step, customer, observation } = asked
  const end = endOf(ended)
  const { exitCode, words } = end
  const { result, before, loaded } = await write(door, asked, { ...end, sha256 }).catch(async (error: unknown) => {
    await tellNotRecorded(door, asked, { words, error: toSwitchyardError(error) })
    throw error
  })
  if (result?.kind === 'rejected') {
    const { message } = result.rejection
    await tell(door, asked, { words: `it ${words}`, more: `, which could not be recorded: ${escapeMarkdown(message)}` })
    return outcomeOfRejection(result.rejection, { slug, loaded })
  }
  const { board } = await drawRelease(door, { slug, loaded, control: observation.control, before: pictureOf(before, slug) })
  const now = pictureOf(loaded, slug)
  const isDone = exitCode === 0 && now !== undefined && isStepDone(now.matrix, { address: addressOf(customer), step })
  const why = exitCode === 0 ? whyOpen(now) : 'mend the cause, and run it again or do it by hand'
  await tell(door, asked, {
    words: `${isDone ? '✅' : '❌'} it ${words}`,
    more: isDone ? ', and is done.' : `. Nothing is marked: ${why}.`,
  })
  const changes = result === undefined ? [] : changesOf(result.events)
  const outcome = summarise({ slug, loaded, changes, refused: [], isDryRun: false, board })
  if (isDone) return outcome
  const headline = `${step} for ${addressOf(customer)} ${words}; its status stays as it was.`
  return { ...outcome, decision: 'failed', reasonCode: 'step-failed', headline }
}

async function write(
  door: Door,
  { slug, step, customer, login }: Asked,
  { exitCode, conclusion, sha256 }: RunEnd & Pick<Ended, 'sha256'>,
): Promise<{ readonly result: GroupResult | undefined; readonly before: ReleaseLoaded; readonly loaded: ReleaseLoaded }> {
  const { run, repository } = door.given.context
  const request = {
    subject: customerSubject(slug, customer),
    reads: [releaseSubject(slug)],
    idempotencyKey: `ran ${repository.id} ${run.id} ${run.attempt} ${run.job} ${slug} ${addressOf(customer)} ${step}`,
    actor: { login, kind: 'user' as const },
    command: { kind: 'record-run' as const, step, exit_code: exitCode, conclusion, url: run.url, sha256 },
  }
  const documents = [matrixDocument(slug)]
  // Read anew: the step may have taken an hour, in which others worked on.
  const before = await door.ledger.load({
    subjects: [releaseSubject(slug), request.subject],
    idempotencyKeys: [request.idempotencyKey],
    documents,
  })
  const { results, loaded } = await transact(door, [{ requests: [request] }], { loaded: before, documents })
  return { result: results[0], before, loaded }
}

/** The step was carried out, and nobody would know: that must not happen again by a second run. */
async function tellNotRecorded(
  door: Door,
  asked: Asked,
  { words, error }: { readonly words: string; readonly error: SwitchyardError },
): Promise<void> {
  const what = `${asked.step} for ${addressOf(asked.customer)} ${words}, which could not be recorded`
  door.given.io.annotate({ level: 'error', message: `${what}. Do not run it again: mark it by hand.` })
  await tell(door, asked, {
    words: `it ${words}`,
    more: `, which could not be recorded: ${escapeMarkdown(error.message)} Mark it by hand.`,
  })
}

/** A run that is refused, hours after it was asked for, tells whoever asked. @throws whatever the work throws. */
export async function tellRefusal<T>(door: Door, asked: Asked, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { message, hint = '' } = toSwitchyardError(error)
    await tell(door, asked, { words: 'it was not carried out', more: `: ${escapeMarkdown(message)} ${escapeMarkdown(hint)}`.trimEnd() })
    throw error
  }
}

/** A comment on the board that the run was started from. */
async function tell(
  door: Door,
  { login, step, customer }: Asked,
  { words, more }: { readonly words: string; /** Markdown. */ readonly more: string },
): Promise<void> {
  const { inputs, context } = door.given
  const { issue, dryRun } = inputs
  if (issue === undefined || dryRun) return
  const what = `@${login} ${inlineCode(step)} for ${inlineCode(addressOf(customer))}`
  const body = `${what}: ${words} in ${renderLink('this run', context.run.url)}${more}`
  try {
    const { commentOnIssue } = await import('@switchyard/github/operations')
    await commentOnIssue(door.github, context.repository, { number: issue, body })
  } catch (error) {
    warn(door, `#${issue} could not be told of the run: ${toSwitchyardError(error).message}`)
  }
}
