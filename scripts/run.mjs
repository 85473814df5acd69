// Starts a task of scripts/tasks with the project's own Node, after making sure that the dependencies are there.
// Plain JavaScript for Node 20 with nothing installed: this file is the first thing that runs in a fresh clone.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [task, ...taskArguments] = process.argv.slice(2)

try {
  checkTask()
  installIfNeeded()
  const node = findNode()
  const script = join(root, 'scripts/tasks', `${task}.ts`)
  process.exitCode = run(node, ['--disable-warning=DEP0187', script, ...taskArguments], { ...process.env, SWITCHYARD_NODE: node })
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}

function checkTask() {
  const tasks = readdirSync(join(root, 'scripts/tasks'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => basename(file, '.ts'))
  if (!tasks.includes(task)) throw new Error(`Usage: node scripts/run.mjs <task> [arguments]\nTasks: ${tasks.join(', ')}`)
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
  console.log(`Installing the locked dependencies with ${packageManager} (first run, or the lockfile changed)`)
  // No lifecycle script of any package runs: see pnpm-workspace.yaml.
  const [command, args] = npxCommand(['--yes', packageManager, 'install', '--frozen-lockfile', '--prefer-offline'])
  const status = run(command, args, { ...process.env, CI: 'true' })
  if (status !== 0) throw new Error(`Installing failed (exit code ${status}). Check the network or the registry, then run the command again.`)
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

function run(command, args, env) {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' })
  if (error) throw error
  return status ?? (signal ? 130 : 1)
}
