/**
 * Why no answer came. `not-sent`: no connection was made, so GitHub cannot have acted. `lost`: the request may have arrived.
 * `unusable`: an answer came that must not be used (too large, a redirect to nowhere safe).
 */
export type TransportFailure = 'not-sent' | 'lost' | 'unusable'

/** A request without a usable answer. The message names the host, never a path or a header. */
export class TransportError extends Error {
  readonly failure: TransportFailure

  constructor(failure: TransportFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TransportError'
    this.failure = failure
  }
}

export function tooLarge(target: URL, maxBytes: number): TransportError {
  return new TransportError('unusable', `the answer of ${target.host} is larger than ${maxBytes} bytes`)
}
