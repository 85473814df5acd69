import { inlineCode, renderTable } from '@switchyard/core'
import { compareReleaseFiles, parseReleaseFile } from '@switchyard/releasing/files'
import { type Paths, releaseFiles, slugOf, type Texts } from './lint-files.ts'

/** Files as of a commit, with the contents that releases name. */
export interface Version {
  readonly texts: Texts
  readonly contents: Texts
}

/** What a pull request changes of a release's steps; lists of their ids. */
export interface TemplateLint {
  readonly release: string
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly string[]
  readonly moved: readonly string[]
}

/** Releases that both versions have without fault, and whose steps differ. */
export function findTemplateChanges(before: Version, after: Version, paths: Paths): readonly TemplateLint[] {
  return releaseFiles(after.texts, paths).flatMap((file): readonly TemplateLint[] => {
    const [old, now] = [before, after].map((version) => parse(file, version, paths))
    if (old?.ok !== true || now?.ok !== true) return []
    const { added, removed, changed, moved } = compareReleaseFiles(old.release, now.release)
    const found = {
      release: slugOf(file, paths),
      added: added.map(({ id }) => id),
      removed: removed.map(({ id }) => id),
      changed: changed.map(({ step: { id } }) => id),
      moved: moved.map(({ id }) => id),
    }
    return added.length + removed.length + changed.length + moved.length === 0 ? [] : [found]
  })
}

function parse(file: string, { texts, contents }: Version, paths: Paths): ReturnType<typeof parseReleaseFile> | undefined {
  const text = texts.get(file)
  return text === undefined
    ? undefined
    : parseReleaseFile(text, { file, slug: slugOf(file, paths), readContent: (path) => contents.get(path) })
}

const MAX_NAMED = 20

/** Empty where nothing changes. */
export function renderTemplateChanges(changes: readonly TemplateLint[]): string {
  if (changes.length === 0) return ''
  const list = (ids: readonly string[]): string => {
    const rest = ids.length - MAX_NAMED
    return `${ids.slice(0, MAX_NAMED).map(inlineCode).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
  }
  const rows = changes.map(({ release, added, removed, changed, moved }) => [
    inlineCode(release),
    ...[added, removed, changed, moved].map(list),
  ])
  const table = renderTable(['Release', 'Added', 'Removed', 'Changed', 'Moved'], rows)
  return `\n### What it changes\n\nOnce it is merged, in those of these releases that are active: copies that are pending follow, what is done, skipped or reverted stays as it was.\n\n${table}\n`
}
