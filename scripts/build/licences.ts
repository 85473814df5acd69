import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

interface Package {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}

const licenceFile = /^(licen[cs]e|copying|notice)([-.].*)?$/i

/** The text of `licenses.txt`: one section for each third-party package that has code in the bundle, sorted by name. */
export function renderLicences(moduleIds: readonly string[]): string {
  const folders = new Set(moduleIds.map(findPackageFolder).filter((folder) => folder !== undefined))
  const sections = [...folders].map(readPackage).map(({ name, version, licence, text }) => ({
    key: `${name}@${version}`,
    body: `${name} ${version}\n${licence}\n\n${text}\n`,
  }))
  const unique = new Map(sections.map((section) => [section.key, section.body]))
  return [...unique]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, body]) => body)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

/** The folder of the installed package a module belongs to; undefined for the repository's own modules. */
function findPackageFolder(moduleId: string): string | undefined {
  const end = moduleId.lastIndexOf('node_modules')
  if (moduleId.startsWith('\0') || end < 0) return undefined
  for (let folder = dirname(moduleId); folder.length > end; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    // Some packages carry nested manifests that only set the module type.
    if (existsSync(manifest) && manifestSchema.safeParse(readJson(manifest)).success) return folder
  }
  return undefined
}

function readPackage(folder: string): Package {
  const manifest = manifestSchema.parse(readJson(join(folder, 'package.json')))
  const texts = readdirSync(folder)
    .filter((file) => licenceFile.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
  return {
    name: manifest.name,
    version: manifest.version,
    licence: manifest.license,
    text: texts.join('\n\n') || 'The package carries no licence file.',
  }
}

const manifestSchema = z.object({ name: z.string(), version: z.string(), license: z.string().default('no licence named') })

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
