import { CONFIG_PATH } from '@switchyard/commands'
import { joinSelections, UserError } from '@switchyard/core'
import { selectConversation, selectRepository } from '@switchyard/github'
import type { IssueConversation, RepositoryFacts } from '@switchyard/github/operations'
import { findPlace, type Idea, ideaSubject, logDocument, placeDocuments, reviewsDocument } from '@switchyard/planning'
import type { Door, PlanLoaded } from './door.ts'

/** The first look: the ledger, this repository's files and the idea's conversation, in one request. */
export interface Observation {
  readonly loaded: PlanLoaded
  readonly control: RepositoryFacts
  readonly conversation: IssueConversation
  readonly subject: string
  /** The idea, as a subject, whose plan this issue was made of: it is no idea of its own. undefined: of none. */
  readonly partOf: string | undefined
}

export interface ObserveWishes {
  readonly issue: number
  /** Beside the rules. */
  readonly files?: readonly string[]
  /** Idempotency keys of what will most likely be recorded. */
  readonly keys?: readonly string[]
}

/** @throws {UserError} `ISSUE_NOT_FOUND`, `REPOSITORY_UNSEEN` */
export async function observe(door: Door, { issue, files = [], keys = [] }: ObserveWishes): Promise<Observation> {
  const { repository } = door.given.context
  const wanted = { owner: repository.owner, name: repository.name, files: [...new Set([CONFIG_PATH, ...files])] }
  const subject = ideaSubject(repository.id, issue)
  const { loaded, beside } = await door.load(
    { subjects: [subject], idempotencyKeys: keys, documents: [...documentsOf(subject), ...placeDocuments(repository.id, issue)] },
    joinSelections(selectRepository('control', wanted), selectConversation('issue', { ...wanted, number: issue })),
  )
  const { parseConversation, parseRepository } = await import('@switchyard/github/operations')
  const control = parseRepository(beside[0], wanted)
  if (control === undefined) throw unseen(repository.fullName)
  const conversation = parseConversation(beside[1])
  if (conversation === undefined) {
    throw new UserError('ISSUE_NOT_FOUND', `There is no issue #${issue}, or the token cannot see it.`, {
      hint: 'Check `idea`, and give the job the permission `issues: write`.',
    })
  }
  // An idea that was one already stays one.
  const isIdea = ideaOf(loaded, subject) !== null
  const partOf = isIdea ? undefined : findPlace((name) => loaded.findDocument(name), { repositoryId: repository.id, number: issue })
  return { loaded, control, conversation, subject, partOf }
}

/** As `observe`; undefined where the issue is gone, or cannot be seen. @throws {UserError} `REPOSITORY_UNSEEN` */
export async function observeIssue(door: Door, issue: number): Promise<Observation | undefined> {
  try {
    return await observe(door, { issue })
  } catch (error) {
    if (error instanceof UserError && error.code === 'ISSUE_NOT_FOUND') return undefined
    throw error
  }
}

/** What the card shows beside the idea itself. */
export function documentsOf(subject: string): readonly string[] {
  return [logDocument(subject), reviewsDocument(subject)]
}

/** The idea as the ledger has it; null before anything was recorded. */
export function ideaOf(loaded: PlanLoaded, subject: string): Idea | null {
  return loaded.getState(subject).idea
}

interface Place {
  readonly repositoryId: number
  readonly number: number
}

/** The key of an issue that the ledger has as this idea's; undefined for any other, and for one of another repository. */
export function findItemKey(idea: Idea | null, { repositoryId, number }: Place): string | undefined {
  if (idea?.target?.id !== repositoryId) return undefined
  return Object.entries(idea.items).find(([, item]) => item === number)?.[0]
}

export function unseen(repository: string): UserError {
  return new UserError('REPOSITORY_UNSEEN', `The token cannot read ${repository}.`, {
    hint: 'Give the job the permission `contents: read`.',
  })
}
