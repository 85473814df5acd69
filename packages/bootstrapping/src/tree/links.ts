import { findPathFault, foldCase } from './check-path.ts'
import { quotePath, type TreeFault, type TreeFaultCode } from './fault-codes.ts'
import type { FileTree } from './file-tree.ts'
import { MAX_LINK_BYTES } from './limits.ts'
import { findText } from './text.ts'

/** Most links that are followed for one path, as Linux does, and most names that are walked. */
const MAX_HOPS = 40
const MAX_STEPS = 1_000

/** Files that git reads on its own: it refuses a link in their place itself. */
const SPECIAL = /(^|\/)\.git(modules|attributes|ignore)$/i

type Refused = readonly [code: TreeFaultCode, what: string]

const NO_PATH: Refused = ['link-not-a-path', 'does not hold a path']

/** Where a link leads, name by name and folded, or why it leads nowhere. */
type Target = { readonly names: readonly string[] } | { readonly refused: Refused }

/** Every symbolic link of a tree by its folded path: where case does not count, a link is followed under any spelling. */
export type Links = ReadonlyMap<string, Target>

export function linksOf(tree: FileTree): Links {
  return new Map([...tree].flatMap(([path, file]) => (file.mode === '120000' ? [[foldCase(path), readTarget(file.content)]] : [])))
}

/** What is wrong with the symbolic link at this path: it leads out of the tree, into `.git`, in circles or nowhere sensible. */
export function findLinkFault(links: Links, path: string): TreeFault | undefined {
  const refused: Refused | undefined = SPECIAL.test(path) ? ['link-special-file', 'stands where git expects a file'] : follow(links, path)
  if (refused === undefined) return undefined
  const hint = 'Delete the link in the template, or let it lead to a file of the same repository by a relative path.'
  return { code: refused[0], message: `The symbolic link ${quotePath(path)} ${refused[1]}.`, hint, path, severity: 'error' }
}

/** The first path that a file cannot lie under, because it is itself a link. */
export function findLinkAbove(tree: FileTree, path: string): string | undefined {
  return foldersOf(path).find((folder) => tree.get(folder)?.mode === '120000')
}

/** Every folder above a path, from the root down. */
export function foldersOf(path: string): readonly string[] {
  const folders: string[] = []
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) folders.push(path.slice(0, end))
  return folders
}

/** Walks a link as the kernel does: name by name, each link on the way replaced by where it leads. */
function follow(links: Links, link: string): Refused | undefined {
  const pending = foldCase(link).split('/').reverse()
  const walked: string[] = []
  let hops = 0
  let steps = 0
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    steps += 1
    if (steps > MAX_STEPS) return ['link-loop', 'leads in a circle']
    if (name === '' || name === '.') continue
    if (name === '..') {
      if (walked.pop() === undefined) return ['link-leaves-tree', 'leads out of the repository']
      continue
    }
    walked.push(name)
    const target = links.get(walked.join('/'))
    if (target === undefined) continue
    hops += 1
    if (hops > MAX_HOPS) return ['link-loop', 'leads in a circle']
    if ('refused' in target) return target.refused
    walked.pop()
    pending.push(...target.names.toReversed())
  }
  return undefined
}

function readTarget(content: Uint8Array): Target {
  const target = content.byteLength > MAX_LINK_BYTES ? undefined : findText(content)
  if (target === undefined || target === '') return { refused: NO_PATH }
  if (/^(\/|[A-Za-z]:)/.test(target)) return { refused: ['link-absolute', 'leads to an absolute path'] }
  const names = target.split('/')
  // Steps up and in place are for the walk to judge; the rest must be what a path may be.
  const rest = names.filter((name) => !['', '.', '..'].includes(name)).join('/')
  const fault = rest === '' ? undefined : findPathFault(rest)
  if (fault !== undefined) return { refused: fault.code === 'path-git' ? ['link-into-git', 'leads into `.git`'] : NO_PATH }
  return { names: names.map(foldCase) }
}
