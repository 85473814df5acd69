import type { Repository } from '../world/types.ts'
import { notFound, Problem } from './problem.ts'

/** Refuses as long as a fresh repository is not there for everyone yet; counts the answer. Source: github-facts 8.6. */
export function meetUnready(repository: Repository, asksForGit: boolean): void {
  const { unready } = repository
  if (unready === undefined || (unready.as === 'empty' && !asksForGit)) return
  repository.unready = unready.answers > 1 ? { ...unready, answers: unready.answers - 1 } : undefined
  throw unready.as === 'missing' ? notFound() : new Problem(409, 'Git Repository is empty.')
}
