import type { Decider, DomainEvent, Effect, StreamName } from '@switchyard/core'

/** What is done with a stream's decider, whatever its types are. */
export type DeciderUse<Result> = <State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  decider: Decider<State, Command, Event, Eff, Answer, Index>,
) => Result | Promise<Result>

type Registered = <Result>(use: DeciderUse<Result>) => Promise<Result>

/** Loaded when it is asked for: naming a stream must not load its rules. */
function register<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  load: () => Promise<Decider<State, Command, Event, Eff, Answer, Index>>,
): Registered {
  return async (use) => use(await load())
}

/** Every stream that has rules: a new one is one line here. */
const streams = {
  dispatch: register(async () => (await import('@switchyard/dispatching/records')).dispatchDecider),
  bootstrap: register(async () => (await import('@switchyard/bootstrapping/records')).bootstrapDecider),
  release: register(async () => (await import('@switchyard/releasing/records')).releaseDecider),
  plan: register(async () => (await import('@switchyard/planning/records')).planDecider),
} satisfies Partial<Record<StreamName, Registered>>

/** A stream whose rules this version has. */
export type RuledStream = keyof typeof streams

export const RULED_STREAMS = Object.keys(streams) as readonly RuledStream[]

export function isRuledStream(name: string): name is RuledStream {
  return Object.hasOwn(streams, name)
}

/** Loads a stream's decider with its parsers, and hands it on. */
export function withDecider<Result>(stream: RuledStream, use: DeciderUse<Result>): Promise<Result> {
  return streams[stream](use)
}
