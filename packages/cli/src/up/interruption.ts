/** Ends at the first SIGINT or SIGTERM. Further ones are ignored: closing takes a moment, and must not be cut off. */
export function whenInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve())
  })
}
