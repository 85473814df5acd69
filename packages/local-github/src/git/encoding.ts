import type { Commit, FileMode, NewCommit, Oid, Signature, TreeEntry } from './types.ts'

const treeModes: Readonly<Record<string, FileMode>> = {
  '100644': '100644',
  '100755': '100755',
  '40000': '040000',
  '040000': '040000',
  '160000': '160000',
  '120000': '120000',
}

export function entryType(mode: FileMode): TreeEntry['type'] {
  if (mode === '040000') return 'tree'
  return mode === '160000' ? 'commit' : 'blob'
}

export function parseTree(data: Buffer): readonly TreeEntry[] {
  const entries: TreeEntry[] = []
  let at = 0
  while (at < data.length) {
    const space = data.indexOf(0x20, at)
    const end = data.indexOf(0, space)
    // 100664 is the one historic mode git still shows as 100644.
    const mode = treeModes[data.toString('latin1', at, space)] ?? '100644'
    entries.push({
      mode,
      type: entryType(mode),
      name: data.toString('utf8', space + 1, end),
      oid: data.toString('hex', end + 1, end + 21),
    })
    at = end + 21
  }
  return entries
}

function compareEntries(left: TreeEntry, right: TreeEntry): number {
  return Buffer.compare(sortName(left), sortName(right))
}

/** Git sorts a folder as if its name ended in a slash. */
function sortName(entry: TreeEntry): Buffer {
  return Buffer.from(entry.type === 'tree' ? `${entry.name}/` : entry.name, 'utf8')
}

export function renderTree(entries: readonly TreeEntry[]): Buffer {
  const parts = [...entries]
    .sort(compareEntries)
    .flatMap((entry) => [
      Buffer.from(`${entry.mode === '040000' ? '40000' : entry.mode} ${entry.name}\0`, 'utf8'),
      Buffer.from(entry.oid, 'hex'),
    ])
  return Buffer.concat(parts)
}

export function parseCommit(oid: Oid, data: Buffer): Commit {
  const text = data.toString('utf8')
  const split = text.indexOf('\n\n')
  const headers = (split < 0 ? text : text.slice(0, split)).split('\n')
  const values = (name: string) => headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1))
  return {
    oid,
    tree: values('tree')[0] ?? '',
    parents: values('parent'),
    author: parseSignature(values('author')[0] ?? ''),
    committer: parseSignature(values('committer')[0] ?? ''),
    // Git ends a message with a line end; GitHub's answers never show it.
    message: split < 0 ? '' : text.slice(split + 2).replace(/\n+$/, ''),
  }
}

export function parseSignature(line: string): Signature {
  const match = /^(.*?) ?<([^>]*)> (\d+) ([+-])(\d\d)(\d\d)$/.exec(line)
  if (match === null) return { name: line, email: '', time: 0, offset: 0 }
  const [, name = '', email = '', seconds = '0', sign, hours = '0', minutes = '0'] = match
  const offset = Number(hours) * 60 + Number(minutes)
  return { name, email, time: Number(seconds) * 1000, offset: sign === '-' ? -offset : offset }
}

/** Characters that would end the field are dropped, as git does. */
function renderSignature(signature: Signature): string {
  const clean = (text: string) => text.replaceAll(/[<>\n\0]/g, '')
  const size = Math.abs(signature.offset)
  const zone = `${signature.offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}${pad(size % 60)}`
  return `${clean(signature.name)} <${clean(signature.email)}> ${Math.floor(signature.time / 1000)} ${zone}`
}

const pad = (value: number) => String(value).padStart(2, '0')

export function renderCommit(commit: NewCommit): Buffer {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${renderSignature(commit.author)}`,
    `committer ${renderSignature(commit.committer)}`,
  ]
  return Buffer.from(`${lines.join('\n')}\n\n${commit.message}`, 'utf8')
}
