import { createHash } from 'node:crypto'

export interface GitObject {
  readonly type: 'blob' | 'tree' | 'commit'
  /** 40 hex digits. */
  readonly oid: string
  readonly body: Uint8Array
}

/** Source: git-scm.com/book/en/v2/Git-Internals-Git-Objects, "Object Storage". */
export function toGitObject(type: GitObject['type'], body: Uint8Array): GitObject {
  const oid = createHash('sha1').update(`${type} ${body.length}\0`).update(body).digest('hex')
  return { type, oid, body }
}

export interface TreeEntry {
  /** As git writes it: `40000` for a folder. */
  readonly mode: '100644' | '100755' | '120000' | '40000'
  readonly name: string
  readonly oid: string
}

/** Entries stand in the order of their bytes, a folder as if its name ended with a slash. Source: git's `base_name_compare`. */
export function toTreeObject(entries: readonly TreeEntry[]): GitObject {
  const keyed = entries.map((entry) => ({ entry, key: Buffer.from(entry.mode === '40000' ? `${entry.name}/` : entry.name, 'utf8') }))
  const parts = keyed
    .sort((left, right) => Buffer.compare(left.key, right.key))
    .flatMap(({ entry }) => [Buffer.from(`${entry.mode} ${entry.name}\0`, 'utf8'), Buffer.from(entry.oid, 'hex')])
  return toGitObject('tree', Buffer.concat(parts))
}

export interface CommitFacts {
  readonly tree: string
  readonly message: string
  readonly author: Person
  /** ms since the epoch; git keeps whole seconds. */
  readonly at: number
}

export interface Person {
  readonly name: string
  readonly email: string
}

/** A commit without a parent, by one person, in UTC. */
export function toCommitObject({ tree, message, author, at }: CommitFacts): GitObject {
  const signature = `${withoutCrud(author.name)} <${withoutCrud(author.email)}> ${Math.floor(at / 1_000)} +0000`
  const text = `${message.replaceAll('\0', '').trimEnd()}\n`
  return toGitObject('commit', Buffer.from(`tree ${tree}\nauthor ${signature}\ncommitter ${signature}\n\n${text}`, 'utf8'))
}

/** What git drops from names and addresses, so that none can forge a line. Source: git's ident.c. */
function withoutCrud(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[<>\n\0]/g, '').replace(/^[\0-\x20.,:;"\\']+|[\0-\x20.,:;"\\']+$/g, '')
}
