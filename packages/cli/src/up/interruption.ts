const SIGNALS = ['SIGINT', 'SIGTERM'] as const

export interface Interruption {
  /** Ends at the first SIGINT or SIGTERM. Further ones are ignored: closing takes a moment, and must not be cut off. */
  readonly interrupted: Promise<void>
  /** Leaves signals to whoever else wants them. */
  release(): void
}

export function awaitInterruption(): Interruption {
  const { promise, resolve } = Promise.withResolvers<void>()
  const listener = (): void => resolve()
  for (const signal of SIGNALS) process.on(signal, listener)
  return { interrupted: promise, release: () => SIGNALS.forEach((signal) => process.off(signal, listener)) }
}
