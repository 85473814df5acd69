import { spawn } from 'node:child_process'
import type { BootstrapStage } from './bootstrap-stage.ts'
import { TEMPLATE } from './bootstrap-stage.ts'

/** One entry of a tree as git stores it: no name is refused, and none is sorted. */
export type RawEntry =
  | { readonly name: string | Buffer; readonly mode?: string; readonly content: string | Buffer }
  | { readonly name: string | Buffer; readonly entries: readonly RawEntry[] }
  /** An object that is there already, or a commit that is not. */
  | { readonly name: string | Buffer; readonly mode: string; readonly oid: string }

/** Writes git's objects into a bare repository, whatever they hold. */
export interface Planter {
  blob(content: string | Buffer): Promise<string>
  tree(entries: readonly RawEntry[]): Promise<string>
  /** Makes the tree the template's, at its tag. Returns the commit. */
  tag(tree: string): Promise<string>
}

export function createPlanter(stage: BootstrapStage, tag = 'v1.0.0'): Planter {
  const { directory } = stage.github.world.git(TEMPLATE)
  const git = (args: readonly string[], input?: string | Buffer): Promise<string> => runGit(directory, args, input)
  const planter: Planter = {
    blob: (content) => git(['hash-object', '-w', '--stdin'], content),
    async tree(entries) {
      const written = new Map<string, string>()
      const parts: Buffer[] = []
      for (const entry of entries) {
        const { mode, oid } = await toObject(planter, entry, written)
        parts.push(Buffer.from(`${mode} `, 'latin1'), Buffer.from(entry.name), Buffer.from('\0', 'latin1'), Buffer.from(oid, 'hex'))
      }
      return git(['hash-object', '-w', '--stdin', '-t', 'tree', '--literally'], Buffer.concat(parts))
    },
    async tag(tree) {
      const body = `tree ${tree}\nauthor T <t@example.com> 1767225600 +0000\ncommitter T <t@example.com> 1767225600 +0000\n\nPlant\n`
      const commit = await git(['hash-object', '-w', '--stdin', '-t', 'commit', '--literally'], body)
      await git(['update-ref', `refs/tags/${tag}`, commit])
      return commit
    },
  }
  return planter
}

/** Equal contents are written once. */
async function toObject(
  planter: Planter,
  entry: RawEntry,
  written: Map<string, string>,
): Promise<{ readonly mode: string; readonly oid: string }> {
  if ('oid' in entry) return entry
  if ('entries' in entry) return { mode: '40000', oid: await planter.tree(entry.entries) }
  const key = entry.content.length < 100 ? entry.content.toString('latin1') : undefined
  const oid = (key === undefined ? undefined : written.get(key)) ?? (await planter.blob(entry.content))
  if (key !== undefined) written.set(key, oid)
  return { mode: entry.mode ?? '100644', oid }
}

function runGit(cwd: string, args: readonly string[], input: string | Buffer | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString('utf8').trim())
      else reject(new Error(`git ${args.join(' ')}: ${Buffer.concat(err).toString('utf8')}`))
    })
    child.stdin?.end(input)
  })
}
