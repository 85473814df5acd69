import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '@switchyard/core'
import type { ConfigurationKind } from './configuration.ts'

export type FileKind = 'workflow' | 'action' | ConfigurationKind

/** A file to lint. */
export interface FoundFile {
  readonly kind: FileKind
  /** Relative to the repository, with slashes. */
  readonly path: string
}

/** A folder that is a repository, as far as linting is concerned: `./` in its workflows means it. */
export interface FoundRepository {
  readonly folder: string
  readonly files: readonly FoundFile[]
}

/** Neither of them is anybody's source. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules', 'dist'])
const MANIFEST = /^action\.ya?ml$/
const SETTINGS: Readonly<Record<string, ConfigurationKind>> = {
  'dispatching.yml': 'dispatching',
  'switchyard.yml': 'switchyard',
  'bootstrap.json': 'bootstrap-request',
}

/**
 * The repositories in a folder: itself, if it holds `.git`, `.github` or an action, else those below it. Links are not followed.
 *
 * @throws {UserError} `NOT_A_FOLDER`, or `NOTHING_TO_LINT` when there is no workflow, action or configuration file.
 */
export async function findRepositories(folder: string): Promise<readonly FoundRepository[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new UserError('NOT_A_FOLDER', `There is no folder ${folder}`, { hint: 'Name a repository, or a folder of repositories.', cause })
  })
  const repositories = (await walkOutside(folder, entries)).filter(({ files }) => files.length > 0)
  if (repositories.length > 0) return repositories
  throw new UserError('NOTHING_TO_LINT', `No workflow, action.yml or configuration file is in ${folder}`, {
    hint: 'Name a repository (the folder that holds .github or action.yml), or a folder of repositories.',
  })
}

async function walkOutside(folder: string, entries: readonly Dirent[]): Promise<readonly FoundRepository[]> {
  if (isRepository(entries) || entries.some(({ name }) => MANIFEST.test(name))) return [{ folder, files: await findFiles(folder, entries) }]
  const found = await Promise.all(foldersIn(entries).map(async (name) => walkOutside(join(folder, name), await list(join(folder, name)))))
  return found.flat()
}

async function findFiles(folder: string, entries: readonly Dirent[]): Promise<readonly FoundFile[]> {
  const settings = entries.some(({ name }) => name === '.github') ? await list(join(folder, '.github')) : []
  const workflows = settings.some(({ name }) => name === 'workflows') ? await list(join(folder, '.github/workflows')) : []
  return [
    ...namesOf(workflows, /\.ya?ml$/).map((name): FoundFile => ({ kind: 'workflow', path: `.github/workflows/${name}` })),
    ...namesOf(settings, /./).flatMap((name): readonly FoundFile[] => {
      const kind = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined
      return kind === undefined ? [] : [{ kind, path: `.github/${name}` }]
    }),
    ...(await findCatalogue(folder, entries)),
    ...(await findReleases(folder, entries)),
    ...(await findActions(folder, entries, '')),
  ]
}

/** The catalogue of a control repository and, beside one, the requests. */
async function findCatalogue(folder: string, entries: readonly Dirent[]): Promise<readonly FoundFile[]> {
  const inside = foldersIn(entries).includes('bootstrap') ? await list(join(folder, 'bootstrap')) : []
  if (namesOf(inside, /^catalog\.yml$/).length === 0) return []
  const requests = foldersIn(inside).includes('requests') ? await list(join(folder, 'bootstrap/requests')) : []
  return [
    { kind: 'catalogue', path: 'bootstrap/catalog.yml' },
    ...namesOf(requests, /\.json$/).map((name): FoundFile => ({ kind: 'bootstrap-request', path: `bootstrap/requests/${name}` })),
  ]
}

/** The inventory and, beside one, the releases: others have folders of these names too. */
async function findReleases(folder: string, entries: readonly Dirent[]): Promise<readonly FoundFile[]> {
  const inside = foldersIn(entries).includes('release') ? await list(join(folder, 'release')) : []
  if (namesOf(inside, /^inventory\.yml$/).length === 0) return []
  const releases = foldersIn(inside).includes('releases') ? await list(join(folder, 'release/releases')) : []
  return [
    { kind: 'inventory', path: 'release/inventory.yml' },
    ...namesOf(releases, /\.ya?ml$/).map((name): FoundFile => ({
      kind: name.endsWith('.yml') ? 'release' : 'misnamed-release',
      path: `release/releases/${name}`,
    })),
  ]
}

/** Actions anywhere in the repository, but in no repository within it. */
async function findActions(folder: string, entries: readonly Dirent[], below: string): Promise<readonly FoundFile[]> {
  const own = namesOf(entries, MANIFEST).map((name): FoundFile => ({ kind: 'action', path: `${below}${name}` }))
  const inner = await Promise.all(
    foldersIn(entries).map(async (name) => {
      const inside = await list(join(folder, name))
      return isRepository(inside) ? [] : findActions(join(folder, name), inside, `${below}${name}/`)
    }),
  )
  return [...own, ...inner.flat()]
}

const isRepository = (entries: readonly Dirent[]): boolean => entries.some(({ name }) => name === '.git' || name === '.github')

const namesOf = (entries: readonly Dirent[], pattern: RegExp): readonly string[] =>
  entries.filter((entry) => entry.isFile() && pattern.test(entry.name)).map(({ name }) => name)

const foldersIn = (entries: readonly Dirent[]): readonly string[] =>
  entries.filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name)).map(({ name }) => name)

async function list(folder: string): Promise<readonly Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries.sort((left, right) => (left.name < right.name ? -1 : 1))
}
