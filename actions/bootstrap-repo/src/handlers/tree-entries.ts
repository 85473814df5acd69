import type { TreeFile } from '@switchyard/bootstrapping'
import type { GitHub, RepositoryName } from '@switchyard/github'
import { createBlob, type TreeFile as TreeEntry } from '@switchyard/github/operations'

/** Files as GitHub's trees take them: text inline, what is no UTF-8 as a blob of its own, null for what goes. */
export function toTreeEntries(
  github: GitHub,
  repository: RepositoryName,
  files: ReadonlyMap<string, TreeFile | null>,
): Promise<readonly TreeEntry[]> {
  return Promise.all(
    [...files].map(async ([path, file]): Promise<TreeEntry> => {
      if (file === null) return { path, mode: '100644', content: null }
      const text = findText(file.content)
      return { path, mode: file.mode, content: text ?? { sha: await createBlob(github, repository, file.content) } }
    }),
  )
}

function findText(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return undefined
  }
}
