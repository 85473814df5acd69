import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { MOST_FIRST_BYTES } from '@switchyard/bench'
import { bundleAction, compareDist } from '../build/actions.ts'
import type { Bundle } from '../build/bundle.ts'
import { FIRST } from '../build/pack-file.ts'
import { readActionNames, root } from '../repository.ts'

const remedy = 'Run `npm run build` and commit what it writes.'

/** Whether each committed bundle is what its sources give, byte for byte, nothing else lies beside it, and its start is small. A line a fault. */
export async function checkBundles(): Promise<readonly string[]> {
  const names = readActionNames()
  const bundles = await Promise.all(names.map(async (name) => [name, await bundleAction(name)] as const))
  const differences = bundles.flatMap(([name, bundle]) => compareDist(name, bundle))
  return [...[...differences, ...findUncommitted(names)].map((fault) => `${fault}. ${remedy}`), ...bundles.flatMap(findSlowStart)]
}

/** A time would hang on the machine; how much is read before the first request leaves does not. */
function findSlowStart([name, bundle]: readonly [string, Bundle]): readonly string[] {
  const bytes = Buffer.byteLength(bundle.get(FIRST) ?? '')
  if (bytes <= MOST_FIRST_BYTES) return []
  const sizes = `${Math.round(bytes / 1_000)} KB, and may have ${MOST_FIRST_BYTES / 1_000}`
  return [`actions/${name}/dist/${FIRST} has ${sizes}. Import what the first request does not need by \`await import\`.`]
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
