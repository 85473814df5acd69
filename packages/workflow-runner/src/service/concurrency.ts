import { decideEntry, decideLeave, type Entry, type Group } from '../plan/concurrency.ts'

interface Member {
  readonly key: string
  readonly admit: (outcome: 'held' | 'cancelled') => void
  readonly cancel: () => void
}

/** Who holds which concurrency group. Groups are a repository's, and compare without case. */
export class ConcurrencyGroups {
  readonly #groups = new Map<string, Group>()
  readonly #members = new Map<string, Member>()

  /** Resolves when the group is held, or when somebody else's entry ended the wait. `cancel` is called if a holder is to end. */
  enter(key: string, entry: Entry, cancel: () => void): Promise<'held' | 'cancelled'> {
    return new Promise((admit) => {
      const { group, cancels } = decideEntry(this.#groups.get(key), entry)
      this.#groups.set(key, group)
      this.#members.set(entry.id, { key, admit, cancel })
      for (const id of cancels) this.#end(id)
      if (group.holder === entry.id) admit('held')
    })
  }

  /** Leaves the group, or stops waiting for it. */
  leave(id: string): void {
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
