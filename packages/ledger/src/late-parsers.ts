import { type Decider, type DomainEvent, type Effect, InternalError } from '@switchyard/core'

type Parsers<State, Event extends DomainEvent, Eff extends Effect, Index> = Decider<State, never, Event, Eff, never, Index>['parse']

/** A decider's parsers, which load zod: there from the moment `load` has ended, which is before anything is parsed. */
export function createLateParsers<State, Event extends DomainEvent, Eff extends Effect, Index>(
  read: () => Promise<Parsers<State, Event, Eff, Index>>,
): { readonly parse: Parsers<State, Event, Eff, Index>; load(): Promise<void> } {
  let loaded: Parsers<State, Event, Eff, Index> | undefined
  const ready = (): Parsers<State, Event, Eff, Index> => {
    if (loaded === undefined) throw new InternalError('Records were to be parsed before their parsers had loaded.')
    return loaded
  }
  return {
    parse: {
      state: (value) => ready().state(value),
      event: (value) => ready().event(value),
      effect: (value) => ready().effect(value),
      index: (value) => ready().index(value),
    },
    async load() {
      loaded = await read()
    },
  }
}
