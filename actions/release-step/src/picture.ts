import { viewPath } from '@switchyard/ledger'
import { historyDocument, type Matrix, matrixDocument, parseMatrix, releaseSubject, type ReleaseState } from '@switchyard/releasing'
import { type BoardInput, pagesOf } from '@switchyard/releasing/render'
import type { Door, ReleaseLoaded } from './door.ts'

/** A release with its matrix, as the ledger has them. */
export interface Picture {
  readonly release: ReleaseState
  readonly matrix: Matrix
}

/** undefined: it is no release yet, or was not loaded. */
export function pictureOf(loaded: ReleaseLoaded, slug: string): Picture | undefined {
  const subject = releaseSubject(slug)
  if (!loaded.subjects.includes(subject)) return undefined
  const { release } = loaded.getState(subject)
  return release === null ? undefined : { release, matrix: parseMatrix(loaded.findDocument(matrixDocument(slug))) }
}

/** What a release's texts are rendered from. */
export function inputOf({ given: { context }, ledger: { place } }: Door, { release, matrix }: Picture): BoardInput {
  const branch = place.branch.split('/').map(encodeURIComponent).join('/')
  const ledger = `${context.serverUrl}/${place.repository}/blob/${branch}`
  return {
    release,
    matrix,
    pages: pagesOf(release),
    place: {
      issueUrl: (number) => `${context.serverUrl}/${context.repository.fullName}/issues/${number}`,
      historyUrl: (address) => `${ledger}/${viewPath(historyDocument(address))}`,
    },
  }
}

/** As the ledger has it now. */
export async function readPicture({ ledger }: Door, slug: string): Promise<Picture | undefined> {
  const loaded = await ledger.load({ subjects: [releaseSubject(slug)], idempotencyKeys: [], documents: [matrixDocument(slug)] })
  return pictureOf(loaded, slug)
}
