import { spawnSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'

/** An input as the runner gives it. */
export const input = (name) => process.env[`INPUT_${name.toUpperCase()}`]?.trim() ?? ''

/** Ends the step with a reason. */
export function fail(message) {
  console.log(`::error::${message.replaceAll('%', '%25').replaceAll('\n', '%0A')}`)
  process.exit(1)
}

/** Runs git in a folder; the token goes to it in its environment, never as an argument. */
export function git(folder, args, env = {}) {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: folder,
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0', ...env },
    encoding: 'utf8',
  })
  if (status !== 0) fail(`git ${args[0]} failed: ${stderr?.trim() || 'git could not be started'}`)
  return stdout.trim()
}

/** Writes a pair to one of the runner's files. */
export const write = (file, name, value) => appendFileSync(process.env[file] ?? '', `${name}=${value}\n`)
