import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { bundleAction, compareDist } from '../build/actions.ts'
import { readActionNames, root } from '../repository.ts'

const remedy = 'Run `npm run build` and commit what it writes.'

/** Whether each committed bundle is what its sources give, byte for byte, and nothing else lies beside it. A line a fault. */
export async function checkBundles(): Promise<readonly string[]> {
  const names = readActionNames()
  const differences = await Promise.all(names.map(async (name) => compareDist(name, await bundleAction(name))))
  return [...differences.flat(), ...findUncommitted(names)].map((fault) => `${fault}. ${remedy}`)
}

/** Files in `dist/` that git does not know; ignored ones too, since a user of the action would miss them. */
function findUncommitted(names: readonly string[]): readonly string[] {
  // An unpacked archive has no git; there is nothing to compare with then.
  if (names.length === 0 || !existsSync(join(root, '.git'))) return []
  const folders = names.map((name) => `actions/${name}/dist`)
  const output = execFileSync('git', ['ls-files', '--others', '-z', '--', ...folders], { cwd: root, encoding: 'utf8' })
  return output
    .split('\0')
    .filter((file) => file !== '')
    .map((file) => `${file} is not committed`)
}
