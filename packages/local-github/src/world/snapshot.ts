import { cpSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { z } from 'zod'
import type { WorldState } from './state.ts'

const STATE_FILE = 'state.bin'
const GIT_FOLDER = 'git'
/** Raised when the tables change their shape: an older snapshot is refused then, not guessed at. */
const FORMAT = 4

const tables = z.custom<WorldState>((value) => typeof value === 'object' && value !== null && 'nextId' in value && 'repositories' in value)
const shape = z.object({ format: z.literal(FORMAT), state: tables })

/** Keeps the world's tables and its git repositories in a folder. Tokens are kept as hashes only: they go on working. */
export async function writeSnapshot(folder: string, world: { readonly state: WorldState; readonly gitFolder: string }): Promise<void> {
  await mkdir(folder, { recursive: true })
  cpSync(world.gitFolder, join(folder, GIT_FOLDER), { recursive: true })
  await writeFile(join(folder, STATE_FILE), serialize({ format: FORMAT, state: world.state }))
}

/**
 * The tables of a snapshot; its repositories are copied to where the new world keeps its own.
 *
 * @throws {Error} for a folder without a snapshot, or one of another format.
 */
export async function readSnapshot(folder: string, gitFolder: string): Promise<WorldState> {
  const parsed = shape.safeParse(deserialize(await readFile(join(folder, STATE_FILE))))
  if (!parsed.success) throw new Error(`${folder} holds no snapshot of format ${FORMAT}`)
  cpSync(join(folder, GIT_FOLDER), gitFolder, { recursive: true })
  return parsed.data.state
}
