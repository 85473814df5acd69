import { UserError } from '@switchyard/core'
import type * as Git from './git-library.ts'
import { sortTree, type TreeFile, type TreeLimits } from './file-tree.ts'
import { nameOf } from './git-request.ts'
import { notGit } from './packet-lines.ts'
import { parseTree } from './parse-tree.ts'
import { notUtf8 } from './read-tree.ts'
import type { Template, TemplateRequest } from './read-template.ts'
import { createTally, type Tally } from './tally.ts'

type GitLibrary = Pick<typeof Git, 'readBlob' | 'readCommit' | 'readObject'>
type Place = Pick<Parameters<GitLibrary['readBlob']>[0], 'fs' | 'gitdir' | 'cache'>

export interface ObjectsRequest {
  readonly git: GitLibrary
  readonly place: Place
  /** A commit, or a tag object that leads to one. */
  readonly wanted: string
  readonly limits: TreeLimits
  readonly request: TemplateRequest
}

/** The files of a commit, from git's objects: nothing is checked out. */
export async function readObjects(asked: ObjectsRequest): Promise<Template> {
  const { git, place, wanted, limits } = asked
  const { oid, commit } = await git.readCommit({ ...place, oid: wanted })
  const files = new Map<string, TreeFile>()
  await readFolder({ ...asked, tally: createTally('TEMPLATE', limits), files }, { oid: commit.tree, parent: '' })
  const lfsPointers = [...files].filter(([, file]) => isLfsPointer(file)).map(([path]) => path)
  return { commit: oid, committedAt: commit.committer.timestamp * 1_000, tree: sortTree(files), lfsPointers: lfsPointers.sort() }
}

interface Reading extends ObjectsRequest {
  readonly tally: Tally
  readonly files: Map<string, TreeFile>
}

async function readFolder(reading: Reading, { oid, parent }: { readonly oid: string; readonly parent: string }): Promise<void> {
  const { git, place, tally, files, request } = reading
  const seen = new Set<string>()
  for (const entry of parseTree(await readTreeBody(reading, oid))) {
    const path = parent === '' ? entry.shownName : `${parent}/${entry.shownName}`
    if (entry.name === undefined) throw notUtf8(path, 'TEMPLATE')
    if (entry.name.includes('/') || seen.has(entry.name)) throw pathUnsafe(request, path)
    seen.add(entry.name)
    if (entry.kind === 'submodule') throw hasSubmodule(request, path)
    if (entry.kind === 'folder') {
      tally.addFolder()
      await readFolder(reading, { oid: entry.oid, parent: path })
    } else {
      const { blob } = await git.readBlob({ ...place, oid: entry.oid })
      tally.addFile(blob.length)
      files.set(path, { mode: MODES[entry.kind], content: blob })
    }
  }
}

/** As it is stored: the library's own reading refuses names without telling which. */
async function readTreeBody({ git, place }: Reading, oid: string): Promise<Uint8Array> {
  const { type, object } = await git.readObject({ ...place, oid, format: 'content' })
  if (type !== 'tree' || !(object instanceof Uint8Array)) throw notGit()
  return object
}

const MODES = { file: '100644', executable: '100755', symlink: '120000' } as const satisfies Record<string, TreeFile['mode']>

/** Git's own tools write no such tree: a name that is a path of its own, or that stands there twice. */
function pathUnsafe({ url, tag }: TemplateRequest, path: string): UserError {
  return new UserError('TEMPLATE_PATH_UNSAFE', `The template ${nameOf(url)} has ${JSON.stringify(path)} as one name, or twice`, {
    hint: 'Make the commit anew with git itself, and tag it.',
    context: { template: nameOf(url), tag, path },
  })
}

function hasSubmodule({ url, tag }: TemplateRequest, path: string): UserError {
  return new UserError('TEMPLATE_SUBMODULE', `The template ${nameOf(url)} has a submodule at ${path}`, {
    hint: 'Copy its files into the template, or add the submodule after the repository was made.',
    context: { template: nameOf(url), tag, path },
  })
}

/** Source: github.com/git-lfs/git-lfs, docs/spec.md, "The Pointer". */
function isLfsPointer({ mode, content }: TreeFile): boolean {
  const first = 'version https://git-lfs.github.com/spec/v1\n'
  return mode !== '120000' && content.length < 1_024 && Buffer.from(content).toString('latin1').startsWith(first)
}
