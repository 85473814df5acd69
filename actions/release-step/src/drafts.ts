import { findNearest } from '@switchyard/core'
import { selectRepository } from '@switchyard/github'
import type { ListInput } from '@switchyard/releasing/render'
import type { Door } from './door.ts'

type Draft = NonNullable<ListInput['drafts']>[number]

/** Every release that the default branch has a file for, by slug; a file with faults has no name yet. One request. */
export async function readDrafts(door: Door): Promise<readonly Draft[]> {
  const files = await readFolder(door)
  const { parseReleaseFile } = await import('@switchyard/releasing/files')
  return [...files].map(([slug, text]) => {
    // Only what the release is called is wanted: contents in files of their own are not read.
    const parsed = parseReleaseFile(text, { file: slug, slug, readContent: () => '-' })
    return parsed.ok ? parsed.release : { slug, name: 'its file has faults', type: '', versionNumber: '' }
  })
}

/** What somebody who named a release that is not there could have meant. */
export async function suggestSlug(door: Door, slug: string): Promise<string> {
  const known = [...(await readFolder(door)).keys()]
  const near = findNearest(slug, known) ?? known.find((each) => each.includes(slug))
  if (near !== undefined) return `Did you mean ${near}?`
  return known.length === 0
    ? 'Merge its file first.'
    : `There are ${known.slice(0, MAX_NAMED).join(', ')}: check the slug, or merge its file first.`
}

const MAX_NAMED = 10

/** Texts by slug, in the order of their names. */
async function readFolder({ github, given: { context, inputs } }: Door): Promise<ReadonlyMap<string, string>> {
  const wanted = { owner: context.repository.owner, name: context.repository.name, files: [], folder: inputs.releasesPath }
  const [answer] = await github.select([selectRepository('drafts', wanted)])
  const { parseRepository } = await import('@switchyard/github/operations')
  const files = parseRepository(answer, wanted)?.files ?? new Map<string, string>()
  return new Map(
    [...files].flatMap(([path, text]) => (path.endsWith('.yml') ? [[path.slice(inputs.releasesPath.length + 1, -4), text]] : [])),
  )
}
