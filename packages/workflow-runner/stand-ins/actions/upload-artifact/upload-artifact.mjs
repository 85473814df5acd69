import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

const input = (name) => process.env[`INPUT_${name.toUpperCase()}`]?.trim() ?? ''
const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd()

function fail(message) {
  console.log(`::error::${message}`)
  process.exit(1)
}

const wanted = input('path')
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '')
if (wanted.length === 0) fail('The input `path` is missing.')
const unsupported = wanted.filter((path) => /[*?[\]!~]/.test(path))
if (unsupported.length > 0) {
  fail(`The stand-in for actions/upload-artifact knows no wildcards, and so not ${unsupported.map((path) => `\`${path}\``).join(', ')}.`)
}

const hasHidden = input('include-hidden-files') === 'true'
const sizes = wanted.flatMap((path) => sizesOf(resolve(workspace, path)))
if (sizes.length === 0) {
  const message = `Nothing is at ${wanted.join(', ')}, so there is no artifact.`
  const mode = input('if-no-files-found')
  if (mode === 'error') fail(message)
  console.log(mode === 'ignore' ? message : `::warning::${message}`)
} else {
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  console.log(
    `The artifact ${input('name')} would be ${sizes.length} ${sizes.length === 1 ? 'file' : 'files'} of ${bytes} bytes; nothing is kept on this machine`,
  )
}

function sizesOf(path) {
  if (!existsSync(path) || (basename(path).startsWith('.') && !hasHidden)) return []
  const found = statSync(path)
  return found.isDirectory() ? readdirSync(path).flatMap((name) => sizesOf(join(path, name))) : [found.size]
}
