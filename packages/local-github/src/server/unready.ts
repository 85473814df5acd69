import type { Repository, Unready } from '../world/types.ts'
import { notFound, Problem } from './problem.ts'

/** How a repository that is not there for everyone yet meets this request, which is counted; undefined when it does not. */
export function takeUnready(repository: Repository, asksForGit: boolean): Unready['as'] | undefined {
  const { unready } = repository
  if (unready === undefined || (unready.as === 'empty' && !asksForGit)) return undefined
  repository.unready = unready.answers > 1 ? { ...unready, answers: unready.answers - 1 } : undefined
  return unready.as
}

/** Refuses as long as a fresh repository is not there for everyone yet. Source: github-facts 8.6. */
export function meetUnready(repository: Repository, asksForGit: boolean): void {
  const as = takeUnready(repository, asksForGit)
  if (as !== undefined) throw as === 'missing' ? notFound() : new Problem(409, 'Git Repository is empty.')
}
