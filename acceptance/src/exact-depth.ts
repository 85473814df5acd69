import { readdir, readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import type { LocalGitHubOptions } from '@switchyard/local-github'

/** How often, and how many milliseconds apart, everybody has to be found asleep: what they had sent has arrived by then. */
const LOOKS = 3
const APART_MS = 5

/**
 * Makes the measured depth exact on any machine: no answer leaves before whoever waits for it has sent everything that it could
 * send without it. Only Linux tells so; elsewhere the latency has to be long enough.
 */
export const EXACT_DEPTH = {
  latency: process.platform === 'linux' ? 20 : 100,
  ...(process.platform === 'linux' && { beforeAnswer: untilChildrenWait }),
} satisfies LocalGitHubOptions

/** Resolves when every process that this one has started does nothing but wait. */
async function untilChildrenWait(): Promise<void> {
  for (let asleep = 0; asleep < LOOKS; asleep = (await areChildrenAsleep()) ? asleep + 1 : 0) await setTimeout(APART_MS)
}

async function areChildrenAsleep(): Promise<boolean> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const stats = await Promise.all(ids.map(async (id) => [id, await readStat(`/proc/${id}/stat`)] as const))
  const children = stats.filter(([, stat]) => stat?.parent === process.pid)
  const states = await Promise.all(children.map(([id]) => readThreadStates(id)))
  return states.flat().every((state) => state !== 'R' && state !== 'D')
}

async function readThreadStates(id: string): Promise<readonly (string | undefined)[]> {
  const threads = await readdir(`/proc/${id}/task`).catch(() => [])
  return Promise.all(threads.map(async (thread) => (await readStat(`/proc/${id}/task/${thread}/stat`))?.state))
}

/** Undefined: it has ended meanwhile. */
async function readStat(file: string): Promise<{ readonly state: string | undefined; readonly parent: number } | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  // The name before it is in parentheses, and may hold some itself.
  const [state, parent] = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? []
  return text === undefined ? undefined : { state, parent: Number(parent) }
}
