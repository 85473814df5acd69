import { type StreamName, UserError } from '@switchyard/core'
import type { LedgerStore } from '@switchyard/ledger'
import { rebuild, type Rebuilt, type Verification, verify } from '@switchyard/ledger/maintenance'

/** What needs the rules of a stream, for each stream that has some. */
interface Maintenance {
  verify(store: LedgerStore): Promise<Verification>
  rebuild(store: LedgerStore): Promise<Rebuilt>
}

async function loadDispatch(): Promise<Maintenance> {
  const { dispatchDecider } = await import('@switchyard/dispatching/records')
  return { verify: (store) => verify(dispatchDecider, store), rebuild: (store) => rebuild(dispatchDecider, store) }
}

/** @throws {UserError} `STREAM_UNKNOWN` for a stream whose rules are not in this version. */
export async function getMaintenance(stream: StreamName): Promise<Maintenance> {
  if (stream === 'dispatch') return loadDispatch()
  throw new UserError('STREAM_UNKNOWN', `This version of Switchyard has no rules for the stream ${stream}`, { hint: 'Choose dispatch, or a newer version. `show` and `export` read any stream.' })
}
