import { isJsonObject, type JsonObject } from '@switchyard/core'
import { CATALOGUE } from './bootstrap-files.ts'
import { type BootstrapPlay, type BootstrapStage, CONTROL, TEMPLATE } from './bootstrap-stage.ts'

/** Files of every sort that an update meets: text with both line ends, bytes, what goes and what moves. */
export const TEMPLATE_FILES = {
  'README.md': '# {{ repo.name }}\n\nMade from the template.\n',
  'package.json': '{\n  "name": "template",\n  "dependencies": {}\n}\n',
  'notes.txt': 'one\r\ntwo\r\nthree\r\nfour\r\nfive\r\nsix\r\nseven\r\n',
  'old.txt': 'goes\n',
  'kept.txt': 'goes in the template\n',
  'moved.txt': 'moves as it is\n',
  'run.sh': 'echo run\n',
  'logo.bin': Buffer.from([0, 255, 1]),
  'both.bin': Buffer.from([0, 255, 2]),
} as const

/** Makes a repository by the mode `create`. */
export async function make(stage: BootstrapStage, name: string, inputs: Readonly<Record<string, string>> = {}): Promise<void> {
  const made = await stage.play({ inputs: { mode: 'create', owner: 'acme', name, ...inputs } })
  if (made.outputs['reason-code'] !== 'created') throw new Error(`${name} was not made: ${JSON.stringify(made.outputs)}`)
}

/** A new tag of the template, and the catalogue that names it. */
export async function release(
  stage: BootstrapStage,
  version: string,
  { files, catalogue = CATALOGUE }: { readonly files: Readonly<Record<string, string | Buffer | null>>; readonly catalogue?: string },
): Promise<void> {
  await stage.github.world.commit({ repository: TEMPLATE, files })
  await stage.tag(version)
  await stage.github.world.commit({ repository: CONTROL, files: { 'bootstrap/catalog.yml': catalogue.replace('v1.0.0', version) } })
}

/** The step's `result`. */
export async function resultOf(stage: BootstrapStage, play: BootstrapPlay): Promise<JsonObject & { readonly code: string | undefined }> {
  const { outputs } = await stage.play(play)
  const result: unknown = JSON.parse(outputs['result'] ?? '{}')
  if (!isJsonObject(result)) throw new Error(`No result: ${JSON.stringify(outputs)}`)
  return { ...result, code: outputs['reason-code'] }
}

/** Makes a file executable by the API, as git does. */
export async function makeExecutable(stage: BootstrapStage, repository: string, path: string): Promise<void> {
  const blob = await stage.git(repository, 'rev-parse', `main:${path}`)
  const head = await stage.git(repository, 'rev-parse', 'main')
  const tree = await ask(stage, `/repos/${repository}/git/trees`, {
    base_tree: await stage.git(repository, 'rev-parse', 'main^{tree}'),
    tree: [{ path, mode: '100755', type: 'blob', sha: blob }],
  })
  const commit = await ask(stage, `/repos/${repository}/git/commits`, { message: `Make ${path} executable`, tree, parents: [head] })
  await stage.request('PATCH', `/repos/${repository}/git/refs/heads/main`, { sha: commit })
}

async function ask(stage: BootstrapStage, path: string, body: unknown): Promise<string> {
  const made = await stage.request('POST', path, body)
  if (typeof made !== 'object' || made === null || !('sha' in made)) throw new Error(`${path} made nothing`)
  return String(made.sha)
}
