/** What the GitHub room needs from outside. The door wires it; `io` of the action room has this shape. */
export interface GitHubPorts {
  /** ms since the epoch, by the local clock. */
  now(): number
  /** Evenly drawn from 0 (included) to 1 (not included). */
  random(): number
  sleep(ms: number): Promise<void>
  readonly log: { debug(message: string): void }
  /** Called with every secret made here (App JWTs, installation tokens) before it is used. */
  mask(secret: string): void
}
