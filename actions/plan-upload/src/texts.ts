import { type TextRef, toTextRef } from '@switchyard/core'
import type { LedgerOf, LoadedOf } from '@switchyard/ledger'
import type { PlanDecider } from '@switchyard/planning'

type Ledger = Pick<LedgerOf<PlanDecider>, 'readTexts'>
type Loaded = LoadedOf<PlanDecider>

/** Texts of the ledger: each is read once in a run, and those that the run itself wrote not at all. */
export class Texts {
  readonly #ledger: Ledger
  readonly #known = new Map<string, Promise<string>>()

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  note(text: string): void {
    this.#known.set(keyOf(toTextRef(text)), Promise.resolve(text))
  }

  /** For what is wanted later: it is on its way while something else is done. Whoever reads it then is told what went wrong. */
  readAhead(loaded: Loaded, ref: TextRef): void {
    this.read(loaded, ref).catch(() => undefined)
  }

  read(loaded: Loaded, ref: TextRef): Promise<string> {
    const key = keyOf(ref)
    const known = this.#known.get(key) ?? this.#ledger.readTexts(loaded, [ref]).then(([text = '']) => text)
    this.#known.set(key, known)
    return known
  }
}

function keyOf({ blobs }: TextRef): string {
  return blobs.join()
}
