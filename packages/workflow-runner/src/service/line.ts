/** A place in a line. */
export interface LinePlace {
  /** Resolves when everybody before has passed. */
  readonly turn: Promise<void>
  /** Lets the next one go. */
  pass(): void
}

/** Keeps the order in which its places were taken, however long each needs until its turn is due. */
export class Line {
  #last: Promise<void> = Promise.resolve()

  join(): LinePlace {
    const turn = this.#last
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#last = turn.then(() => promise)
    return { turn, pass: resolve }
  }
}
