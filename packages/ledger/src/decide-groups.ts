import { type DomainEvent, type Effect, isRejection, type Recorded, type Rejection } from '@switchyard/core'
import type { Branch } from './branch.ts'
import { decideOne } from './decide-requests.ts'
import { bug } from './errors.ts'
import { hashKey } from './paths.ts'
import type { Drafting, Rules, Writer } from './planning.ts'
import type { ReceiptRecord } from './record-types.ts'
import type { CommandGroup, GroupRequest, GroupResult, Intent } from './types.ts'

/** What was decided about one group, before its effects. */
export type GroupVerdict<Event> =
  | Exclude<GroupResult<Event>, { readonly kind: 'replayed' }>
  | { readonly kind: 'replayed'; readonly key: string; readonly receipt: ReceiptRecord }

export interface DecidedGroups<Event, Eff> {
  /** In the order of the groups. */
  readonly verdicts: readonly GroupVerdict<Event>[]
  readonly intents: readonly Intent<Eff>[]
}

export interface GroupsWanted<State, Command> {
  readonly groups: readonly CommandGroup<State, Command>[]
  /** What their parts look at. */
  readonly subjects: readonly string[]
}

/**
 * Groups in their order, in one commit: each on what the ones before it left, and each all or nothing by itself. What one of them asks
 * wrongly keeps the others from nothing.
 */
export function decideGroups<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  branch: Branch<State, Command, Event, Eff, Answer, Index>,
  writer: Writer,
  { groups, subjects: known }: GroupsWanted<State, Command>,
): Rules<State, Command, Event, Eff, Answer, Index, DecidedGroups<Event, Eff>> {
  const keyed = groups.map((group) => ({ ...group, key: hashKey(group.idempotencyKey) }))
  const keys = keyed.map(({ key }) => key)
  if (new Set(keys).size < keys.length) throw bug('Two groups of one transaction have the same idempotency key')
  const subjects = [...known]
  return {
    subjects,
    keys,
    async draft(drafting) {
      const missing = new Set<string>()
      const deciding = new Deciding(branch, writer, { drafting, missing })
      const verdicts: GroupVerdict<Event>[] = []
      for (const group of keyed) {
        const receipt = await branch.findReceipt(drafting.snapshot, group.key)
        verdicts.push(receipt ? { kind: 'replayed', key: group.key, receipt } : deciding.decide(group))
      }
      subjects.push(...missing)
      return { result: { verdicts, intents: deciding.intents }, isWritten: missing.size === 0 }
    },
  }
}

/** One pass over the groups. */
class Deciding<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index> {
  readonly #branch: Branch<State, Command, Event, Eff, Answer, Index>
  readonly #writer: Writer
  readonly #drafting: Drafting<State, Command, Event, Eff, Answer, Index>
  /** Subjects that are asked for and were not read: what is decided without them is only to find more of them. */
  readonly #missing: Set<string>
  intents: readonly Intent<Eff>[] = []

  constructor(
    branch: Branch<State, Command, Event, Eff, Answer, Index>,
    writer: Writer,
    on: { readonly drafting: Drafting<State, Command, Event, Eff, Answer, Index>; readonly missing: Set<string> },
  ) {
    this.#branch = branch
    this.#writer = writer
    this.#drafting = on.drafting
    this.#missing = on.missing
  }

  decide(group: CommandGroup<State, Command> & { readonly key: string }): GroupVerdict<Event> {
    const before = this.intents
    const takeBack = this.#drafting.draft.mark()
    const verdict = this.#decideParts(group)
    if (verdict.kind === 'done' && group.isDryRun !== true) return verdict
    takeBack()
    this.intents = before
    if (verdict.kind === 'done' || group.isDryRun === true) return verdict
    const { rejection } = verdict
    const told = group.refusal === undefined ? [] : this.#perform(group, group.refusal(rejection, this.#stateOf))
    return 'rejected' in told ? verdict : { ...verdict, events: told }
  }

  #decideParts(group: CommandGroup<State, Command> & { readonly key: string }): Exclude<GroupVerdict<Event>, { kind: 'replayed' }> {
    const events: Recorded<Event>[] = []
    for (const part of group.parts) {
      const made = part(this.#stateOf)
      const done = isRejection(made) ? made : this.#perform(group, made)
      if ('rejected' in done) return { kind: 'rejected', rejection: done.rejected, events: [] }
      events.push(...done)
    }
    return { kind: 'done', events }
  }

  #perform(
    { key, actor }: Pick<CommandGroup<State, Command>, 'actor'> & { readonly key: string },
    requests: readonly GroupRequest<Command>[],
  ): readonly Recorded<Event>[] | Rejection {
    const events: Recorded<Event>[] = []
    for (const asked of requests) {
      const unread = [asked.subject, ...(asked.reads ?? [])].filter((subject) => !this.#drafting.draft.fold.states.has(subject))
      for (const subject of unread) this.#missing.add(subject)
      if (unread.length > 0) continue
      const request = { ...asked, idempotencyKey: key, key, ...(actor && { actor }) }
      const { verdict, opened } = decideOne(this.#branch, this.#writer, { request, drafting: this.#drafting })
      if (verdict.kind === 'rejected') return { rejected: verdict.rejection }
      if (verdict.kind === 'done') events.push(...verdict.events)
      this.intents = [...this.intents, ...opened]
    }
    return events
  }

  readonly #stateOf = (subject: string): State => {
    const known = this.#drafting.draft.fold.states.get(subject)
    if (known !== undefined) return known.state
    this.#missing.add(subject)
    return this.#branch.decider.initial
  }
}
