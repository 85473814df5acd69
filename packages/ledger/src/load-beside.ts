import type { DomainEvent, Effect, Selection } from '@switchyard/core'
import type { Ledger, LoadWanted } from './ledger.ts'
import type { Loaded } from './loaded.ts'

/** Whoever reads what is asked beside the ledger. */
interface Reader {
  select<T>(selections: readonly [Selection<T>]): Promise<readonly [T]>
}

/** Reads a ledger and, beside it, something else of GitHub: one request where one token sees both (`other` is undefined), two at once where not. */
export async function loadBeside<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index, T>(
  ledger: Ledger<State, Command, Event, Eff, Answer, Index>,
  wanted: LoadWanted,
  { beside, other }: { readonly beside: Selection<T>; readonly other: Reader | undefined },
): Promise<{ readonly loaded: Loaded<State, Eff, Index, undefined>; readonly beside: T }> {
  if (other === undefined) {
    const loaded = await ledger.load(wanted, beside)
    return { loaded: loaded.without(), beside: loaded.beside }
  }
  const [loaded, [found]] = await Promise.all([ledger.load(wanted), other.select([beside])])
  return { loaded, beside: found }
}
