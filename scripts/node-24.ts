import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './repository.ts'

export interface NodeBinary {
  readonly path: string
  readonly version: string
}

/** The Node version the project is developed and its actions are tested with, from `.node-version`. */
export const readNodeVersion = (): string => readFileSync(join(root, '.node-version'), 'utf8').trim()

/**
 * The Node that actions run on: of the major version that `using: node24` names, whatever this process runs on.
 *
 * @throws Error if there is none on this machine.
 */
export function getActionNode(): NodeBinary {
  const major = readNodeVersion().split('.')[0]
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const binary = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', platform === 'win' ? 'node.exe' : 'node')
  const candidates = [...(existsSync(binary) ? [binary] : []), process.execPath]
  for (const path of candidates) {
    const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().slice(1)
    if (version.split('.')[0] === major) return { path, version }
  }
  throw new Error(`The actions run on Node ${major}, and there is none here: run \`npm test\`, which installs it, or install it yourself.`)
}
