import { UserError } from '@switchyard/core'
import type { UnreadableFile } from './errors.ts'
import type { LedgerStore } from './store.ts'

/**
 * The error for a file that does not parse, with the commit that had it whole: the newest one of the file's history whose text is
 * not the one at hand.
 */
export async function reportCorruption(store: LedgerStore, head: string | undefined, fault: UnreadableFile): Promise<UserError> {
  const { path, line, column } = fault
  const good = head === undefined ? undefined : await findLastGood(store, head, path)
  const restore = good === undefined ? '' : ` Its last good text is in commit ${good}: \`git checkout ${good} -- ${path}\`.`
  const rebuild = fault.isDerived ? ' `switchyard ledger rebuild` makes it anew from the events.' : ''
  return new UserError('LEDGER_CORRUPT', `${path} of branch ${store.place.branch} does not parse: ${fault.message}`, {
    hint: `The file was changed by something else than Switchyard. Nothing was overwritten.${restore}${rebuild}`,
    place: { file: path, line, column },
    context: { path, lastGoodCommit: good ?? null },
    cause: fault.cause,
  })
}

async function findLastGood(store: LedgerStore, head: string, path: string): Promise<string | undefined> {
  const { isReadable } = await import('./is-readable.ts')
  const bad = (await store.readAt(head, [path])).get(path)
  for (const commit of await store.historyOf(head, path)) {
    const text = (await store.readAt(commit, [path])).get(path)
    if (text !== undefined && text !== bad && isReadable({ place: store.place, path, text })) return commit
  }
  return undefined
}
