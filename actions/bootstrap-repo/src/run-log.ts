import { MAX_LOG_BYTES } from '@switchyard/bootstrapping'

const CUT = '[the rest was cut off]'

/** What a run says of itself, for the ledger: lines in their order, the first 256 KiB, with a last line that says so where more came. */
export class RunLog {
  readonly #lines: string[] = []
  readonly #say: (line: string) => void
  #bytes = Buffer.byteLength(CUT, 'utf8') + 1
  #isCut = false

  /** `say` gets every line as well: the step's own log. */
  constructor(say: (line: string) => void) {
    this.#say = say
  }

  add(text: string): void {
    for (const line of text.split('\n')) {
      this.#say(line)
      if (this.#isCut) continue
      // Half a character becomes one of three bytes.
      const whole = line.toWellFormed()
      this.#bytes += Buffer.byteLength(whole, 'utf8') + 1
      this.#isCut = this.#bytes > MAX_LOG_BYTES
      this.#lines.push(this.#isCut ? CUT : whole)
    }
  }

  text(): string {
    return this.#lines.length === 0 ? '' : `${this.#lines.join('\n')}\n`
  }
}
