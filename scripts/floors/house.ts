/** Where a room stands. An import goes to a lower floor only; what stands beside the floors is for tests and for users' machines. */
export type Floor = 0 | 1 | 2 | 3 | 'beside' | 'outside'

/** The packages by floor; `docs/adr` says why. Each folder of `actions/` is a room of floor 3. */
const packageFloors: Readonly<Record<string, Floor>> = {
  core: 0,
  bootstrapping: 1,
  commands: 1,
  dispatching: 1,
  planning: 1,
  releasing: 1,
  action: 2,
  github: 2,
  ledger: 2,
  streams: 2,
  workspace: 2,
  cli: 3,
  'local-github': 'beside',
  'workflow-runner': 'beside',
}

/** A package or an action, or one of the folders outside the floors (`scripts`, `bench`, `acceptance`). */
export interface Room {
  readonly name: string
  /** Relative to the repository, without a slash at its end. */
  readonly folder: string
  readonly floor: Floor
}

/** The room a file belongs to; undefined for a package that no floor was chosen for. */
export function findRoom(file: string): Room | undefined {
  const [area = '', name = ''] = file.split('/')
  switch (area) {
    case 'packages':
      return findPackageRoom(name)
    case 'actions':
      return { name: `actions/${name}`, folder: `actions/${name}`, floor: 3 }
    default:
      return { name: area, folder: area, floor: 'outside' }
  }
}

/** The room of a package of this repository, by the name that is imported (`@switchyard/core`). */
export function findImportedRoom(specifier: string): Room | undefined {
  const name = specifier.split('/')[1] ?? ''
  return outsidePackages.has(name) ? { name, folder: name, floor: 'outside' } : findPackageRoom(name)
}

/** Folders outside the floors that are packages, too: stages and measurements that several scripts use. */
const outsidePackages: ReadonlySet<string> = new Set(['acceptance', 'bench'])

function findPackageRoom(name: string): Room | undefined {
  const floor = packageFloors[name]
  return floor === undefined ? undefined : { name, folder: `packages/${name}`, floor }
}

/** Whether a file of one room may import another room. */
export function isAllowedImport(from: Room, to: Room, inTest: boolean): boolean {
  if (from.floor === 'outside') return true
  if (to.floor === 'outside') return false
  if (to.floor === 'beside') return inTest || from.name === 'cli' || (from.name === 'workflow-runner' && to.name === 'local-github')
  if (from.floor === 'beside') return to.floor === 0 || inTest
  return to.floor < from.floor || (inTest && to.floor <= from.floor)
}

/** Packages that one room alone may use, and the rooms that may. */
export const guardedPackages: readonly { readonly pattern: RegExp; readonly rooms: readonly string[] }[] = [
  // Data only: the published GraphQL schema that the embedded GitHub executes.
  { pattern: /^@octokit\/graphql-schema$/, rooms: ['local-github'] },
  { pattern: /^@octokit\//, rooms: ['github'] },
  { pattern: /^@actions\/(core|github)$/, rooms: ['action'] },
  { pattern: /^@actions\/(exec|io)$/, rooms: ['workspace'] },
]

/** Node modules that a pure room may import, by file. */
export const pureExceptions: ReadonlyMap<string, readonly string[]> = new Map([['packages/core/src/hash.ts', ['node:crypto']]])

/** Rooms that may read `process.env`. */
export const environmentReaders: readonly string[] = ['action', 'cli', 'local-github', 'workflow-runner', 'acceptance', 'bench', 'scripts']

/** Lines a file may have. Aim at a good deal less. */
export const maxLines = { source: 250, test: 450 } as const
