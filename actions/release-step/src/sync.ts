import { annotateFault, type Annotation, type Outcome } from '@switchyard/action'
import { type Json, UserError } from '@switchyard/core'
import { selectRepository } from '@switchyard/github'
import type { RepositoryFacts } from '@switchyard/github/operations'
import type { CommandRequest } from '@switchyard/ledger'
import { type Command, matrixDocument, RELEASES_DOCUMENT, releaseSubject } from '@switchyard/releasing'
import type { Change, Refused } from '@switchyard/releasing/render'
import { changesOf } from './answers.ts'
import type { Door, ReleaseLoaded } from './door.ts'
import { drawRelease, pictureOf } from './draw-release.ts'
import { fileFactsOf } from './expand.ts'
import { refuseDraft } from './not-begun.ts'
import { pathOf, readReleaseFile } from './observe.ts'
import type { Spec } from './inputs.ts'
import { refusePublic } from './refuse-public.ts'
import { summarise } from './summarise.ts'
import { transact } from './transact.ts'

export interface SyncWish {
  /** undefined: all that are active. */
  readonly slug: string | undefined
}

/** What a look at the default branch's templates came to. */
export interface Synced {
  /** The active releases that were looked at. */
  readonly slugs: readonly string[]
  readonly control: RepositoryFacts
  /** With those releases and their matrices. */
  readonly loaded: ReleaseLoaded
  /** The same before anything was taken in. */
  readonly before: ReleaseLoaded
  /** The view of all releases, as it was before. */
  readonly releases: Json | undefined
  readonly changes: readonly Change[]
  /** Those that changed. */
  readonly changed: readonly string[]
  readonly refused: readonly Refused[]
  readonly annotations: readonly Annotation[]
}

/** Takes what the default branch's release files say now into the releases that are active. Files of drafts are nothing to do. */
export async function sync(door: Door, { slug }: SyncWish): Promise<Outcome<Spec>> {
  const synced = await syncTemplates(door, { slug })
  if (slug !== undefined && synced.slugs.length === 0) return tellWhyNot({ slug, synced })
  const isDryRun = door.given.inputs.dryRun
  const boards: (string | undefined)[] = []
  if (!isDryRun) {
    for (const each of synced.changed) {
      const { loaded, before, control } = synced
      const { board } = await drawRelease(door, { slug: each, loaded, control, before: pictureOf(before, each) })
      boards.push(board)
    }
  }
  const only = synced.slugs.length === 1 ? synced.slugs[0] : undefined
  return outcomeOf(synced, { slug: only, isDryRun, board: only === undefined ? undefined : boards[0] })
}

function tellWhyNot({ slug, synced: { loaded } }: { readonly slug: string; readonly synced: Synced }): Outcome<Spec> {
  const isArchived = loaded.index.slugs[slug] === 'archived'
  return {
    decision: 'nothing-to-do',
    reasonCode: 'nothing-changed',
    headline: isArchived
      ? `${slug} is archived: its file changes nothing any more.`
      : `${slug} is a draft: it takes its file as it is when it is activated.`,
    result: { release: slug, changes: 0, refused: [], percent: null },
    outputs: { release: slug, changes: '0' },
  }
}

/** Whoever pushed a faulty file sees the run fail, and the faults on their lines. */
export function outcomeOf(
  { loaded, changes, refused, annotations }: Synced,
  told: { readonly slug: string | undefined; readonly isDryRun: boolean; readonly board: string | undefined },
): Outcome<Spec> {
  return { ...summarise({ loaded, changes, refused, ...told }), annotations, failed: refused.length > 0 }
}

/** One commit for all releases, or none where nothing changed. Boards are the caller's to draw. */
export async function syncTemplates(door: Door, { slug }: SyncWish): Promise<Synced> {
  const { looked, control } = await look(door)
  const { index } = looked
  const isKnown = slug === undefined || Object.hasOwn(index.slugs, slug) || control.files.has(pathOf(door, slug))
  if (!isKnown) return refuseDraft(door, { control }, slug)
  const slugs = activeSlugs(index, slug)
  const common = { slugs, control, releases: looked.findDocument(RELEASES_DOCUMENT) }
  if (slugs.length === 0) return { ...common, loaded: looked, before: looked, changes: [], changed: [], refused: [], annotations: [] }
  const files = await Promise.all(slugs.map((each) => readTemplate(door, control, each)))
  const found = files.flatMap((file) => ('requests' in file ? [file] : []))
  const faulty = files.flatMap((file) => ('refused' in file ? [file] : []))
  const loaded = await door.ledger.load({
    subjects: slugs.map(releaseSubject),
    idempotencyKeys: found.flatMap(({ requests }) => requests.map(({ idempotencyKey }) => idempotencyKey)),
    documents: slugs.map(matrixDocument),
  })
  const annotations = files.flatMap((file) => file.annotations)
  if (found.length === 0) {
    return { ...common, annotations, loaded, before: loaded, changes: [], changed: [], refused: faulty.map(({ refused }) => refused) }
  }
  const isDryRun = door.given.inputs.dryRun
  const done = await transact(door, found, { loaded, documents: slugs.map(matrixDocument), isDryRun })
  const changes = found.map(({ slug: release }, at): readonly Change[] => {
    const result = done.results[at]
    const own = result?.kind === 'done' ? changesOf(result.events) : []
    return slugs.length === 1 ? own : own.map((change) => ({ ...change, release }))
  })
  const rejected = found.flatMap(({ path }, at): readonly Refused[] => {
    const result = done.results[at]
    return result?.kind === 'rejected' ? [{ command: path, rejected: result.rejection }] : []
  })
  return {
    ...common,
    annotations,
    before: loaded,
    // A group of its own, after a refusal, has only its own subjects.
    loaded:
      isDryRun || rejected.length > 0
        ? await door.ledger.load({ subjects: slugs.map(releaseSubject), idempotencyKeys: [], documents: slugs.map(matrixDocument) })
        : done.loaded,
    changes: changes.flat(),
    changed: found.flatMap(({ slug: each }, at) => ((changes[at]?.length ?? 0) > 0 ? [each] : [])),
    refused: [...faulty.map(({ refused }) => refused), ...rejected],
  }
}

/** Releases that are worked off, of which one may be meant. */
function activeSlugs({ slugs }: ReleaseLoaded['index'], only: string | undefined): readonly string[] {
  return Object.entries(slugs).flatMap(([slug, status]) => (status === 'active' && (only === undefined || only === slug) ? [slug] : []))
}

/** The ledger's index and every release's file, in one request. */
async function look(door: Door): Promise<{ readonly looked: ReleaseLoaded; readonly control: RepositoryFacts }> {
  const { context, inputs } = door.given
  const wanted = { owner: context.repository.owner, name: context.repository.name, files: [], folder: inputs.releasesPath }
  const { loaded, beside } = await door.load(
    { subjects: [], idempotencyKeys: [], documents: [RELEASES_DOCUMENT] },
    selectRepository('control', wanted),
  )
  const { parseRepository } = await import('@switchyard/github/operations')
  const control = parseRepository(beside, wanted)
  if (control === undefined) {
    throw new UserError('REQUEST_INVALID', `The token cannot read ${context.repository.fullName}.`, {
      hint: 'Give the job the permission `contents: read`.',
    })
  }
  refusePublic(door, { loaded, control })
  return { looked: loaded, control }
}

type Template =
  | {
      readonly slug: string
      readonly path: string
      readonly requests: readonly CommandRequest<Command>[]
      readonly annotations: readonly Annotation[]
    }
  | { readonly refused: Refused; readonly annotations: readonly Annotation[] }
  | { readonly annotations: readonly Annotation[] }

/** A file that vanished takes nothing with it: what a release is does not hang on one deletion. */
async function readTemplate(door: Door, control: RepositoryFacts, slug: string): Promise<Template> {
  const { run } = door.given.context
  const path = pathOf(door, slug)
  if (!control.files.has(path)) {
    return {
      annotations: [
        {
          level: 'warning',
          message: `${path} is not in the default branch, or is too large to be read; the active release ${slug} stays as it is. Put the file back, or archive the release; by another name it is another release.`,
        },
      ],
    }
  }
  try {
    const file = await readReleaseFile(door, { control }, slug)
    const subject = releaseSubject(slug)
    const key = `sync ${slug} commit ${control.head ?? ''} run ${run.id} ${run.attempt} ${run.job}`
    return {
      slug,
      path,
      requests: [
        { subject, idempotencyKey: `${key} facts`, command: { kind: 'sync-facts', facts: fileFactsOf(file) } },
        { subject, idempotencyKey: key, command: { kind: 'sync-template', steps: file.steps } },
      ],
      annotations: [],
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { code, message, hint = '' } = error
    return { refused: { command: path, rejected: { code, message, hint } }, annotations: error.faults.map(annotateFault) }
  }
}
