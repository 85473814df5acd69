import type { Drawing } from '@switchyard/github/operations'
import { renderCreation } from '@switchyard/planning/render'

interface Counts {
  readonly done: number
  readonly total: number
}

/** Where people see how far it is: drawn with each request that makes issues, so that it costs none. */
export class ProgressCard {
  readonly #commentId: string | undefined
  readonly #body: string
  #done = 0
  #total = 0

  /** `commentId`: GraphQL's, of the idea's card; undefined: nobody is told. */
  constructor(card: { readonly nodeId: string; readonly body: string } | undefined) {
    this.#commentId = card?.nodeId
    this.#body = card?.body ?? ''
  }

  begin({ done, total }: Counts): void {
    this.#done = done
    this.#total = total
  }

  get counts(): Counts {
    return { done: this.#done, total: this.#total }
  }

  note(count: number): void {
    this.#done += count
  }

  /** As it will stand when `more` issues have been made; none for what takes one request. */
  draw(more: number): readonly Drawing[] {
    if (this.#commentId === undefined) return []
    const done = this.#done + more
    const told = renderCreation({ done, total: this.#total })
    return [{ kind: 'comment-body', commentId: this.#commentId, body: `${this.#body.trimEnd()}\n\n${told}` }]
  }
}
