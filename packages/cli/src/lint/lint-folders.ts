import { readFile, realpath } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { byPlace, type Fault, type Place } from '@switchyard/core'
import { isInside } from './action-metadata.ts'
import { type ConfigurationKind, findConfigurationFaults, isConfiguration } from './configuration.ts'
import { findRepositories, type FoundFile } from './discover.ts'
import { callsElsewhere, findInLocalActions } from './local-actions.ts'
import { QUEUE_CANCELS } from './rules/concurrency.ts'
import { findByRules } from './rules/index.ts'
import { type Finding, parseYamlFile, readJobs, type YamlFile } from './yaml-file.ts'

export interface LintOptions {
  /** Repositories, or folders of repositories. */
  readonly folders: readonly string[]
  /** Who owns them: what a bare repository name in a configuration file means. */
  readonly owner: string
  /** Paths in the report are relative to this folder, if they are in it. */
  readonly base: string
}

/** A fault with its place: every one of a file has one. */
export type PlacedFault = Fault & { readonly place: Place }

export interface LintReport {
  /** Every file that was read, by the path that faults name it by, with its text. */
  readonly files: ReadonlyMap<string, string>
  /** File by file, from each one's top to its end. */
  readonly faults: readonly PlacedFault[]
}

/**
 * Everything wrong with the workflows, actions and configuration files of some folders.
 *
 * @throws {UserError} for a folder that is not there or has nothing to lint.
 */
export async function lintFolders({ folders, owner, base }: LintOptions): Promise<LintReport> {
  const files = new Map<string, string>()
  const faults: PlacedFault[] = []
  for (const folder of folders) {
    for (const repository of await findRepositories(resolve(base, folder))) {
      for (const found of repository.files) {
        const file = toShownPath(base, join(repository.folder, found.path))
        if (files.has(file)) continue
        const text = await readFile(join(repository.folder, found.path), 'utf8')
        files.set(file, text)
        faults.push(...(await lintFile({ ...found, file, text, repository: repository.folder, owner, base })))
      }
    }
  }
  return { files, faults }
}

function toShownPath(base: string, path: string): string {
  return (isInside(base, path) ? relative(base, path) : path).replaceAll('\\', '/')
}

interface Source extends FoundFile {
  /** As the report names it. */
  readonly file: string
  readonly text: string
  readonly repository: string
  readonly owner: string
  readonly base: string
}

async function lintFile(source: Source): Promise<readonly PlacedFault[]> {
  const { kind } = source
  const faults = isConfiguration(kind) ? await lintConfiguration(kind, source) : await lintYaml(source)
  return faults.toSorted(byPlace)
}

async function lintConfiguration(
  kind: ConfigurationKind,
  { text, file, owner, repository, base }: Source,
): Promise<readonly PlacedFault[]> {
  const faults = await findConfigurationFaults(kind, { text, file, owner, readContent: (path) => readInside(repository, path) })
  return faults.map((fault) => {
    const place = fault.place ?? { file, line: 1, column: 1 }
    // Faults in the files of contents are placed as the repository knows them.
    return { ...fault, place: place.file === file ? place : { ...place, file: toShownPath(base, join(repository, place.file)) } }
  })
}

/** A file's text; undefined where there is none, or where a link leads out of the repository. */
async function readInside(repository: string, path: string): Promise<string | undefined> {
  try {
    const [root, real] = await Promise.all([realpath(repository), realpath(join(repository, path))])
    return isInside(root, real) ? await readFile(real, 'utf8') : undefined
  } catch {
    return undefined
  }
}

async function lintYaml(source: Source): Promise<readonly PlacedFault[]> {
  const yaml = parseYamlFile(source.kind, source.text)
  const service = await askService(source, yaml)
  // What does not parse is the service's to tell; our rules would judge half a file.
  if (yaml.document.errors.length > 0) {
    return service.length > 0 ? service : yaml.document.errors.map((error) => toFault(source, yaml, toFinding(error)))
  }
  const own = [...findByRules(yaml), ...(await findInLocalActions(yaml, source.repository))].map((finding) =>
    toFault(source, yaml, finding),
  )
  const said = new Set(own.filter(({ code }) => code === QUEUE_CANCELS).map(({ place }) => `${place.line}:${place.column}`))
  return [...service.filter(({ place }) => !said.has(`${place.line}:${place.column}`)), ...own]
}

async function askService({ repository, path, text, file, kind }: Source, yaml: YamlFile): Promise<readonly PlacedFault[]> {
  await import('@switchyard/workflow-runner/register-json')
  const { askLanguageService } = await import('./language-service.ts')
  const found = await askLanguageService({ repository, path, text, followsCalls: !callsElsewhere(yaml, readJobs(yaml)) })
  return found.map(({ code, line, column, ...said }) => ({ ...said, code: code ?? `invalid-${kind}`, place: { file, line, column } }))
}

function toFinding({ message, pos }: { readonly message: string; readonly pos: readonly [number, number] }): Finding {
  return { code: 'invalid-yaml', message, hint: 'Mend the YAML first.', severity: 'error', offset: pos[0] }
}

function toFault({ file }: Source, yaml: YamlFile, { offset, ...said }: Finding): PlacedFault {
  return { ...said, place: { file, ...yaml.placeAt(offset) } }
}
