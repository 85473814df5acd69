import type { FileTree, TreeFile } from '@switchyard/bootstrapping'
import type { BootstrapStage } from './bootstrap-stage.ts'

/** A commit's files as git itself tells them; a mode that is not of today's is a file's. */
export async function readFileTree({ git, github }: BootstrapStage, repository: string, commit: string): Promise<FileTree> {
  const lines = (await git(repository, 'ls-tree', '-r', '-z', commit)).split('\0').filter((line) => line !== '')
  const files = await Promise.all(
    lines.map(async (line): Promise<readonly [string, TreeFile]> => {
      const [head = '', path = ''] = line.split('\t')
      const [mode, , oid = ''] = head.split(' ')
      const content = await github.world.git(repository).readBlob(oid)
      if (content === undefined) throw new Error(`${path} is not there`)
      return [path, { mode: mode === '100755' || mode === '120000' ? mode : '100644', content }]
    }),
  )
  return new Map(files.sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right))))
}
