import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readNodeVersion } from '../node-24.ts'
import { root } from '../repository.ts'

export interface VersionSources {
  /** From `.node-version`. */
  readonly version: string
  readonly optionalDependencies: Readonly<Record<string, string>>
  readonly nodeTypes: string
  /** File to text: workflows, `action.yml` files and documents. */
  readonly texts: ReadonlyMap<string, string>
}

const manifestSchema = z.object({
  optionalDependencies: z.record(z.string(), z.string()),
  devDependencies: z.looseObject({ '@types/node': z.string() }),
})

/** Whether everything that names a Node version agrees with `.node-version`. A line a fault. */
export function checkNodeVersion(): readonly string[] {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const patterns = ['.github/workflows/*.yml', 'actions/*/action.yml', '*.md', 'docs/**/*.md', 'actions/*/README.md', 'examples/**/*.yml']
  const files = globSync(patterns, { cwd: root }).sort()
  return findVersionFaults({
    version: readNodeVersion(),
    optionalDependencies: manifest.optionalDependencies,
    nodeTypes: manifest.devDependencies['@types/node'],
    texts: new Map(files.map((file) => [file.replaceAll('\\', '/'), readFileSync(join(root, file), 'utf8')])),
  })
}

export function findVersionFaults({ version, optionalDependencies, nodeTypes, texts }: VersionSources): readonly string[] {
  const major = version.split('.')[0] ?? ''
  const binaries = Object.entries(optionalDependencies)
    .filter(([name, found]) => /^node-(darwin|linux|win)-/.test(name) && found !== version)
    .map(([name, found]) => `package.json: ${name} is ${found}, but .node-version says ${version}`)
  const types = nodeTypes.startsWith(`${major}.`) ? [] : [`package.json: @types/node is ${nodeTypes}, but .node-version says ${version}`]
  return [...binaries, ...types, ...[...texts].flatMap(([file, text]) => findInText(file, text, { version, major }))]
}

function findInText(
  file: string,
  text: string,
  { version, major }: { readonly version: string; readonly major: string },
): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const place = `${file}:${index + 1}`
    if (/^\s*node-version:/.test(line)) return [`${place}: say \`node-version-file: .node-version\`, so that there is one place to change`]
    const using = /^\s*using:\s*['"]?node(\d+)/.exec(line)?.[1]
    if (using !== undefined && using !== major) return [`${place}: the action runs on Node ${using}, but .node-version says ${version}`]
    const named = /\bnode(?:\.js)?\s+v?(\d+\.\d+\.\d+)/i.exec(line)?.[1]
    return named !== undefined && named !== version ? [`${place}: it names Node ${named}, but .node-version says ${version}`] : []
  })
}
