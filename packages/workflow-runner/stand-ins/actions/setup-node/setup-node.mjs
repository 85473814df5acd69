import { appendFileSync, readFileSync } from 'node:fs'
import { dirname, delimiter, join } from 'node:path'

const input = (name) => process.env[`INPUT_${name.toUpperCase()}`]?.trim() ?? ''

function fail(message) {
  console.log(`::error::${message}`)
  process.exit(1)
}

const unsupported = ['architecture', 'registry-url', 'scope', 'mirror', 'mirror-token'].filter((name) => input(name) !== '')
if (unsupported.length > 0) {
  fail(`The stand-in for actions/setup-node does not support ${unsupported.map((name) => `\`${name}\``).join(', ')}.`)
}

const own = process.versions.node
const wanted = input('node-version') || (input('node-version-file') === '' ? '' : readVersionFile(input('node-version-file')))
const parts = wanted
  .replace(/^v/, '')
  .split('.')
  .filter((part) => !['x', '*', ''].includes(part))
const isAny = wanted === '' || ['lts/*', 'lts', 'latest', 'current', 'node', '*'].includes(wanted)
if (!isAny && !parts.every((part) => /^\d+$/.test(part))) {
  fail(`The stand-in for actions/setup-node does not understand the version ${wanted}.`)
}
if (
  !isAny &&
  !own
    .split('.')
    .slice(0, parts.length)
    .every((part, index) => part === parts[index])
) {
  fail(`Node ${wanted} is asked for, this machine's is ${own}, and nothing is downloaded here.`)
}
// The Node that runs the actions comes first, as the one that was asked for.
appendFileSync(process.env.GITHUB_PATH ?? '', `${dirname(process.execPath)}\n`)
appendFileSync(process.env.GITHUB_OUTPUT ?? '', `node-version=v${own}\ncache-hit=false\n`)
console.log(`Node ${own} of this machine; ${process.env.PATH?.split(delimiter).length ?? 0} folders are searched after it`)

function readVersionFile(name) {
  const text = readFileSync(join(process.env.GITHUB_WORKSPACE ?? '', name), 'utf8')
  if (!name.endsWith('.json')) return text.trim().split('\n')[0] ?? ''
  const { volta, devEngines, engines } = JSON.parse(text)
  return volta?.node ?? devEngines?.runtime?.version ?? engines?.node ?? ''
}
