import { sha256, type TextRef } from '@switchyard/core'
import { reportCorruption } from './corruption.ts'
import { UnreadableFile } from './errors.ts'
import { blobPath } from './paths.ts'
import type { LedgerStore } from './store.ts'

/**
 * The texts that events name, in the order asked, as of a commit: one request for what fits into one.
 *
 * @throws {UserError} LEDGER_CORRUPT when a piece is missing or is not what its name says.
 */
export async function readTexts(store: LedgerStore, head: string, refs: readonly TextRef[]): Promise<readonly string[]> {
  const pieces = await readPieces(
    store,
    head,
    refs.flatMap(({ blobs }) => blobs),
  )
  return refs.map(({ blobs }) => blobs.map((hash) => pieces.get(hash) ?? '').join(''))
}

/** The same for pieces of texts, each once, by their hashes. @throws {UserError} LEDGER_CORRUPT */
export async function readPieces(store: LedgerStore, head: string, named: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const hashes = [...new Set(named)]
  const files = await store.readAt(head, hashes.map(blobPath))
  const pieces = new Map<string, string>()
  for (const hash of hashes) {
    const path = blobPath(hash)
    const text = files.get(path)
    const fault = findTextFault(hash, text)
    if (text === undefined || fault !== undefined) {
      throw await reportCorruption(store, head, new UnreadableFile(fault ?? '', { path, line: 1, column: 1, isDerived: false }, undefined))
    }
    pieces.set(hash, text)
  }
  return pieces
}

/** What is wrong with a text under this hash; undefined when nothing is. */
export function findTextFault(hash: string, text: string | undefined): string | undefined {
  if (text === undefined) return 'The text is missing'
  return sha256(text) === hash ? undefined : 'The text is not the one that its name says'
}
