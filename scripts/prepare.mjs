// Makes a clone ready to run: the locked dependencies, and a Node that is new enough.
// Plain JavaScript for Node 20 with nothing installed: it runs before anything else of the repository can.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Installs the locked dependencies if they are not there, and returns the path of the Node to go on with: the running one if it is
 * new enough. What it says goes to standard error.
 *
 * @throws Error that says what to do, if there is no such Node or installing fails.
 */
export function prepareClone() {
  installIfNeeded()
  return findNode()
}

function installIfNeeded() {
  const lockfile = join(root, 'pnpm-lock.yaml')
  const mark = join(root, 'node_modules/.switchyard-installed')
  const wanted = createHash('sha256').update(readFileSync(lockfile)).digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return
  // pnpm writes this file at the end of an install, also of one that somebody started by hand.
  const modules = join(root, 'node_modules/.modules.yaml')
  if (existsSync(modules) && statSync(modules).mtimeMs >= statSync(lockfile).mtimeMs) return
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  console.error(`Installing the locked dependencies with ${packageManager} (first run, or the lockfile changed)`)
  // No lifecycle script of any package runs: see pnpm-workspace.yaml.
  const [command, args] = npxCommand(['--yes', packageManager, 'install', '--frozen-lockfile', '--prefer-offline'])
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, CI: 'true' },
    stdio: ['inherit', process.stderr, process.stderr],
  })
  if (error) throw error
  if (status !== 0) {
    throw new Error(`Installing failed (exit code ${status}). Check the network or the registry, then run the command again.`)
  }
  writeFileSync(mark, wanted)
}

/** npx through the npm that is running, or that lies beside Node: `npx.cmd` cannot be started without a shell on Windows. */
function npxCommand(args) {
  const besideNode = [
    join(dirname(process.execPath), 'node_modules/npm/bin/npx-cli.js'),
    join(dirname(process.execPath), '../lib/node_modules/npm/bin/npx-cli.js'),
  ]
  const running = process.env.npm_execpath ? [join(dirname(process.env.npm_execpath), 'npx-cli.js')] : []
  const script = [...running, ...besideNode].find((file) => existsSync(file))
  return script === undefined ? ['npx', args] : [process.execPath, [script, ...args]]
}

function findNode() {
  const wanted = readFileSync(join(root, '.node-version'), 'utf8').trim()
  const major = (version) => Number(version.split('.')[0])
  if (major(process.versions.node) >= major(wanted)) return process.execPath
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const name = `node-${platform}-${process.arch}`
  const binary = join(root, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node')
  if (existsSync(binary)) return binary
  throw new Error(
    `This needs Node ${major(wanted)} or later. The running one is ${process.versions.node}, and the package ${name} is not installed ` +
      `for this platform. Install Node ${wanted} (see .node-version) and run the command again.`,
  )
}
