import { notGit } from './packet-lines.ts'

/** One line of a tree as git stores it. Whether its name may stand in a path is not asked here. */
export interface StoredEntry {
  readonly kind: 'file' | 'executable' | 'symlink' | 'folder' | 'submodule'
  /** Undefined when it is not UTF-8. */
  readonly name: string | undefined
  /** With � for what is not UTF-8: for messages. */
  readonly shownName: string
  /** 40 hex digits. */
  readonly oid: string
}

const OID_BYTES = 20
/** Octal, without leading zeros. Ancient repositories have files that their group may write, too. Source: git's `canon_mode`. */
const KINDS: Readonly<Record<string, StoredEntry['kind']>> = {
  '100644': 'file',
  '100664': 'file',
  '100755': 'executable',
  '120000': 'symlink',
  '40000': 'folder',
  '160000': 'submodule',
}

/**
 * The entries of a tree object, in its order. Source: git-scm.com/book/en/v2/Git-Internals-Git-Objects, "Tree Objects".
 *
 * @throws {GitHubError} `GITHUB_UNEXPECTED` for what git itself would not take for a tree.
 */
export function parseTree(body: Uint8Array): readonly StoredEntry[] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const entries: StoredEntry[] = []
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at)
    const end = bytes.indexOf(0, space)
    const kind = KINDS[bytes.toString('latin1', at, Math.max(space, at)).replace(/^0+/, '')]
    if (space < 0 || end < 0 || end + OID_BYTES >= bytes.length || kind === undefined) throw notGit()
    const name = bytes.subarray(space + 1, end)
    at = end + 1 + OID_BYTES
    entries.push({ kind, name: findText(name), shownName: name.toString('utf8'), oid: bytes.toString('hex', end + 1, at) })
  }
  return entries
}

function findText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
