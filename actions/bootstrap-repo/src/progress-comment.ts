import { type Progress, type ProgressEnd, progressMarker, type ProgressStep, renderProgress, type Run } from '@switchyard/bootstrapping'
import { GitHubError } from '@switchyard/core'
import { selectConversation } from '@switchyard/github'
import type { Door } from './door.ts'

export interface ProgressPlace {
  /** undefined: nobody is told. */
  readonly issue: number | undefined
  /** Comments that are there already: an earlier attempt's is edited on. */
  readonly comments: readonly { readonly id: number; readonly body: string; readonly isOurs: boolean }[]
}

type About = Pick<Progress, 'run_id' | 'owner' | 'slug' | 'template'>

/** One comment that is edited in place while a run goes on. Edits never hold the run up, and what is overtaken is not sent. */
export class ProgressComment {
  readonly #door: Door
  readonly #issue: number | undefined
  #progress: Progress
  #since: number
  #id: number | undefined
  /** Whether a comment may be there whose id nobody told. */
  #isLost = false
  #wanted: string | undefined
  #writing: Promise<void> | undefined

  constructor(door: Door, about: About, { issue, comments }: ProgressPlace) {
    this.#door = door
    this.#issue = issue
    this.#progress = { ...about, done: [], going: undefined }
    this.#since = door.given.io.now()
    this.#id = findProgress(comments, about.run_id)
  }

  get progress(): Progress {
    return this.#progress
  }

  /** How long ago the preparation began, ms: it is over by the time that there is a comment. */
  prepared(ms: number): void {
    this.#progress = { ...this.#progress, done: [{ step: 'prepare', ms }] }
  }

  /** What a run has behind it that somebody else carried out. */
  recall({ repository, push_completed_at, status }: Pick<Run, 'repository' | 'push_completed_at' | 'status'>): void {
    const past: readonly (readonly [ProgressStep, boolean])[] = [
      ['prepare', true],
      ['create-repository', repository !== null],
      ['push', push_completed_at !== null],
      ['apply-settings', status === 'SUCCEEDED'],
    ]
    this.#progress = { ...this.#progress, done: past.flatMap(([step, isDone]) => (isDone ? [{ step, ms: undefined }] : [])) }
  }

  begin(step: ProgressStep): void {
    this.#since = this.#door.given.io.now()
    this.#progress = { ...this.#progress, going: step }
    this.#draw()
  }

  done(step: ProgressStep): void {
    const ms = this.#door.given.io.now() - this.#since
    this.#progress = { ...this.#progress, going: undefined, done: [...this.#progress.done, { step, ms }] }
  }

  /** Draws the end, and waits until it is drawn. */
  async end(end: ProgressEnd | undefined): Promise<void> {
    const { going: _, ...rest } = this.#progress
    this.#progress = { ...rest, going: undefined, ...(end !== undefined && { end }) }
    this.#draw()
    await this.#writing
  }

  #draw(): void {
    if (this.#issue === undefined) return
    this.#wanted = renderProgress(this.#progress)
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined
    })
  }

  async #write(): Promise<void> {
    const { github, given } = this.#door
    const { createIssueComment, updateIssueComment } = await import('@switchyard/github/operations')
    while (this.#wanted !== undefined && this.#issue !== undefined) {
      const body = this.#wanted
      this.#wanted = undefined
      try {
        if (this.#id === undefined && this.#isLost) this.#id = await findOurs(this.#door, this.#issue, this.#progress.run_id)
        if (this.#id === undefined) {
          this.#id = (await createIssueComment(github, given.context.repository, { number: this.#issue, body })).id
        } else await updateIssueComment(github, given.context.repository, { id: this.#id, body })
      } catch (error) {
        // A rendering: the run goes on without it.
        if (!(error instanceof GitHubError)) throw error
        this.#isLost ||= error.isAmbiguous
        given.io.annotate({ level: 'warning', message: `The progress could not be shown on issue #${this.#issue}: ${error.message}` })
        return
      }
    }
  }
}

async function findOurs({ github, given: { context } }: Door, issue: number, runId: string): Promise<number | undefined> {
  const { parseConversation } = await import('@switchyard/github/operations')
  const [seen] = await github.select([
    selectConversation('issue', { owner: context.repository.owner, name: context.repository.name, number: issue }),
  ])
  return findProgress(parseConversation(seen)?.comments ?? [], runId)
}

function findProgress(comments: ProgressPlace['comments'], runId: string): number | undefined {
  return comments.find(({ body, isOurs }) => isOurs && body.startsWith(progressMarker(runId)))?.id
}
