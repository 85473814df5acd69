import { InternalError } from '@switchyard/core'
import type { DispatchDecider } from '@switchyard/dispatching'

type Parsers = DispatchDecider['parse']

/** The decider's parsers, which load zod: there from the moment `load` has ended, which is before anything is parsed. */
export function createLateParsers(): { readonly parse: Parsers; load(): Promise<void> } {
  let loaded: Parsers | undefined
  const ready = (): Parsers => {
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
      loaded = (await import('@switchyard/dispatching/records')).dispatchDecider.parse
    },
  }
}
