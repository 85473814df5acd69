import { type DomainEvent, type Effect, isRejection, type Recorded, type Rejection } from '@switchyard/core'
import type { Branch } from './branch.ts'
import { bug } from './errors.ts'
import { peersOf, stateOf, toRecorded } from './fold.ts'
import { hashKey } from './paths.ts'
import { addIntents, type Drafting, type Rules, type Writer } from './planning.ts'
import type { ReceiptRecord } from './record-types.ts'
import type { CommandRequest, Intent } from './types.ts'

/** What was decided about one request, before its effects. */
export type Verdict<Event> =
  | { readonly kind: 'done'; readonly events: readonly Recorded<Event>[] }
  | { readonly kind: 'replayed'; readonly key: string; readonly receipt: ReceiptRecord }
  | { readonly kind: 'rejected'; readonly rejection: Rejection['rejected'] }
  | { readonly kind: 'withheld' }

export interface Decided<Event, Eff> {
  /** In the order of the requests. */
  readonly verdicts: readonly Verdict<Event>[]
  /** The effects to begin once this is committed. */
  readonly intents: readonly Intent<Eff>[]
}

/** The first half of the loop: commands become events and intents, all or nothing. */
export function decideRequests<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  branch: Branch<State, Command, Event, Eff, Answer, Index>,
  writer: Writer,
  { requests, isDryRun = false }: { readonly requests: readonly CommandRequest<Command>[]; readonly isDryRun?: boolean | undefined },
): Rules<State, Command, Event, Eff, Answer, Index, Decided<Event, Eff>> {
  const keyed = requests.map((request) => ({ ...request, key: hashKey(request.idempotencyKey) }))
  const keys = keyed.map(({ key }) => key)
  if (new Set(keys).size < keys.length) throw bug('Two requests of one transaction have the same idempotency key')
  return {
    subjects: [...new Set(requests.flatMap(({ subject, reads = [] }) => [subject, ...reads]))],
    keys,
    async draft(drafting) {
      const verdicts: Verdict<Event>[] = []
      const intents: Intent<Eff>[] = []
      for (const request of keyed) {
        const receipt = await branch.findReceipt(drafting.snapshot, request.key)
        if (receipt) verdicts.push({ kind: 'replayed', key: request.key, receipt })
        else {
          const { verdict, opened } = decideOne(branch, writer, { request, drafting })
          verdicts.push(verdict)
          intents.push(...opened)
        }
      }
      if (!verdicts.some(({ kind }) => kind === 'rejected')) {
        return { result: { verdicts, intents: isDryRun ? [] : intents }, isWritten: !isDryRun }
      }
      const withheld = verdicts.map((verdict): Verdict<Event> => (verdict.kind === 'done' ? { kind: 'withheld' } : verdict))
      return { result: { verdicts: withheld, intents: [] }, isWritten: false }
    },
  }
}

/** One request on what the draft holds so far, which takes its events. Everything that it looks at was read. */
export function decideOne<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  { decider }: Branch<State, Command, Event, Eff, Answer, Index>,
  writer: Writer,
  on: {
    readonly request: CommandRequest<Command> & { key: string }
    readonly drafting: Drafting<State, Command, Event, Eff, Answer, Index>
  },
): { verdict: Verdict<Event>; opened: readonly Intent<Eff>[] } {
  const { request, drafting } = on
  const { draft, at } = drafting
  const { subject, key } = request
  const actor = request.actor ?? writer.actor
  const { state } = stateOf(draft.fold, subject, decider.initial)
  const decision = decider.decide(state, request.command, {
    subject,
    at,
    actor,
    run: writer.run,
    index: draft.fold.index,
    peer: peersOf(draft.fold),
  })
  if (isRejection(decision)) return { verdict: { kind: 'rejected', rejection: decision.rejected }, opened: [] }
  const cause = { subject, key, actor, correlationId: request.correlationId ?? key.slice(0, 32) }
  const events = decision.events.map((event) => toRecorded(decider, draft.addEvent(event, cause)))
  draft.addTexts(decision.texts ?? [])
  const opened = addIntents(draft, decider, { effects: decision.effects, cause, writer })
  return { verdict: { kind: 'done', events }, opened }
}
