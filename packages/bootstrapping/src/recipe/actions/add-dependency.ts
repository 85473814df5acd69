import { quotePath } from '../../tree/fault-codes.ts'
import type { FileTree } from '../../tree/file-tree.ts'
import { textFile } from '../../tree/text.ts'
import { findTextFile, writeFile } from '../files.ts'
import { addMember, findMember, readJsonObject, removeMember, replaceValue } from '../json-text.ts'
import { done, failed, type Outcome, type ParamsOf, skipped } from '../outcome.ts'

const FILE = 'package.json'
const SECTIONS = { wanted: 'dependencies', dev: 'devDependencies' } as const

/**
 * Adds a dependency to `package.json`, which keeps its order, its indentation and its line ends. The same version: nothing
 * to do; another: replaced. A package that is needed in production is never made a development dependency; one that is needed
 * in development only moves up when production asks for it.
 */
export function addDependency(tree: FileTree, { name, version, dev }: ParamsOf<'ADD_DEPENDENCY'>): Outcome {
  const found = findTextFile(tree, FILE)
  if (!found.ok) return found
  const { text, file } = found
  const versions = readVersions(text, name)
  if (versions === undefined) {
    const wanted = 'one JSON object of at most 500,000 characters, with objects of dependencies'
    return failed('not-package-json', `${quotePath(FILE)} is not a package manifest: ${wanted}.`, 'Mend it in the template.')
  }
  const section = dev && versions.wanted === undefined ? SECTIONS.dev : SECTIONS.wanted
  const old = section === SECTIONS.dev ? versions.dev : versions.wanted
  const moves = section === SECTIONS.wanted && versions.wanted === undefined && versions.dev !== undefined
  if (old === version) return skipped(tree, `${name} ${version} is among the ${section} already.`)
  const emptied = moves ? removeMember(text, [SECTIONS.dev, name]) : text
  const changed = old === undefined ? addVersion(emptied, { section, name, version }) : replaceValue(text, [section, name], version)
  const written = writeFile(tree, FILE, textFile(changed, file.mode))
  if (!written.ok) return written
  if (old !== undefined) return done(written.tree, `Replaced ${name} ${old} by ${version} in the ${section}.`)
  const moved = `Moved ${name} ${version} from the devDependencies to the dependencies.`
  return done(written.tree, moves ? moved : `Added ${name} ${version} to the ${section}.`)
}

interface Versions {
  readonly wanted: string | undefined
  readonly dev: string | undefined
}

/** The versions that the manifest asks for today; undefined when it is no manifest. */
function readVersions(text: string, name: string): Versions | undefined {
  const root = readJsonObject(text)
  if (root === undefined) return undefined
  const wanted = findMember(root, [SECTIONS.wanted, name])
  const dev = findMember(root, [SECTIONS.dev, name])
  const isSound = (['dependencies', 'devDependencies'] as const).every((section) => findMember(root, [section])?.isObject !== false)
  const isText = [wanted, dev].every((member) => member === undefined || typeof member.value === 'string')
  return isSound && isText ? { wanted: textOf(wanted?.value), dev: textOf(dev?.value) } : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

interface Wanted {
  readonly section: string
  readonly name: string
  readonly version: string
}

function addVersion(text: string, { section, name, version }: Wanted): string {
  const root = readJsonObject(text)
  if (root !== undefined && findMember(root, [section]) !== undefined) {
    return addMember(text, { path: [section], key: name, value: version, isSorted: true })
  }
  const beside = section === SECTIONS.wanted ? { before: SECTIONS.dev } : { after: SECTIONS.wanted }
  const withSection = addMember(text, { path: [], key: section, value: {}, ...beside })
  return addMember(withSection, { path: [section], key: name, value: version })
}
