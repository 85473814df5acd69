import { decideEntry, decideLeave, type Entry, type Group } from '../plan/concurrency.ts'

interface Member {
  readonly key: string
  readonly admit: (outcome: 'held' | 'cancelled') => void
  readonly cancel: () => void
}

/** A place in a group's line. */
export interface Place {
  /** Resolves when the group is held, or when somebody else's entry ended the wait. */
  readonly admitted: Promise<'held' | 'cancelled'>
  /** Leaves the group, or stops waiting for it. */
  leave(): void
}

/** Who holds which concurrency group. Groups are a repository's, and compare without case. */
export class ConcurrencyGroups {
  readonly #groups = new Map<string, Group>()
  readonly #members = new Map<string, Member>()
  #entered = 0

  /** Asks for a group. `cancel` is called if somebody else's entry ends a holder: it leaves when it has ended. */
  enter(key: string, how: Omit<Entry, 'id'>, cancel: () => void): Place {
    this.#entered += 1
    const id = String(this.#entered)
    const admitted = new Promise<'held' | 'cancelled'>((admit) => {
      const { group, cancels } = decideEntry(this.#groups.get(key), { ...how, id })
      this.#groups.set(key, group)
      this.#members.set(id, { key, admit, cancel })
      for (const other of cancels) this.#end(other)
      if (group.holder === id) admit('held')
    })
    return { admitted, leave: () => this.#leave(id) }
  }

  #leave(id: string): void {
    const member = this.#members.get(id)
    if (member === undefined) return
    this.#members.delete(id)
    const group = this.#groups.get(member.key)
    const next = group === undefined ? undefined : decideLeave(group, id)
    if (next === undefined) return void this.#groups.delete(member.key)
    this.#groups.set(member.key, next)
    if (next.holder !== group?.holder) this.#members.get(next.holder)?.admit('held')
  }

  #end(id: string): void {
    const member = this.#members.get(id)
    if (member === undefined) return
    // A holder leaves when it has ended; who only waited is out at once.
    if (this.#groups.get(member.key)?.holder === id) return member.cancel()
    this.#members.delete(id)
    member.admit('cancelled')
  }
}
