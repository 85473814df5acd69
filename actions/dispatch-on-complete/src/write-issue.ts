import { GitHubError, splitFullName } from '@switchyard/core'
import type { DispatchAnswer, IssueEffect } from '@switchyard/dispatching'
import { ISSUE_LABEL } from '@switchyard/dispatching/render'
import type { GitHub } from '@switchyard/github'
import { commentOnIssue, createIssue, findComment, findIssueByMarker, findIssueInState, setIssueState } from '@switchyard/github/operations'
import type { Asked, Intent } from '@switchyard/ledger'

interface IssuePorts {
  readonly github: GitHub
  warn(message: string): void
}

/** Writes issues, and finds out what became of a text whose answer nobody has. */
export function createIssueHandler({ github, warn }: IssuePorts): {
  apply(effect: IssueEffect): Promise<DispatchAnswer>
  ask(effect: IssueEffect, intent: Intent<IssueEffect>): Promise<Asked<DispatchAnswer>>
} {
  /** What was said stands, whether or not the issue can be opened again. */
  const reopen = async ({ repository, number }: { readonly repository: string; readonly number: number }): Promise<void> => {
    try {
      await setIssueState(github, splitFullName(repository), { number, state: 'open' })
    } catch (error) {
      if (!(error instanceof GitHubError) || error.isAmbiguous) throw error
      warn(`Issue #${number} of ${repository} was commented on, and stays closed: ${error.message}`)
    }
  }

  const write = async (effect: IssueEffect): Promise<{ readonly number: number; readonly url: string }> => {
    const repository = splitFullName(effect.repository)
    switch (effect.kind) {
      case 'open-issue': {
        const { number, url, droppedLabels } = await createIssue(github, repository, {
          title: effect.title,
          body: effect.body,
          labels: effect.labels,
        })
        if (droppedLabels.length > 0) {
          warn(`Issue #${number} of ${effect.repository} has no label ${droppedLabels.join(', ')}: the token may not set labels there.`)
        }
        return { number, url }
      }
      case 'comment-issue': {
        const { number, body } = effect
        const url = await commentOnIssue(github, repository, { number, body })
        if (effect.reopen) await reopen(effect)
        return { number, url }
      }
      case 'close-issue': {
        const { number, body } = effect
        if (body !== null) await commentOnIssue(github, repository, { number, body })
        return { number, url: await setIssueState(github, repository, { number, state: 'closed' }) }
      }
    }
  }

  const find = async (effect: IssueEffect, since: number): Promise<{ readonly number: number; readonly url: string } | undefined> => {
    const repository = splitFullName(effect.repository)
    switch (effect.kind) {
      case 'open-issue':
        return findIssueByMarker(github, repository, { label: ISSUE_LABEL, marker: effect.marker })
      case 'comment-issue': {
        const { number, body } = effect
        const url = await findComment(github, repository, { number, body, since })
        if (url === undefined) return undefined
        if (effect.reopen) await setIssueState(github, repository, { number, state: 'open' })
        return { number, url }
      }
      case 'close-issue': {
        const { number, body } = effect
        const url = await findIssueInState(github, repository, { number, state: 'closed' })
        if (url !== undefined) return { number, url }
        const isSaid = body !== null && (await findComment(github, repository, { number, body, since })) !== undefined
        return isSaid ? { number, url: await setIssueState(github, repository, { number, state: 'closed' }) } : undefined
      }
    }
  }

  return {
    async apply(effect) {
      try {
        return { kind: 'written', ...(await write(effect)) }
      } catch (error) {
        // Where GitHub may have acted the intent stays open: recovery asks before anything is written again.
        if (!(error instanceof GitHubError) || error.isAmbiguous) throw error
        warn(`No issue could be written in ${effect.repository}: ${error.message}`)
        return { kind: 'not-written', status: error.status }
      }
    },
    async ask(effect, intent) {
      const found = await find(effect, intent.openedAt)
      return found === undefined
        ? { kind: 'not-started' }
        : { kind: 'answered', answer: { kind: 'written', number: found.number, url: found.url } }
    },
  }
}
