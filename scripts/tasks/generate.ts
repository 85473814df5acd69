import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readDifferences } from '../generate/compare.ts'
import { root } from '../repository.ts'

const differences = await readDifferences()
for (const { file, wanted } of differences) {
  if (wanted === undefined) {
    console.log(`${file} is made by no generator: remove it`)
    process.exitCode = 1
    continue
  }
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), wanted)
  console.log(`wrote ${file}`)
}
if (differences.length === 0) console.log('All generated files are in step.')
