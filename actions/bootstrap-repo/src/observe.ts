import { CONFIG_PATH } from '@switchyard/commands'
import { joinSelections, UserError } from '@switchyard/core'
import { findFormNames, issueSubject, repositorySubject } from '@switchyard/bootstrapping'
import { selectConversation, selectRepository, type RepositoryName } from '@switchyard/github'
import type { IssueConversation, RepositoryFacts } from '@switchyard/github/operations'
import type { LoadWanted } from '@switchyard/ledger'
import type { BootstrapLoaded, Door } from './door.ts'
import { findSource, type RequestSource } from './request-source.ts'
import type { IssueSeen } from './wish.ts'

/** The first look: the ledger, this repository's files and the conversation, in one request. */
export interface Observation {
  readonly loaded: BootstrapLoaded
  readonly wanted: LoadWanted
  /** This repository, with the wanted files of its default branch. */
  readonly control: RepositoryFacts
  readonly conversation: IssueConversation | undefined
}

export interface ObserveWishes {
  readonly subjects: readonly string[]
  readonly idempotencyKeys?: readonly string[]
  readonly documents?: readonly string[]
  readonly files: readonly string[]
  readonly issue?: number | undefined
}

export async function observe(door: Door, wishes: ObserveWishes): Promise<Observation> {
  const { context } = door.given
  const repository: RepositoryName = { owner: context.repository.owner, name: context.repository.name }
  const wanted: LoadWanted = { subjects: wishes.subjects, idempotencyKeys: wishes.idempotencyKeys ?? [], documents: wishes.documents ?? [] }
  const controlWanted = { ...repository, files: wishes.files }
  const control = selectRepository('control', controlWanted)
  const conversation = wishes.issue === undefined ? NOTHING : selectConversation('issue', { ...repository, number: wishes.issue })
  const { loaded, beside } = await door.load(wanted, joinSelections(control, conversation))
  const { parseConversation, parseRepository } = await import('@switchyard/github/operations')
  const facts = parseRepository(beside[0], controlWanted)
  if (facts === undefined) throw notSeen(context.repository.fullName)
  const said = wishes.issue === undefined ? undefined : parseConversation(beside[1])
  if (wishes.issue !== undefined && said === undefined) throw issueNotFound(wishes.issue)
  return { loaded, wanted, control: facts, conversation: said }
}

const NOTHING = { fields: '', variables: {}, parse: (): unknown => undefined }

/** What a request's run looks at, by what is known of it before anything is read. */
export interface Early {
  readonly source: RequestSource
  /** undefined: the file has to be read first. */
  readonly subject: string | undefined
  readonly issueSubject: string | undefined
  readonly files: readonly string[]
}

/** @throws {UserError} `REQUEST_INVALID` when nothing says what is wanted. */
export function lookEarly({ given: { inputs, context } }: Door, issue: IssueSeen | undefined): Early {
  const source = findSource(inputs, issue !== undefined)
  const names =
    source.kind === 'inputs'
      ? { owner: inputs.owner ?? '', slug: inputs.name ?? '' }
      : findFormNames(source.kind === 'form' ? (issue?.body ?? '') : '')
  return {
    source,
    subject: names && repositorySubject(names.owner, names.slug),
    issueSubject: issue && issueSubject(context.repository.id, issue.number),
    files: [inputs.catalogPath, CONFIG_PATH, ...(source.kind === 'file' ? [source.path] : [])],
  }
}

function notSeen(repository: string): UserError {
  return new UserError('PREFLIGHT_FAILED', `The token cannot read ${repository}.`, {
    hint: 'Give the job the permission `contents: read`.',
  })
}

function issueNotFound(issue: number): UserError {
  return new UserError('ISSUE_NOT_FOUND', `There is no issue #${issue}, or the token cannot see it.`, {
    hint: 'Check `issue`, and give the job the permission `issues: write`.',
  })
}
