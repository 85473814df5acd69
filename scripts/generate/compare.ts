import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../repository.ts'
import { generators } from './generators.ts'

export interface Difference {
  readonly file: string
  /** undefined if the file belongs to a generator's folder but is not made by it. */
  readonly wanted: string | undefined
}

/** Where the repository differs from what its generators make now. */
export async function readDifferences(): Promise<readonly Difference[]> {
  const made = await Promise.all(generators.map(async (generator) => ({ owns: generator.owns, files: await generator.files() })))
  const wanted = new Map(made.flatMap(({ files }) => [...files]))
  const strays = globSync(
    made.flatMap(({ owns }) => owns.map((folder) => `${folder}/**/*.*`)),
    { cwd: root },
  )
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !wanted.has(file))
  return [
    ...[...wanted].filter(([file, content]) => readIfThere(file) !== content).map(([file, content]) => ({ file, wanted: content })),
    ...strays.sort().map((file) => ({ file, wanted: undefined })),
  ]
}

/** The differences as lines of a check. */
export async function compareGenerated(): Promise<readonly string[]> {
  const differences = await readDifferences()
  return differences.map(({ file, wanted }) =>
    wanted === undefined
      ? `${file} is made by no generator. Remove it.`
      : `${file} is not what its sources give. Run \`npm run generate\`.`,
  )
}

function readIfThere(file: string): string | undefined {
  const path = join(root, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
