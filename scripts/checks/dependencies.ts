import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from '../repository.ts'

const PAGE = 'docs/adr/0006-dependencies.md'

const versions = z.record(z.string(), z.string()).default({})
const manifestSchema = z.object({ dependencies: versions, devDependencies: versions, optionalDependencies: versions })

/** Whether ADR 6 says of every dependency what it is for, and of nothing else. A line a fault. */
export function checkDependencies(): readonly string[] {
  const files = globSync(['package.json', '{packages,actions}/*/package.json', '{acceptance,bench}/package.json'], { cwd: root })
  const names = files.flatMap((file) => {
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(root, file), 'utf8')))
    return Object.values(manifest).flatMap((dependencies) => Object.keys(dependencies))
  })
  return findDependencyFaults(names, readFileSync(join(root, PAGE), 'utf8'))
}

/** Held against the first column of the page's tables; the project's own packages need no word there. */
export function findDependencyFaults(names: readonly string[], page: string): readonly string[] {
  const used = new Set(names.filter((name) => !name.startsWith('@switchyard/')).map((name) => name.replace(/^node-(linux|win)-\w+$/, NODE)))
  const rows = [...page.matchAll(/^\| (`[^|]*`) \|/gm)].map(([, cell = '']) => cell)
  const told = new Set(rows.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)))
  return [
    ...[...used]
      .filter((name) => !told.has(name))
      .sort()
      .map((name) => `${PAGE}: no line says what ${name} is for`),
    ...[...told]
      .filter((name) => !used.has(name))
      .sort()
      .map((name) => `${PAGE}: no package depends on ${name}`),
  ]
}

const NODE = 'node-<platform>'
