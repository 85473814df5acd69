import type { Fault } from '@switchyard/core'
import { compareInventories, findContentFiles, parseInventory, parseReleaseFile, type ParsedInventory } from '@switchyard/releasing/files'

/** The files as of a commit. A file whose text is undefined is there, but no text that GitHub hands out. */
export type Texts = ReadonlyMap<string, string | undefined>

export interface Paths {
  readonly inventory: string
  readonly releases: string
}

/** What contents the releases name, each once. */
export function contentsNamed(texts: Texts, paths: Paths): readonly string[] {
  return [...new Set(releaseFiles(texts, paths).flatMap((path) => findContentFiles(texts.get(path) ?? '')))]
}

export interface Linted {
  readonly texts: Texts
  readonly contents: Texts
  /** The inventory's text before the change; undefined: there was none. */
  readonly before: string | undefined
}

/** Everything wrong with inventory and releases, and with what a change of the inventory does. */
export function findReleaseFaults({ texts, contents, before }: Linted, paths: Paths): readonly Fault[] {
  return [
    ...inventoryFaults({ texts, before }, paths.inventory),
    ...releaseFiles(texts, paths).flatMap((file) => releaseFaults(file, { texts, contents })),
    ...misnamed(texts, paths.releases),
  ]
}

function inventoryFaults({ texts, before }: Pick<Linted, 'texts' | 'before'>, file: string): readonly Fault[] {
  if (!texts.has(file)) {
    const message = before === undefined ? `There is no ${file}.` : `${file} was there before the change, and is gone.`
    return [faultAt(file, { code: 'missing-inventory', message, hint: 'Write one, or name its place by `inventory-path`.' })]
  }
  const text = texts.get(file)
  if (text === undefined) return [unreadable(file)]
  const parsed = parseInventory(text, { file })
  if (!parsed.ok) return parsed.faults
  const old: ParsedInventory | undefined = before === undefined ? undefined : parseInventory(before, { file })
  return [...parsed.warnings, ...(old?.ok === true ? compareInventories(old.inventory, parsed.inventory) : [])]
}

function releaseFaults(file: string, { texts, contents }: Pick<Linted, 'texts' | 'contents'>): readonly Fault[] {
  const text = texts.get(file)
  if (text === undefined) return [unreadable(file)]
  const parsed = parseReleaseFile(text, { file, slug: slugOf(file), readContent: (path) => contents.get(path) })
  return parsed.ok ? parsed.warnings : parsed.faults
}

/** A release is called as its file. */
export function slugOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1, -'.yml'.length)
}

/** The inventory may stand in the same folder. */
export function releaseFiles(texts: Texts, { inventory, releases }: Paths): readonly string[] {
  return namesIn(texts, releases, '.yml').filter((path) => path !== inventory)
}

/** A release by another ending is silently none. */
function misnamed(texts: Texts, folder: string): readonly Fault[] {
  return namesIn(texts, folder, '.yaml').map((file) => ({
    ...faultAt(file, {
      code: 'misnamed-release',
      message: `${file} is no release: their files end in \`.yml\`.`,
      hint: `Rename it to \`${file.replace(/\.yaml$/, '.yml')}\`.`,
    }),
    severity: 'warning' as const,
  }))
}

function namesIn(texts: Texts, folder: string, ending: string): readonly string[] {
  return [...texts.keys()].filter((path) => path.startsWith(`${folder}/`) && path.endsWith(ending)).sort()
}

function unreadable(file: string): Fault {
  return faultAt(file, {
    code: 'unreadable-file',
    message: `${file} is binary, or over the 512,000 bytes that GitHub hands out as text.`,
    hint: 'Make it smaller.',
  })
}

function faultAt(file: string, said: Pick<Fault, 'code' | 'message' | 'hint'>): Fault {
  return { ...said, place: { file, line: 1, column: 1 }, severity: 'error' }
}
