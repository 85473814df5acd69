import { clip, clipCode } from '@switchyard/core'
import type { PlanSource } from '../idea/command.ts'
import { linkTo } from './links.ts'
import { MAX_PATH } from './limits.ts'

/** Where the idea has its pages. */
export interface Site {
  /** `https://github.com`, without a slash at the end. */
  readonly server: string
  /** `owner/name` of the idea's repository. */
  readonly repository: string
  /** The idea's issue. */
  readonly issue: number
}

/** An issue's address. */
export function issueUrl({ server, repository }: Pick<Site, 'server' | 'repository'>, number: number): string {
  return `${server}/${repository}/issues/${number}`
}

/** Where the plan was taken from, with a link to exactly that. */
export function renderSource(source: PlanSource, site: Site): string {
  switch (source.kind) {
    case 'file': {
      const path = source.path.toWellFormed().split('/').map(encodeURIComponent).join('/')
      const file = `${site.server}/${site.repository}/blob/${source.commit}/${path}`
      return `${clipCode(source.path, MAX_PATH)} at ${linkTo(source.commit.slice(0, 7), file)}`
    }
    case 'comment':
      return linkTo('a comment', `${issueUrl(site, site.issue)}#issuecomment-${source.id}`)
    case 'issue':
      return linkTo('this issue’s text', issueUrl(site, site.issue))
  }
}

/** A login as words: nobody is called by being told of. */
export function renderLogin(login: string | undefined): string {
  return login === undefined ? 'somebody whose account is gone' : clip(login, 60)
}
