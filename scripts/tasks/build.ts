import { bundleAction, writeDist } from '../build/actions.ts'
import { FIRST, LATE } from '../build/pack-file.ts'
import { readActionNames } from '../repository.ts'

const known = readActionNames()
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  throw new Error(`No such action: ${unknown.join(', ')}. There are: ${known.join(', ') || 'none yet'}`)
}

for (const name of wanted.length > 0 ? wanted : known) {
  const started = performance.now()
  const bundle = await bundleAction(name)
  writeDist(name, bundle)
  const sizes = [FIRST, LATE].map((file) => `${file} ${Math.round(Buffer.byteLength(bundle.get(file) ?? '') / 1_000)} KB`)
  console.log(`built actions/${name}/dist: ${sizes.join(', ')}, in ${Math.round(performance.now() - started)} ms`)
}
