import type { Annotation } from '@switchyard/action'
import { GitHubError, type Place, UserError } from '@switchyard/core'
import { matrixDocument, parseMatrix, RELEASES_DOCUMENT } from '@switchyard/releasing'
import type { ReleaseFile } from '@switchyard/releasing'
import type { ForeseenRelease } from '@switchyard/releasing/render'
import type { Door, ReleaseLoaded } from './door.ts'
import { type Paths, slugOf, type Texts } from './lint-files.ts'

/** The files of a commit, and the contents that their releases name. */
export interface Side {
  readonly texts: Texts
  readonly contents: Texts
}

/** Releases that are worked off; a text says why the ledger does not tell. */
export type Running = { readonly slugs: readonly string[] } | { readonly unread: string }

/** The lint of a change goes on without a ledger: nothing may be there yet, or the token of a fork may not see it. */
export async function readRunning(door: Door): Promise<Running> {
  try {
    const { index } = await door.ledger.load({ subjects: [], idempotencyKeys: [], documents: [RELEASES_DOCUMENT] })
    return { slugs: Object.entries(index.slugs).flatMap(([slug, status]) => (status === 'active' ? [slug] : [])) }
  } catch (error) {
    if (!(error instanceof UserError) && !(error instanceof GitHubError)) throw error
    return { unread: error.message }
  }
}

/** How far everybody is, in releases that are worked off. */
export function readMatrices(door: Door, slugs: readonly string[]): Promise<ReleaseLoaded> {
  return door.ledger.load({ subjects: [], idempotencyKeys: [], documents: slugs.map(matrixDocument) })
}

interface Foreseeing {
  readonly slugs: readonly string[]
  /** undefined: of how many customers is not known. */
  readonly matrices: ReleaseLoaded | undefined
  readonly before: Side
  readonly after: Side
  readonly paths: Paths
}

export interface ForeseenFile extends ForeseenRelease {
  readonly annotations: readonly Annotation[]
}

/** What a change of files would do to releases that are worked off. A file with faults, before or after, is left to what is said of those. */
export async function foresee({ slugs, matrices, before, after, paths }: Foreseeing): Promise<readonly ForeseenFile[]> {
  const { compareReleaseFiles, findStepPlaces, foreseeChange } = await import('@switchyard/releasing/files')
  const found = await Promise.all(
    slugs.map(async (slug): Promise<readonly ForeseenFile[]> => {
      const file = `${paths.releases}/${slug}.yml`
      if (before.texts.has(file) && !after.texts.has(file)) return [{ slug, foreseen: [GONE], annotations: [] }]
      const [old, now] = [await parse(before, file), await parse(after, file)]
      if (old === undefined || now === undefined) return []
      const matrix = matrices && parseMatrix(matrices.findDocument(matrixDocument(slug)))
      const foreseen = foreseeChange(compareReleaseFiles(old, now), matrix)
      if (foreseen.length === 0) return []
      const places = findStepPlaces(after.texts.get(file) ?? '', file)
      const annotations = foreseen.map(({ step, words }) =>
        annotate(step === undefined ? undefined : places.get(step), { file, slug, step, words, isRunning: matrix !== undefined }),
      )
      return [{ slug, foreseen, annotations }]
    }),
  )
  return found.flat()
}

const GONE = { step: undefined, words: 'its file is gone, which changes nothing: it goes on as it is' }

async function parse({ texts, contents }: Side, file: string): Promise<ReleaseFile | undefined> {
  const { parseReleaseFile } = await import('@switchyard/releasing/files')
  const text = texts.get(file)
  const parsed =
    text === undefined ? undefined : parseReleaseFile(text, { file, slug: slugOf(file), readContent: (path) => contents.get(path) })
  return parsed?.ok === true ? parsed.release : undefined
}

interface Told {
  readonly file: string
  readonly slug: string
  readonly step: string | undefined
  readonly words: string
  /** Otherwise it is not known. */
  readonly isRunning: boolean
}

function annotate(place: Place | undefined, { file, slug, step, words, isRunning }: Told): Annotation {
  const message = `${isRunning ? `Running release ${slug}` : `The release ${slug}, if it runs`}: ${step === undefined ? '' : `${step} `}${words}.`
  return { level: 'notice', message, ...(place ?? { file, line: 1 }) }
}
