// Starts a task of scripts/tasks with the project's own Node, after making sure that the dependencies are there.
// Plain JavaScript for Node 20 with nothing installed: this file is the first thing that runs in a fresh clone.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepareClone } from './prepare.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [task, ...taskArguments] = process.argv.slice(2)

try {
  checkTask()
  const node = prepareClone()
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

function run(command, args, env) {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' })
  if (error) throw error
  return status ?? (signal ? 130 : 1)
}
