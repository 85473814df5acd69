import type { TokenKind } from './types.ts'

/** Something that happened, as GitHub would deliver it. */
export interface WorldEvent {
  /** The delivery's id: a second delivery of one event has the same. */
  readonly delivery: string
  readonly name: string
  readonly action: string | undefined
  readonly repositoryId: number
  /** What kind of token caused it: what a job's token causes starts no workflow. Undefined when the world itself did. */
  readonly cause: TokenKind | undefined
  readonly payload: Readonly<Record<string, unknown>>
}

export type EventListener = (event: WorldEvent) => void | Promise<void>

/** Events are delivered in order, one after another; a delivery ends when its listeners have. */
export class EventBus {
  readonly #listeners = new Set<EventListener>()
  #queue: Promise<void> = Promise.resolve()
  #failures: unknown[] = []
  #repeat: ((event: WorldEvent) => number) | undefined

  /** Returns the function that ends the subscription. */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Decides how often an event is delivered: the door for duplicate and lost deliveries. */
  repeatBy(repeat: (event: WorldEvent) => number): void {
    this.#repeat = repeat
  }

  emit(event: WorldEvent): void {
    const times = this.#repeat?.(event) ?? 1
    for (let time = 0; time < times; time += 1) this.#queue = this.#queue.then(() => this.#deliver(event))
  }

  /** Resolves when everything emitted so far has been delivered; rejects with what a listener threw. */
  async settled(): Promise<void> {
    await this.#queue
    const [first] = this.#failures.splice(0)
    if (first !== undefined) throw first instanceof Error ? first : new Error('a listener failed', { cause: first })
  }

  async #deliver(event: WorldEvent): Promise<void> {
    for (const listener of this.#listeners) {
      try {
        await listener(event)
      } catch (error) {
        this.#failures.push(error)
      }
    }
  }
}
