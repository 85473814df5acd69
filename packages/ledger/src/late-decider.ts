import { type Decider, type DomainEvent, type Effect, InternalError, type StreamName } from '@switchyard/core'

/** What the first request hangs on: which documents are read. A whole decider's rules are that, too. */
export interface EarlyRules {
  readonly stream: StreamName
  readonly views: readonly { document(at: number, subject: string): string | undefined }[]
}

/** A decider whose rules and parsers are loaded: there from the moment `load` has ended, which is before anything is decided or parsed. */
export function createLateDecider<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  early: EarlyRules,
  read: () => Promise<Decider<State, Command, Event, Eff, Answer, Index>>,
): { readonly decider: Decider<State, Command, Event, Eff, Answer, Index>; load(): Promise<void> } {
  let loaded: Decider<State, Command, Event, Eff, Answer, Index> | undefined
  const ready = (): Decider<State, Command, Event, Eff, Answer, Index> => {
    if (loaded === undefined) throw notLoaded()
    return loaded
  }
  const views = early.views.map((view) => ({
    name: 'not loaded',
    initial: null,
    document: (at: number, subject: string) => view.document(at, subject),
    // Whoever took this view before the rules were there must not write with it.
    evolve: () => {
      throw notLoaded()
    },
  }))
  return {
    decider: {
      stream: early.stream,
      get views() {
        return loaded?.views ?? views
      },
      get foldVersion() {
        return ready().foldVersion
      },
      get initial() {
        return ready().initial
      },
      get index() {
        return ready().index
      },
      get parse() {
        return ready().parse
      },
      decide: (...on) => ready().decide(...on),
      settle: (...on) => ready().settle(...on),
      evolve: (...on) => ready().evolve(...on),
    },
    async load() {
      loaded = await read()
    },
  }
}

function notLoaded(): InternalError {
  return new InternalError('The ledger was to be worked on before its rules had loaded.')
}
