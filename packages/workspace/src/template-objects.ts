import { UserError } from '@switchyard/core'
import type * as Git from './git-library.ts'
import { sortTree, type TreeFile, type TreeLimits } from './file-tree.ts'
import { nameOf } from './git-request.ts'
import { notUtf8 } from './read-tree.ts'
import type { Template, TemplateRequest } from './read-template.ts'
import { createTally, type Tally } from './tally.ts'

type GitLibrary = typeof Git
type Place = Pick<Parameters<GitLibrary['readTree']>[0], 'fs' | 'gitdir' | 'cache'>

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
  const { tree } = await git.readTree({ ...place, oid })
  for (const entry of tree) {
    const path = parent === '' ? entry.path : `${parent}/${entry.path}`
    if (path.includes('\uFFFD')) throw notUtf8(path, 'TEMPLATE')
    if (entry.type === 'commit') throw hasSubmodule(request, path)
    if (entry.type === 'tree') {
      tally.addFolder()
      await readFolder(reading, { oid: entry.oid, parent: path })
    } else {
      const { blob } = await git.readBlob({ ...place, oid: entry.oid })
      tally.addFile(blob.length)
      files.set(path, { mode: modeOf(entry.mode), content: blob })
    }
  }
}

/** Ancient repositories have files that their group may write, too. */
function modeOf(mode: string): TreeFile['mode'] {
  return mode === '120000' || mode === '100755' ? mode : '100644'
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
