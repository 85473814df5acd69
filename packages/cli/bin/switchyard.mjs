#!/usr/bin/env node
// Plain JavaScript for old Nodes: it starts the command on one that is new enough, or says what to install.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const NEEDED = 24
const own = dirname(dirname(fileURLToPath(import.meta.url)))
const entry = join(own, 'src/index.ts')
const preparation = join(own, '../../scripts/prepare.mjs')

try {
  await start()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}

async function start() {
  const node = await findNode()
  if (node === process.execPath) await import(pathToFileURL(entry).href)
  else restartOn(node)
}

/** In a clone of the repository its locked Node serves, and its dependencies are installed first. */
async function findNode() {
  if (existsSync(preparation)) {
    const { prepareClone } = await import(pathToFileURL(preparation).href)
    return prepareClone()
  }
  if (Number(process.versions.node.split('.')[0]) >= NEEDED) return process.execPath
  throw new Error(
    `switchyard needs Node ${NEEDED} or later, and this is ${process.versions.node}. Install it from https://nodejs.org, then run the command again.`,
  )
}

function restartOn(node) {
  const child = spawn(node, [entry, ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal sends its signals to both; whoever stops this process alone means the command.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    process.stderr.write(`${node} does not start: ${error.message}\n`)
    process.exitCode = 2
  })
  child.once('exit', (code, signal) => {
    process.exitCode = signal === null ? code : 1
  })
}
