import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDispatchStage } from '../../acceptance/src/index.ts'
import { renderPage } from '../demo/page.ts'
import { playPass, tellEnd, tellStage } from '../demo/story.ts'
import { getActionNode } from '../node-24.ts'
import { root } from '../repository.ts'

const started = performance.now()
const say = (line = ''): void => console.log(line)
const folder = join(root, 'out/demo')
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })

const stage = await createDispatchStage({ node: getActionNode().path, latency: 50 })
try {
  await tellStage(stage, say)
  const payload = await stage.completeCi()
  const first = await playPass(stage, { title: 'The run completes, and the event is delivered', payload, say })
  const second = await playPass(stage, { title: 'The same event is delivered again', payload, say })
  await tellEnd(stage, { first, second, say })
  await writeFile(join(folder, 'summary.md'), first.result.summary)
  await writeFile(join(folder, 'summary.html'), renderPage('Job summary of dispatch-on-complete', first.result.summary))
  await writeFile(join(folder, 'requests.txt'), `${first.requests.join('\n')}\n`)
  await writeFile(join(folder, 'log.txt'), `${first.result.log}\n`)
} finally {
  await stage.close()
}
say()
say(`Left in out/demo: summary.html (open it), summary.md, requests.txt, log.txt. ${((performance.now() - started) / 1_000).toFixed(1)} s.`)
