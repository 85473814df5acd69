import { isSameRepository } from '@switchyard/core'
import { MAX_TITLE_LENGTH } from '../plan/limits.ts'
import { wordsOf } from './written-words.ts'

/** As GitHub bounds a pull request's text. */
const MAX_BODY = 65_536
/** Most tasks that one pull request is held against. */
export const MAX_TASKS_NAMED = 20

/** Keywords with their colon or blank. Source: docs "Linking a pull request to an issue", and `Task:` of the plan contract. */
const KEYWORD = String.raw`(?<![\w/-])(?:(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)(?:[ \t]*:[ \t]*|[ \t]+)|task[ \t]*:[ \t]*)`
const NUMBER = String.raw`([1-9]\d{0,8})(?![\w-])`
const OWNER = String.raw`[A-Za-z\d][A-Za-z\d-]{0,38}`
const NAME = String.raw`[\w.-]{1,100}`
const REFERENCE = new RegExp(
  `${KEYWORD}(?:(?:(${OWNER}/${NAME}))?#${NUMBER}|(https?://[^\\s/<>]{1,255})/(${OWNER}/${NAME})/issues/${NUMBER})`,
  'gi',
)

export interface WrittenPullRequest {
  readonly title?: string | undefined
  readonly body: string
  /** `owner/name` of the pull request's repository: `#12` means an issue of it. */
  readonly repository: string
  /** Where issues have their pages. */
  readonly server?: string
}

/**
 * Numbers of the issues that a pull request names as its tasks: after one of GitHub's nine closing keywords or `Task:`, as `#12`,
 * `owner/name#12` or an address of the same repository. Nothing in code or HTML comments counts. In the order of the body, then of the
 * title; none twice; at most 20.
 */
export function findTasksNamed({ title = '', body, repository, server = 'https://github.com' }: WrittenPullRequest): readonly number[] {
  const texts = [wordsOf(body.slice(0, MAX_BODY)), wordsOf(title.slice(0, MAX_TITLE_LENGTH))]
  const numbers = new Set<number>()
  for (const text of texts) {
    for (const [, named, short, origin, addressed, long] of text.replaceAll('**', '').matchAll(REFERENCE)) {
      const isHere = origin === undefined || origin.toLowerCase() === server.toLowerCase()
      if (!isHere || !isSameRepository(named ?? addressed ?? repository, repository)) continue
      numbers.add(Number(short ?? long))
      if (numbers.size === MAX_TASKS_NAMED) return [...numbers]
    }
  }
  return [...numbers]
}
