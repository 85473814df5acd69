import { MAX_LOG_BYTES } from '@switchyard/bootstrapping'

/** What a run says of itself, for the ledger: lines in their order, the first 256 KiB. */
export class RunLog {
  readonly #lines: string[] = []
  readonly #say: (line: string) => void
  #bytes = 0

  /** `say` gets every line as well: the step's own log. */
  constructor(say: (line: string) => void) {
    this.#say = say
  }

  add(text: string): void {
    for (const line of text.split('\n')) {
      this.#say(line)
      const bytes = Buffer.byteLength(line, 'utf8') + 1
      if (this.#bytes + bytes > MAX_LOG_BYTES) continue
      this.#bytes += bytes
      this.#lines.push(line.toWellFormed())
    }
  }

  text(): string {
    return this.#lines.length === 0 ? '' : `${this.#lines.join('\n')}\n`
  }
}
