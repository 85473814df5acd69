import { InternalError } from '@switchyard/core'

export interface TreeEntry {
  readonly path: string
  readonly oid: string
  /** In bytes. */
  readonly size: number
}

/** The files of `git ls-tree -r -l -z`; submodules are none. */
export function parseTree(output: string): readonly TreeEntry[] {
  return output.split('\0').flatMap((line) => {
    const match = /^\d+ blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line)
    return match === null ? [] : [{ oid: match[1] ?? '', size: Number(match[2]), path: match[3] ?? '' }]
  })
}

/** The texts of `git cat-file --batch`, in the order that was asked for. */
export function parseBlobs(output: Buffer): readonly string[] {
  const texts: string[] = []
  for (let at = 0; at < output.length;) {
    const end = output.indexOf('\n', at)
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(output.toString('utf8', at, end))?.[1]
    if (end < 0 || size === undefined) throw new InternalError('git cat-file answered what is no file')
    texts.push(output.toString('utf8', end + 1, end + 1 + Number(size)))
    at = end + 1 + Number(size) + 1
  }
  return texts
}
